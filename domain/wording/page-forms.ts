import type { Words } from './locale.js';

/** Texts of the forms on the plain pages: labels, hints, and what is said beside a field that is wrong. */
export const FORM_WORDS = {
  pointOk: { zh: '确认', en: 'Confirmed' },
  pointNotOk: { zh: '有问题', en: 'Not confirmed' },
  pointLead: { zh: '主责', en: 'yours to confirm' },
  pointConcurs: { zh: '会签', en: 'concurring' },
  pointState: { zh: '本部门意见', en: 'Your department’s view' },
  pointNote: { zh: '说明', en: 'Note' },
  pointNoteProblem: {
    zh: '未确认的项目，请说明问题，或填写需向客户确认的问题。',
    en: 'Where a point is not confirmed, say what is wrong or write the question to the customer.',
  },
  pointAsk: { zh: '需向客户确认的问题', en: 'Question to the customer' },
  pointAskHint: { zh: '将电话并邮件询问客户', en: 'the customer is asked by telephone and mail' },
  pointAskHintEnglish: {
    zh: '将电话并邮件询问客户；客户使用英文，请用英文填写',
    en: 'the customer is asked by telephone and mail, in English',
  },
  pointAskProblem: {
    zh: '有问题需向客户确认的项目，请选择“有问题”。',
    en: 'A point with a question is not confirmed yet: choose “Not confirmed”.',
  },

  answer: { zh: '您的答复', en: 'Your answer' },
  customersAnswer: { zh: '客户答复（原话）', en: 'The customer’s answer, in their words' },
  answeredBy: { zh: '答复人', en: 'Who answered' },
  yourName: { zh: '您的姓名', en: 'Your name' },
  how: { zh: '答复方式', en: 'How the answer came' },
  byPhone: { zh: '电话', en: 'by telephone' },
  byMail: { zh: '邮件', en: 'by mail' },
  when: { zh: '答复时间', en: 'When' },
  whenProblem: { zh: '请填写日期和时间。', en: 'Please give a date and a time.' },

  measure: { zh: '生产措施', en: 'Measure' },
  promisedDelivery: { zh: '可承诺的交货日期', en: 'Day that can be promised' },
  promisedHint: {
    zh: '晚于客户要求的日期，将先征求客户意见',
    en: 'a day later than asked for goes to the customer first',
  },
  dateProblem: { zh: '请填写正确的日期。', en: 'Please give a real date.' },
  note: { zh: '备注', en: 'Note' },

  acceptAlternative: { zh: '对替代交期的答复', en: 'Answer to the date offered' },
  accept: { zh: '接受', en: 'Accept' },
  decline: { zh: '不接受', en: 'Decline' },
  declineHint: {
    zh: '选择不接受，订单将结束。',
    en: 'If you decline, the order ends.',
  },
  words: { zh: '补充说明', en: 'Anything to add' },
  customersWords: { zh: '客户原话', en: 'The customer’s words' },

  decision: { zh: '处理决定', en: 'Decision' },
  reevaluate: { zh: '重新评估', en: 'Evaluate again' },
  offer: { zh: '向客户提出替代交期', en: 'Offer the customer another date' },
  reject: { zh: '驳回订单', en: 'Reject the order' },
  offeredDelivery: { zh: '替代交货日期', en: 'Day to offer' },
  offeredProblem: {
    zh: '仅在“向客户提出替代交期”时填写，且必须填写。',
    en: 'Give it with “offer another date”, and only then.',
  },
  reason: { zh: '理由', en: 'Reason' },
  reasonHint: { zh: '驳回时，该理由将原文告知客户', en: 'when you reject, the customer reads these words' },

  reasonHintEnglish: {
    zh: '驳回时，该理由将原文告知客户；客户使用英文，请用英文填写',
    en: 'when you reject, the customer reads these words; write English',
  },

  groundHolds: { zh: '急难理由是否成立', en: 'Does the declared ground hold' },
  groundYes: { zh: '成立，按急难订单处理', en: 'It holds: a critical order' },
  groundNo: { zh: '不成立，按紧急订单处理', en: 'It does not: an urgent order' },
  groundNoteProblem: { zh: '理由不成立时，请说明原因。', en: 'Where it does not hold, say why.' },

  sign: { zh: '是否签字同意', en: 'Your decision' },
  approve: { zh: '同意并签字', en: 'Approve and sign' },
  rejectProposal: { zh: '驳回，重新评估', en: 'Reject: evaluate again' },
  rejectNote: { zh: '意见', en: 'Note' },
  rejectNoteProblem: { zh: '驳回时请说明理由。', en: 'A rejection needs its reason.' },

  arrived: { zh: '是否收到货物', en: 'Did the goods arrive' },
  arrivedYes: { zh: '已收到', en: 'They arrived' },
  arrivedNo: { zh: '没有收到', en: 'They did not arrive' },
  arrivedWords: { zh: '货物情况或其他意见', en: 'Condition of the goods, or anything else' },
  reached: { zh: '联系结果', en: 'Outcome' },
  reachedYes: { zh: '客户确认已收货', en: 'The customer confirms delivery' },
  reachedNo: { zh: '未联系上', en: 'Nobody was reached' },
  confirmedBy: { zh: '确认人', en: 'Who confirmed' },
  confirmedByProblem: { zh: '请填写确认收货的人。', en: 'Please name who confirmed.' },

  reachNote: { zh: '如何通知、通知了谁', en: 'Whom you told, and how' },

  attended: { zh: '到会人员', en: 'Who attended' },
  conclusion: { zh: '会议结论（决定的事项、负责人、时限）', en: 'What was decided, who does it, by when' },

  releaseNote: { zh: '处理情况（解除暂停，订单继续执行）', en: 'What settled it; the order goes on' },

  expediteAnswer: { zh: '能否加快交货', en: 'Can you deliver sooner' },
  expediteEarlier: { zh: '可以提前（按期）交货', en: 'Yes, on the day below' },
  expeditePart: { zh: '可先交一部分', en: 'A part of it first' },
  expediteLater: { zh: '需要更多时间', en: 'We need more time' },
  expediteCannot: { zh: '无法供货', en: 'We cannot deliver' },
  expediteOrder: { zh: '采购订单', en: 'Purchase order' },
  expediteOrderProblem: {
    zh: '请选择所答复的采购订单。',
    en: 'Please choose the purchase order this is about.',
  },
  expediteDate: { zh: '交货日期', en: 'Day of delivery' },
  expediteDateHint: { zh: '无法供货时不填', en: 'leave it out if you cannot deliver' },
  expediteDateProblem: {
    zh: '请填写今天或以后的交货日期；无法供货时不填。',
    en: 'Please give a day from today on; none if you cannot deliver.',
  },
  expediteQuantity: { zh: '先交数量', en: 'Quantity of the part' },
  expediteQuantityProblem: { zh: '先交一部分时，请填写数量。', en: 'Give it with a part, and only then.' },
  expediteRest: { zh: '其余交货日期', en: 'Day of the rest' },
  expediteRestProblem: {
    zh: '仅在先交一部分时填写，且不早于先交日期。',
    en: 'Give it with a part, and not before that day.',
  },
  expediteNote: { zh: '说明', en: 'Anything to add' },

  outcome: { zh: '确认结果', en: 'What it is' },
  activate: { zh: '启动应急预案', en: 'Activate the playbook' },
  routine: { zh: '按日常流程处理', en: 'Routine handling' },
  falseAlarm: { zh: '误报', en: 'False alarm' },
  level: { zh: '级别', en: 'Level' },
  levelHint: {
    zh: '启动预案时可调整；不选则按系统初定级别',
    en: 'with activation; as assessed if none is chosen',
  },
  yes: { zh: '是', en: 'Yes' },
  no: { zh: '否', en: 'No' },
  result: { zh: '办理结果', en: 'What came of it' },
  improved: { zh: '完成情况', en: 'What was done' },
  effective: { zh: '整改是否有效', en: 'Did it have its effect?' },
  effectiveYes: { zh: '有效，予以关闭', en: 'Yes: close it' },
  effectiveNo: { zh: '无效，重新打开', en: 'No: open it again' },
  checked: { zh: '验证情况', en: 'What you found' },
  report: {
    zh: '报告内容（经过、影响、措施、结果）',
    en: 'Report: what happened, whom it affected, what was done, the outcome',
  },
  choice: { zh: '您的选择', en: 'Your choice' },
  cause: { zh: '原因类别', en: 'Category of cause' },
  causeWords: { zh: '原因说明', en: 'The cause, in words' },
  worked: { zh: '有效做法', en: 'What worked' },
} as const satisfies Record<string, Words>;
