import { ROLE_WORDS } from '../roles/shape.js';
import type { Words } from './locale.js';
import {
  CLASS_WORDS,
  DEADLINE_WORDS,
  HOLD_REASON_WORDS,
  MEASURE_WORDS,
  MILESTONE_WORDS,
  wordsOf,
} from './terms.js';

/** What a timeline entry is told from: machine words and small facts, no personal values. */
type Facts = Readonly<Record<string, unknown>>;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const gistOf = (facts: Facts) =>
  typeof facts.gist === 'object' && facts.gist !== null ? (facts.gist as Facts) : {};

/** `SO-….evaluate.quality.2` → the department's words. */
const departmentOf = (facts: Facts) => wordsOf(ROLE_WORDS, textOf(facts.task).split('.')[2] ?? '');

const choice = (yes: boolean, ifYes: Words, ifNo: Words): Words => (yes ? ifYes : ifNo);

/** Changes of an order by their action; a new one is a line here. */
const ACTIONS: Record<string, (facts: Facts) => Words> = {
  accept: () => ({ zh: '订单已受理', en: 'Order accepted' }),
  import: () => ({ zh: '历史订单已导入', en: 'Imported as history' }),
  begin: () => ({
    zh: '已通知各部门，紧急订单生产小组成立',
    en: 'Departments told, production team named',
  }),
  evaluate: (facts) => {
    const { zh, en } = departmentOf(facts);
    return { zh: `${zh}完成订单评估`, en: `${en} evaluated the order` };
  },
  question: () => ({ zh: '客户已答复疑问', en: 'The customer answered a question' }),
  measure: (facts) => {
    const { zh, en } = wordsOf(MEASURE_WORDS, textOf(gistOf(facts).option));
    return { zh: `确定生产措施：${zh}`, en: `Measure chosen: ${en}` };
  },
  alternative: (facts) =>
    choice(
      gistOf(facts).accept === true,
      { zh: '客户接受替代方案', en: 'The customer accepted the alternative' },
      { zh: '客户未接受替代方案', en: 'The customer declined the alternative' },
    ),
  conflict: (facts) =>
    ({
      reevaluate: { zh: '评估异议：重新评估', en: 'Objection: to be evaluated again' },
      offer: {
        zh: '评估异议：向客户提出替代方案',
        en: 'Objection: an alternative is offered to the customer',
      },
      reject: { zh: '评估异议：驳回订单', en: 'Objection: the order is rejected' },
    })[textOf(gistOf(facts).decision)] ?? { zh: '评估异议已处理', en: 'Objection settled' },
  ground: (facts) =>
    choice(
      gistOf(facts).confirmed === true,
      { zh: '急难理由成立', en: 'The declared ground is confirmed' },
      { zh: '急难理由不成立，按紧急订单办理', en: 'The declared ground does not hold; handled as urgent' },
    ),
  signOff: (facts) =>
    choice(
      facts.decision === 'approve',
      { zh: '签字同意', en: 'Signed' },
      { zh: '签字驳回', en: 'Sign-off refused' },
    ),
  recordProgress: (facts) => {
    const { zh, en } = wordsOf(MILESTONE_WORDS, textOf(facts.milestone));
    return choice(
      facts.done === true,
      { zh: `进度：${zh}已完成`, en: `Progress: ${en}` },
      { zh: `进度：更新${zh}预计完成日`, en: `Progress: new projected finish (${en})` },
    );
  },
  customerContact: (facts) => {
    const { reached, received } = gistOf(facts);
    if (reached !== true) return { zh: '联系客户未果', en: 'The customer was not reached' };
    return choice(
      received !== false,
      { zh: '客户确认收货', en: 'The customer confirmed the delivery' },
      { zh: '客户反映未收到或不完整', en: 'The customer says that the goods did not arrive whole' },
    );
  },
  replan: (facts) => {
    const { zh, en } = wordsOf(CLASS_WORDS, textOf(facts.class));
    return { zh: `改判为${zh}`, en: `Reclassified: ${en}` };
  },
  hold: (facts) => {
    const { zh, en } = wordsOf(HOLD_REASON_WORDS, textOf(facts.reason));
    return { zh: `订单暂停：${zh}`, en: `Held: ${en}` };
  },
  release: () => ({ zh: '解除暂停', en: 'Released' }),
  releaseHold: () => ({ zh: '解除暂停', en: 'Released' }),
  linkIncident: (facts) => ({
    zh: `受突发情况 ${textOf(facts.incident)} 影响`,
    en: `Affected by incident ${textOf(facts.incident)}`,
  }),
  undelivered: () => ({ zh: '通知未能送达，已上报', en: 'A notice reached nobody and was escalated' }),
  reach: () => ({ zh: '已另行通知未收到邮件的人员', en: 'Those whom no notice reached were told' }),
};

/** Words of a change on the record; a refused one says so. */
export function actionWords(action: string, facts: Facts): Words {
  const refused = action.endsWith('.refused');
  const name = refused ? action.slice(0, -'.refused'.length) : action;
  const words = ACTIONS[name]?.(facts) ?? { zh: name, en: name };
  return refused ? { zh: `未获准：${words.zh}`, en: `Refused: ${words.en}` } : words;
}

const RUNG_ROLES: Record<string, Words> = {
  ...ROLE_WORDS,
  departmentHead: { zh: '部门主管', en: 'department head' },
  teamLead: { zh: '总负责人', en: 'team lead' },
};

/** An instant of a deadline that was settled: a warning, the breach, or a rung of the ladder 逐级上报. */
export interface SettledInstant {
  kind: 'warning' | 'breach' | 'rung';
  /** 50 or 80, 0, or the rung from 1. */
  index: number;
  state: 'fired' | 'superseded' | 'skipped';
  deadlineKind: string;
  role: string | null;
}

export function instantWords({ kind, index, state, deadlineKind, role }: SettledInstant): Words {
  const deadline = wordsOf(DEADLINE_WORDS, deadlineKind);
  if (kind === 'breach') return { zh: `超期：${deadline.zh}`, en: `Overdue: ${deadline.en}` };
  const what =
    kind === 'warning'
      ? {
          zh: `提醒：${deadline.zh}时间已过 ${index}%`,
          en: `Reminder: ${index} % of the time is gone (${deadline.en})`,
        }
      : rungWords(index, deadline, wordsOf(RUNG_ROLES, role ?? ''));
  const ending: Record<SettledInstant['state'], Words> = {
    fired: { zh: '', en: '' },
    superseded: { zh: '（已由后一级代替）', en: ' (superseded by a later one)' },
    skipped: { zh: '（无人可联系，已跳过）', en: ' (nobody reachable, skipped)' },
  };
  return { zh: `${what.zh}${ending[state].zh}`, en: `${what.en}${ending[state].en}` };
}

const rungWords = (rung: number, deadline: Words, role: Words): Words => ({
  zh: `逐级上报第 ${rung} 级（${role.zh}）：${deadline.zh}`,
  en: `Escalated to step ${rung} (${role.en}): ${deadline.en}`,
});

/** What each notice is about. */
export const NOTICE_WORDS: Record<string, Words> = {
  orderReceived: { zh: '订单受理通知', en: 'order received' },
  departmentsTold: { zh: '紧急订单通知', en: 'departments told' },
  deliveryBeforeConfirmation: { zh: '交货期早于确认回复期限', en: 'delivery due before the confirmation' },
  taskOpened: { zh: '任务通知', en: 'task to do' },
  customerQuestion: { zh: '向客户询问', en: 'question to the customer' },
  alternativeOffered: { zh: '替代方案', en: 'alternative offered' },
  signOffRejected: { zh: '签字驳回通知', en: 'sign-off rejected' },
  orderConfirmed: { zh: '确认回复', en: 'confirmation reply' },
  productionPlanIssued: { zh: '生产计划下达', en: 'production plan issued' },
  earlyWarning: { zh: '延期预警', en: 'early warning' },
  orderShipped: { zh: '发货通知', en: 'order shipped' },
  deliveryQuestion: { zh: '请客户确认收货', en: 'delivery question' },
  deliveryDisputed: { zh: '客户反馈未收到货物', en: 'delivery disputed' },
  orderRejected: { zh: '订单驳回通知', en: 'order rejected' },
  orderDeclined: { zh: '订单终止通知', en: 'order declined' },
  orderReclassified: { zh: '订单改判通知', en: 'order reclassified' },
  orderHeld: { zh: '订单暂停通知', en: 'order held' },
  holdReleased: { zh: '解除暂停通知', en: 'hold released' },
  incidentLinked: { zh: '订单受突发情况影响', en: 'order affected by an incident' },
  deadlineWarning: { zh: '到期提醒', en: 'deadline reminder' },
  deadlineBreached: { zh: '超期通知', en: 'overdue notice' },
  deadlineEscalated: { zh: '逐级上报', en: 'escalation' },
  noticeUndelivered: { zh: '通知未送达', en: 'notice undelivered' },
  watchmanAlarm: { zh: '时限监督告警', en: 'watchman alarm' },
  incidentReported: { zh: '突发情况报告', en: 'incident reported' },
  incidentActivated: { zh: '启动预案通知', en: 'playbook activated' },
  incidentEnded: { zh: '突发情况不启动预案', en: 'no playbook activated' },
  incidentTask: { zh: '突发情况待办', en: 'task of an incident' },
  incidentSeverity: { zh: '突发情况级别调整', en: 'level of the incident changed' },
  incidentResolved: { zh: '突发情况已解决', en: 'incident resolved' },
  incidentReport: { zh: '突发情况报告', en: 'report of the incident' },
  chaseOpened: { zh: '跟催待办', en: 'something to be seen to' },
  chaseDone: { zh: '跟催事项已办结', en: 'seen to' },
  chaseGivenUp: { zh: '不再跟催', en: 'given up' },
  incidentUpdate: { zh: '突发情况进展通报', en: 'update on the incident' },
  incidentDefault: { zh: '到期未答复，按默认方案处理', en: 'documented default taken' },
  incidentTeam: { zh: '应急小组分工通知', en: 'place in the response team' },
  incidentHandedOver: { zh: '突发情况移交', en: 'incident handed over' },
  faultOver: { zh: '监控恢复正常', en: 'no longer seen by its monitor' },
  muteOver: { zh: '静默结束', en: 'mute over' },
  expediteRequest: { zh: '催货请求', en: 'request to deliver sooner' },
  playbookNotice: { zh: '突发情况通报', en: 'notice of the incident' },
};

const NOTICE_STATES: Record<string, Words> = {
  queued: { zh: '待发送', en: 'To be sent' },
  sending: { zh: '发送中', en: 'Being sent' },
  sent: { zh: '已发送', en: 'Sent' },
  delivered: { zh: '已送达', en: 'Delivered' },
  read: { zh: '已读', en: 'Read' },
  failed: { zh: '未能送达', en: 'Not delivered' },
};

/** Words of a notice: how far it came, what it is about, to whom. */
export function noticeWords(template: string, state: string, to: string): Words {
  const how = wordsOf(NOTICE_STATES, state);
  const what = wordsOf(NOTICE_WORDS, template);
  return { zh: `${how.zh}：${what.zh} → ${to}`, en: `${how.en}: ${what.en} → ${to}` };
}
