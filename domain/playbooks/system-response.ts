import { levelResponse } from './level-response.js';
import type { PlaybookSource, Words } from './shape.js';

/** What a failure of servers, networks, systems or data adds to the response that all of them share. */
export interface SystemResponse {
  /** What the meetings are about; begins a sentence's object: `服务器故障`, `the server fault`. */
  subject: Words;
  /** The nature as the team hears it, before anybody has confirmed. */
  suspected: Words;
  /** What each of the team does at once. */
  teamMeasures: Words;
  /** The nature as customers hear it, and what they are told is being done, after the apology. */
  nature: Words;
  customerMeasures: Words;
  /** What is watched while it is being put right. */
  watch: Words;
  /** The step that finds the cause: nobody explains in detail before it is known. */
  causeStep: string;
  /** What must be over before the backlog is cleared, besides the earlier phases. */
  backlogNeeds?: string[];
}

/**
 * What the five types of failure share: the team called first at every level (P19.4), the steps of the three levels
 * (P11.2–4), orders taken by hand entered and the backlog cleared. The machines stand still at night too, so customers
 * are told within an hour of any day.
 */
export function systemResponse(about: SystemResponse): PlaybookSource['steps'] {
  const ofLevels = levelResponse({
    ...about,
    watchRole: 'sales',
    overtimeRole: 'orderManager',
    compensateFrom: 2,
    cites: { notice: ['P02.4'], compensation: [] },
  }).flatMap((step): PlaybookSource['steps'] => {
    // The call below has told the team already.
    if (step.key === 'tell-team') return [];
    if (step.key === 'tell-customers' && step.kind === 'action')
      return [{ ...step, due: { elapsed: 'PT1H' } }];
    if (step.key === 'explain-in-detail') return [{ ...step, phase: 'normal', needs: [about.causeStep] }];
    // Orders are served again once the failure is mitigated: what is owed and what is watched comes after.
    if (step.key === 'watch-orders' || step.key === 'compensate') return [{ ...step, phase: 'normal' }];
    return [step];
  });
  return [
    {
      key: 'call-team',
      phase: 'confirm',
      kind: 'action',
      action: 'notifyTeam',
      role: 'orderManager',
      title: { zh: '启动应急团队', en: 'Call the team' },
      nature: about.suspected,
      measures: {
        zh: `请立即到位，密切关注订单处理的准确性和及时性。${about.teamMeasures.zh}`,
        en: `take your places at once and watch closely that orders are handled correctly and in time. ${about.teamMeasures.en}`,
      },
      urgent: true,
      beforeConfirmation: true,
      due: { elapsed: 'PT5M' },
      cites: ['P02.4', 'P03.3', 'P11.2', 'P19.4'],
    },
    ...ofLevels,
    {
      key: 'clear-backlog',
      phase: 'normal',
      kind: 'task',
      role: 'sales',
      needs: about.backlogNeeds ?? [],
      title: { zh: '补录并处理积压订单', en: 'Enter and clear the backlog' },
      instructions: {
        zh: '补录故障期间登记的订单，按实际收单时间入库；按急难、关键、紧急等级依次处理积压，确认无漏单、重单。',
        en: 'Enter the orders taken by hand with their true time of receipt; clear the backlog by critical, key and grade; see that none is lost or doubled.',
      },
      form: [
        { key: 'entered', label: { zh: '补录订单数', en: 'Orders entered' }, kind: 'number' },
        {
          key: 'late',
          label: { zh: '已超期的订单号', en: 'Orders late by now' },
          kind: 'text',
          required: false,
        },
      ],
      due: { workingHours: 4 },
      cites: ['P02.5', 'P04.2', 'P13.3'],
    },
  ];
}
