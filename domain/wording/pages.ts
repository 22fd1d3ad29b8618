import type { Words } from './locale.js';

/** Texts of the plain public pages behind the links in mails. */
export const PAGE_WORDS = {
  order: { zh: '订单', en: 'Order' },
  submit: { zh: '提交', en: 'Submit' },
  due: { zh: '完成时限', en: 'Due' },
  overdue: { zh: '已超期', en: 'Overdue' },
  checkFields: { zh: '请检查标出的内容后重新提交。', en: 'Please check what is marked and submit again.' },
  fieldWrong: { zh: '请检查此项', en: 'Please check this' },
  choose: { zh: '请选择一项', en: 'Please choose one' },
  needed: { zh: '请填写此项', en: 'Please fill this in' },
  optional: { zh: '选填', en: 'optional' },
  actingAs: { zh: '办理人', en: 'You act as' },
  questions: { zh: '需要确认的问题', en: 'What we need to know' },
  objections: { zh: '各部门异议', en: 'Objections' },
  noObjections: { zh: '各部门均无异议。', en: 'No department objects.' },
  orderFacts: { zh: '订单内容', en: 'The order' },
  incidentFacts: { zh: '突发情况', en: 'The incident' },
  currency: { zh: '币种', en: 'Currency' },

  done: { zh: '已提交', en: 'Thank you' },
  doneText: {
    zh: '您的答复已登记，感谢您的配合。可以关闭本页。',
    en: 'Your answer is on record. You may close this page.',
  },
  notArrivedText: {
    zh: '您尚未收到货物，我们已登记，非常抱歉给您带来不便。',
    en: 'You tell us that the goods have not arrived; this is on record, and we are sorry for the trouble.',
  },
  later: { zh: '已收到', en: 'Received' },
  laterText: {
    zh: '您的答复已安全保存，正在登记，无需重复提交。可以关闭本页。',
    en: 'Your answer is safely stored and is being recorded; there is no need to submit it again. You may close this page.',
  },

  usedTitle: { zh: '该事项已办理', en: 'This has been done already' },
  usedText: {
    zh: '该事项已办理完毕，链接已失效，您无需再做任何操作。谢谢！',
    en: 'This has been seen to, and the link has done its work. There is nothing more for you to do. Thank you!',
  },
  withdrawnTitle: { zh: '该事项已撤销', en: 'This is no longer needed' },
  withdrawnText: {
    zh: '该事项已撤销，您无需再做任何操作。如有新的事项，会另行发送邮件。',
    en: 'This is no longer needed, and there is nothing for you to do. Should something new come up, you will get another mail.',
  },
  expiredTitle: { zh: '链接已过期', en: 'This link has expired' },
  expiredText: {
    zh: '为安全起见，链接仅在一段时间内有效。如仍需办理，请与我们联系，我们会重新发送。',
    en: 'For safety, links work for a limited time. If it still matters, please contact us and we will send a new one.',
  },
  goneTitle: { zh: '链接已失效', en: 'This link no longer works' },
  goneText: {
    zh: '该链接已失效。如需帮助，请联系您的销售负责人或回复原邮件。',
    en: 'This link no longer works. For help, please contact your sales owner or answer the mail it came in.',
  },
  unknownTitle: { zh: '未找到页面', en: 'There is no such page' },
  unknownText: {
    zh: '链接不完整或不正确。请从邮件中完整复制链接后重试。',
    en: 'The link is incomplete or wrong. Please copy the whole link from the mail and try again.',
  },
  forbiddenTitle: { zh: '无法办理', en: 'You may not do this' },
  forbiddenText: { zh: '您目前没有办理该事项的权限。', en: 'Your role does not allow this at present.' },
  signOffClosedText: {
    zh: '公司制度未开放通过邮件链接签字，请在系统中签字。',
    en: 'By company policy a signature is not given by link. Please sign in the system.',
  },
  dutiesText: {
    zh: '同一人不能兼任：下单人或评估人不得签字，也不得代表两个部门评估。请由其他人员办理。',
    en: 'The same person may not do both: who placed or evaluated an order does not sign it, and nobody evaluates for two departments. Please leave it to somebody else.',
  },
  changedTitle: { zh: '情况已变化', en: 'Things have changed' },
  changedText: {
    zh: '在您提交之前，该事项已有变化。请以最新邮件中的链接为准。',
    en: 'This changed before you submitted. Please use the link in the latest mail.',
  },
  troubleTitle: { zh: '系统暂时不可用', en: 'Not available just now' },
  troubleText: {
    zh: '抱歉，系统暂时不可用，您填写的内容尚未提交。请稍后重新提交。',
    en: 'Sorry, the system is not available just now and nothing was submitted. Please try again a little later.',
  },
  unreadableTitle: { zh: '无法读取', en: 'This cannot be read' },
  unreadableText: {
    zh: '提交的内容无法读取，请重新打开链接填写。',
    en: 'What was sent cannot be read. Please open the link again.',
  },
} as const satisfies Record<string, Words>;

/** Texts of the tracking page, for customers alone: nothing internal. */
export const TRACKING_WORDS = {
  title: { zh: '订单进度', en: 'Your order' },
  phase: { zh: '当前状态', en: 'Where it stands' },
  requested: { zh: '要求交期', en: 'Delivery you asked for' },
  promised: { zh: '承诺交期', en: 'Promised delivery' },
  notConfirmed: { zh: '尚未确认', en: 'not confirmed yet' },
  confirmedAt: { zh: '确认时间', en: 'Confirmed at' },
  replyBy: { zh: '确认回复时限', en: 'Our reply comes by' },
  progress: { zh: '进度', en: 'Progress' },
  notYet: { zh: '未完成', en: 'not yet' },
  reference: { zh: '贵方单号', en: 'Your reference' },
  products: { zh: '产品及数量', en: 'Products' },
  shipping: { zh: '运输方式', en: 'Shipping' },
} as const satisfies Record<string, Words>;

/** Where an order stands, in words for its customer. */
export const TRACKING_PHASES: Record<string, Words> = {
  evaluating: { zh: '已收到，正在评估', en: 'Received; our departments are evaluating it' },
  proposing: { zh: '已评估，正在安排', en: 'Evaluated; we are arranging it' },
  signing: { zh: '已评估，等待签字确认', en: 'Evaluated; awaiting our signature' },
  executing: { zh: '已确认，正在生产', en: 'Confirmed and in production' },
  delivering: { zh: '已发货，运输途中', en: 'Shipped and on its way' },
  closed: { zh: '已完成', en: 'Completed' },
  rejected: { zh: '很抱歉，未能接受', en: 'We are sorry: it could not be accepted' },
  declined: { zh: '已按您的答复结束', en: 'Ended as you told us' },
  cancelled: { zh: '已取消', en: 'Cancelled' },
};
