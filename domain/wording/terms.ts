import type { IncidentPhase } from '../incident/shape.js';
import type { Grade, Measure, Milestone, OrderClass, Point } from '../order/shape.js';
import type { Words } from './locale.js';

/** Words of the trade (design §12), one table a concept. */

export const CLASS_WORDS: Record<OrderClass, Words> = {
  critical: { zh: '急难订单', en: 'Critical order' },
  urgent: { zh: '紧急订单', en: 'Urgent order' },
  normal: { zh: '普通订单', en: 'Order' },
};

/** Grades of urgency, as many red bars (P20.1). */
export const GRADE_WORDS: Record<Grade, Words> = {
  0: { zh: '普通', en: 'normal' },
  1: { zh: '一般紧急', en: 'moderately urgent' },
  2: { zh: '紧急', en: 'urgent' },
  3: { zh: '特急', en: 'extremely urgent' },
};

/** The six points of the 紧急订单评审表 (P07.4). */
export const POINT_WORDS: Record<Point, Words> = {
  product: { zh: '品名', en: 'Product' },
  quantity: { zh: '数量', en: 'Quantity' },
  price: { zh: '价格', en: 'Price' },
  process: { zh: '加工工艺', en: 'Process' },
  deliveryDate: { zh: '交货期', en: 'Delivery date' },
  shipping: { zh: '运输方式', en: 'Shipping' },
};

/** The measures of manufacturing (P07.7). */
export const MEASURE_WORDS: Record<Measure, Words> = {
  normal: { zh: '正常生产', en: 'Normal production' },
  overtime: { zh: '加班', en: 'Overtime' },
  threeShifts: { zh: '三班倒', en: 'Three shifts' },
  outsourcing: { zh: '委外加工', en: 'Outsourcing' },
};

export const MILESTONE_WORDS: Record<Milestone, Words> = {
  reserve: { zh: '备料', en: 'Materials reserved' },
  purchase: { zh: '采购', en: 'Materials purchased' },
  produce: { zh: '生产', en: 'Produced' },
  inspect: { zh: '检验', en: 'Inspected' },
  pack: { zh: '包装', en: 'Packed' },
  ship: { zh: '发货', en: 'Shipped' },
  signedFor: { zh: '签收', en: 'Signed for' },
};

export const GROUND_WORDS: Record<string, Words> = {
  life: { zh: '生命安全受威胁', en: 'life is at stake' },
  property: { zh: '财产安全受威胁', en: 'property is at stake' },
  'major-interest': { zh: '重大利益受威胁', en: 'a major interest is at stake' },
};

/** What a deadline is for. Its kinds are open data: one without words here is named by its key. */
export const DEADLINE_WORDS: Record<string, Words> = {
  departmentsTold: { zh: '通知各部门', en: 'Departments told' },
  evaluation: { zh: '订单评估', en: 'Evaluation' },
  measure: { zh: '确定生产措施', en: 'Measure chosen' },
  alternatives: { zh: '客户答复替代方案', en: 'Customer’s answer to the alternative' },
  confirmation: { zh: '确认回复', en: 'Confirmation reply' },
  criticalConfirmation: { zh: '急难订单确认', en: 'Confirmation that the order is critical' },
  question: { zh: '疑问电话确认', en: 'Question answered' },
  customerContact: { zh: '联系客户确认交付', en: 'Customer contacted about the delivery' },
  progressReport: { zh: '进度汇报', en: 'Progress report' },
  delivery: { zh: '按期交付', en: 'Delivery' },
  conflict: { zh: '评估异议处理', en: 'Objection settled' },
  holdDue: { zh: '暂停到期处理', en: 'The hold looked at again' },
  acknowledge: { zh: '突发情况受理', en: 'Acknowledgement' },
  confirm: { zh: '突发情况确认', en: 'Confirmation of the incident' },
  firstNotice: { zh: '首次通报受影响方', en: 'First notice to those affected' },
  update: { zh: '进展通报', en: 'Update to those affected' },
  mitigate: { zh: '影响得到控制', en: 'Mitigation' },
  report: { zh: '向应急管理负责人报告', en: 'Report to the emergency manager' },
  review: { zh: '总结', en: 'Review' },
  actionItem: { zh: '落实整改措施', en: 'Improvement' },
  effectCheck: { zh: '验证整改效果', en: 'Check of an improvement’s effect' },
  problem: { zh: '处理生产问题', en: 'Production problem' },
  step: { zh: '预案步骤', en: 'Step of the playbook' },
  meeting: { zh: '召开紧急会议', en: 'Meeting held' },
  team: { zh: '确认应急小组', en: 'Response team confirmed' },
};

/** What a task asks for. */
export const TASK_WORDS: Record<string, Words> = {
  evaluate: { zh: '订单评估', en: 'Evaluate the order' },
  question: { zh: '与客户确认疑问', en: 'Settle the question with the customer' },
  measure: { zh: '确定生产措施', en: 'Choose the measure' },
  alternative: { zh: '客户答复替代方案', en: 'Customer’s answer to the alternative' },
  conflict: { zh: '处理评估异议', en: 'Settle the objection' },
  ground: { zh: '确认急难理由', en: 'Confirm the declared ground' },
  signOff: { zh: '签字', en: 'Sign off' },
  customerContact: { zh: '联系客户确认交付', en: 'Contact the customer about the delivery' },
  reach: { zh: '另行通知未收到邮件的人员', en: 'Reach those whom no notice reached' },
  releaseHold: { zh: '解除订单暂停', en: 'Release the hold' },
  confirm: { zh: '确认突发情况', en: 'Confirm the incident' },
  report: { zh: '向应急管理负责人报告', en: 'Report to the emergency manager' },
  review: { zh: '总结突发情况', en: 'Review the incident' },
  actionItem: { zh: '落实整改措施', en: 'Carry out the improvement' },
  effectCheck: { zh: '验证整改效果', en: 'Check the effect of the improvement' },
  problem: { zh: '处理生产问题', en: 'Deal with the production problem' },
  team: { zh: '确认应急小组', en: 'Confirm the response team' },
  update: { zh: '编写进展通报', en: 'Write the update' },
  // Those of a playbook's steps go by its title; these where a revision has the step no more.
  step: { zh: '预案步骤', en: 'Step of the playbook' },
  decision: { zh: '作出决定', en: 'Decide' },
  wait: { zh: '等待并核实', en: 'Wait and look' },
  action: { zh: '办理预案措施', en: 'Carry out a measure' },
};

/** Where an incident stands (P16.3). */
export const INCIDENT_PHASE_WORDS: Record<IncidentPhase, Words> = {
  reported: { zh: '已报告，待确认', en: 'reported, to be confirmed' },
  responding: { zh: '已启动预案，处理中', en: 'activated, being handled' },
  mitigated: { zh: '影响已控制，恢复中', en: 'mitigated, recovering' },
  resolved: { zh: '已解决，待总结', en: 'resolved, to be reviewed' },
  reviewed: { zh: '已总结', en: 'reviewed' },
  archived: { zh: '已归档', en: 'archived' },
  falseAlarm: { zh: '误报', en: 'false alarm' },
  routine: { zh: '按日常流程处理', en: 'routine handling' },
};

/** Why an order is held. Reasons are open data: one without words here is named by its key. */
export const HOLD_REASON_WORDS: Record<string, Words> = {
  customerAsked: { zh: '客户要求', en: 'asked for by the customer' },
  payment: { zh: '货款问题', en: 'payment' },
  quality: { zh: '质量问题', en: 'quality' },
  shipment: { zh: '暂停发货', en: 'shipments are held' },
  other: { zh: '其他原因', en: 'another reason' },
};

export const CHANNEL_WORDS: Record<string, Words> = {
  online: { zh: '在线', en: 'online' },
  email: { zh: '邮件', en: 'e-mail' },
  phone: { zh: '电话', en: 'telephone' },
};

/** Words of a key in an open table; the key itself where the table has none. */
export function wordsOf(table: Readonly<Record<string, Words>>, key: string): Words {
  return Object.hasOwn(table, key) ? (table[key] as Words) : { zh: key, en: key };
}
