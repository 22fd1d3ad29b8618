import type { Words } from '../shape.js';

/** The fields of a playbook in the words people read, in the order in which differences are told. */
const fields: Record<string, Words> = {
  type: { zh: '类型', en: 'type' },
  key: { zh: '标识', en: 'key' },
  phase: { zh: '阶段', en: 'phase' },
  kind: { zh: '种类', en: 'kind' },
  action: { zh: '动作', en: 'action' },
  name: { zh: '名称', en: 'name' },
  title: { zh: '标题', en: 'title' },
  label: { zh: '名称', en: 'label' },
  applies: { zh: '适用情形', en: 'when it applies' },
  cites: { zh: '依据条款', en: 'obligations' },
  ownerRole: { zh: '负责角色', en: 'owner’s role' },
  role: { zh: '角色', en: 'role' },
  by: { zh: '决定人', en: 'who decides' },
  skills: { zh: '所需技能', en: 'skills' },
  team: { zh: '应急小组', en: 'team' },
  teamFirst: { zh: '先召集小组', en: 'team first' },
  affected: { zh: '受影响订单的查找方式', en: 'how affected orders are found' },
  childOf: { zh: '归属的上级突发情况', en: 'part of another incident' },
  types: { zh: '类型', en: 'types' },
  shares: { zh: '共同点', en: 'what both name' },
  severity: { zh: '级别', en: 'level' },
  otherwise: { zh: '默认', en: 'otherwise' },
  rules: { zh: '规则', en: 'rules' },
  level: { zh: '级别', en: 'level' },
  when: { zh: '条件', en: 'conditions' },
  fact: { zh: '事实', en: 'fact' },
  atLeast: { zh: '不低于', en: 'at least' },
  because: { zh: '理由', en: 'reason' },
  times: { zh: '时限', en: 'times' },
  acknowledge: { zh: '接手', en: 'acknowledge' },
  confirm: { zh: '确认', en: 'confirm' },
  firstNotice: { zh: '首次通知', en: 'first notice' },
  update: { zh: '进展通报', en: 'update' },
  mitigate: { zh: '控制', en: 'mitigate' },
  report: { zh: '报告', en: 'report' },
  review: { zh: '总结', en: 'review' },
  steps: { zh: '步骤', en: 'steps' },
  beforeConfirmation: { zh: '确认前执行', en: 'before confirmation' },
  minSeverity: { zh: '最低级别', en: 'lowest level' },
  needs: { zh: '前置步骤', en: 'needs' },
  instructions: { zh: '要求', en: 'instructions' },
  question: { zh: '问题', en: 'question' },
  until: { zh: '等待内容', en: 'what is waited for' },
  about: { zh: '内容', en: 'about' },
  scope: { zh: '范围', en: 'scope' },
  nature: { zh: '性质', en: 'nature' },
  measures: { zh: '措施', en: 'measures' },
  urgent: { zh: '紧急通知', en: 'urgent' },
  form: { zh: '表单', en: 'form' },
  required: { zh: '必填', en: 'required' },
  options: { zh: '选项', en: 'options' },
  leadsTo: { zh: '引出步骤', en: 'leads to' },
  due: { zh: '期限', en: 'due' },
  atMost: { zh: '最长等待', en: 'at most' },
  causes: { zh: '根因', en: 'causes' },
  zh: { zh: '中文', en: 'Chinese' },
  en: { zh: '英文', en: 'English' },
};

const ranks = new Map(Object.keys(fields).map((field, rank) => [field, rank]));

/** Orders two fields as the table has them; others come last, by name. */
export function byField(one: string, other: string): number {
  const rank = (field: string) => ranks.get(field) ?? ranks.size;
  return rank(one) - rank(other) || (one < other ? -1 : one > other ? 1 : 0);
}

/** A field as people read it; a key, which has no words, stays as it is. */
export function wordField(field: string): Words {
  return fields[field] ?? { zh: field, en: field };
}
