import type { Role } from '../roles/shape.js';
import type { DurationRule } from '../time/shape.js';
import type { PlaybookSource, Severity, Words } from './shape.js';

/** What a type of incident adds to the response of its level. */
export interface LevelResponse {
  /** What the meetings are about; begins a sentence's object: `客户订单延误`, `the late orders`. */
  subject: Words;
  /** The nature of the incident in the notices; no sentence, as in `部分物料供应延迟`. */
  nature: Words;
  /** What the team is told to do, after being told to watch closely. */
  teamMeasures: Words;
  /** What those affected are told is being done, after the apology. */
  customerMeasures: Words;
  /** What is watched until the incident is over, and who watches it. */
  watch: Words;
  watchRole: Role;
  /** Who asks for overtime from level 2 on. */
  overtimeRole: Role;
  /** From which level those affected are compensated: 1 where the type's own procedure asks for it. */
  compensateFrom: Severity;
  /** Obligations of the type that team notice, apology and compensation serve besides those of the level. */
  cites: { team?: string[]; notice: string[]; compensation: string[] };
  /** Team and customers hear of it before anybody has confirmed (P08.1–2), within this time. */
  toldBeforeConfirmation?: DurationRule;
}

/**
 * The steps of the three levels (P11.2–4), which every incident of orders, delivery and production shares. 1: the team
 * told, close watch, explanation and apology; 2: a meeting, overtime, compensation; 3: the emergency team, more staff, a
 * detailed explanation, trust won back. The report to the emergency manager is the engine's.
 */
export function levelResponse(about: LevelResponse): PlaybookSource['steps'] {
  const beforeConfirmation = about.toldBeforeConfirmation !== undefined;
  return [
    {
      key: 'tell-team',
      phase: 'notify',
      kind: 'action',
      action: 'notifyTeam',
      role: 'orderManager',
      title: { zh: '通知订单处理团队', en: 'Tell the team' },
      nature: about.nature,
      measures: {
        zh: `请密切关注相关订单处理的准确性和及时性。${about.teamMeasures.zh}`,
        en: `watch closely that the orders concerned are handled correctly and in time. ${about.teamMeasures.en}`,
      },
      urgent: true,
      beforeConfirmation,
      due: about.toldBeforeConfirmation ?? { elapsed: 'PT30M' },
      cites: ['P11.2', 'P05.3', ...(about.cites.team ?? [])],
    },
    {
      key: 'tell-customers',
      phase: 'notify',
      kind: 'action',
      action: 'notifyCustomers',
      role: 'customerService',
      title: { zh: '向受影响客户说明并致歉', en: 'Explain and apologise to the customers' },
      nature: about.nature,
      measures: {
        zh: `对此我们深表歉意。${about.customerMeasures.zh}`,
        en: `we are sorry for it. ${about.customerMeasures.en}`,
      },
      beforeConfirmation,
      due: about.toldBeforeConfirmation ?? { workingHours: 4 },
      cites: ['P11.2', 'P03.5', ...about.cites.notice],
    },
    {
      key: 'watch-orders',
      phase: 'recover',
      kind: 'task',
      role: about.watchRole,
      title: { zh: '密切关注处理过程', en: 'Watch closely' },
      instructions: {
        zh: `${about.watch.zh}发现错误立即纠正，并记录发现和纠正的内容。`,
        en: `${about.watch.en} Put right at once what is wrong; note what was found and corrected.`,
      },
      due: { workingDays: 1 },
      cites: ['P11.2'],
    },
    {
      key: 'hold-meeting',
      phase: 'contain',
      kind: 'action',
      action: 'convene',
      role: 'orderManager',
      minSeverity: 2,
      title: { zh: '召开紧急会议', en: 'Meet' },
      about: {
        zh: `${about.subject.zh}：讨论原因、解决方案和分工。`,
        en: `What to do about ${about.subject.en}: cause, solution, who does what.`,
      },
      due: { elapsed: 'PT30M' },
      cites: ['P14.7'],
    },
    {
      key: 'ask-overtime',
      phase: 'contain',
      kind: 'action',
      action: 'requestOvertime',
      role: about.overtimeRole,
      minSeverity: 2,
      title: { zh: '安排加班处理', en: 'Ask for overtime' },
      due: { elapsed: 'PT2H' },
      cites: ['P11.3', 'P04.4'],
    },
    {
      key: 'compensate',
      phase: 'recover',
      kind: 'action',
      action: 'compensate',
      role: 'customerService',
      minSeverity: about.compensateFrom,
      title: { zh: '补偿受影响客户', en: 'Compensate the customers' },
      due: { workingDays: 1 },
      cites: ['P11.3', 'P17.2', ...about.cites.compensation],
    },
    {
      key: 'gather-team',
      phase: 'contain',
      kind: 'action',
      action: 'convene',
      role: 'emergencyManager',
      minSeverity: 3,
      title: { zh: '召集紧急团队', en: 'Gather the emergency team' },
      about: {
        zh: `${about.subject.zh}：紧急团队到岗，由应急管理负责人统一指挥，落实值守和人力。`,
        en: `Emergency team for ${about.subject.en}, under the emergency manager: posts, watches, people.`,
      },
      due: { elapsed: 'PT30M' },
      cites: ['P11.4', 'P11.5'],
    },
    {
      key: 'add-staff',
      phase: 'contain',
      kind: 'action',
      action: 'requestStaff',
      role: 'hr',
      minSeverity: 3,
      title: { zh: '调集人力', en: 'Bring in more people' },
      due: { elapsed: 'PT2H' },
      cites: ['P11.4', 'P01.3'],
    },
    {
      key: 'explain-in-detail',
      phase: 'recover',
      kind: 'task',
      role: 'customerService',
      minSeverity: 3,
      title: { zh: '逐一向客户详细解释', en: 'Explain in detail, customer by customer' },
      instructions: {
        zh: '逐一致电受影响客户，详细解释原因、影响、补救和补偿措施，记录客户的要求。',
        en: 'Call each customer affected: cause, effect, remedy and compensation in detail; note what they ask for.',
      },
      form: [
        { key: 'reached', label: { zh: '已联系客户数', en: 'Customers reached' }, kind: 'number' },
        { key: 'demands', label: { zh: '客户要求', en: 'What they ask for' }, kind: 'text' },
        {
          key: 'unreached',
          label: { zh: '未联系上的客户', en: 'Customers not reached' },
          kind: 'text',
          required: false,
        },
      ],
      due: { workingHours: 4 },
      cites: ['P11.4'],
    },
    {
      key: 'regain-trust',
      phase: 'normal',
      kind: 'task',
      role: 'sales',
      minSeverity: 3,
      title: { zh: '回访客户，恢复信任', en: 'Win back trust' },
      instructions: {
        zh: '由业务员回访受影响客户，说明已采取的改进措施，核对承诺事项是否兑现，记录客户是否满意。',
        en: 'The sales owner visits or calls: what has changed, whether every promise was kept, whether they are content.',
      },
      form: [
        { key: 'satisfied', label: { zh: '客户是否满意', en: 'Content' }, kind: 'yesNo' },
        { key: 'words', label: { zh: '客户意见', en: 'What they said' }, kind: 'text' },
        {
          key: 'promised',
          label: { zh: '新的承诺及日期', en: 'What was promised, by when' },
          kind: 'text',
          required: false,
        },
      ],
      due: { workingDays: 3 },
      cites: ['P11.4'],
    },
  ];
}
