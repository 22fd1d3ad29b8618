import { DateTime } from 'luxon';
import type { TaskKind } from '../../contracts/forms.js';
import type { NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { MatrixPolicy } from '../../domain/evaluation/shape.js';
import { MEASURES, POINTS } from '../../domain/order/shape.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import type { Words } from '../../domain/wording/locale.js';
import { FORM_WORDS as W } from '../../domain/wording/page-forms.js';
import { MEASURE_WORDS, POINT_WORDS } from '../../domain/wording/terms.js';
import type { Field, Group } from './form.js';

/** What a form is made for. */
export interface FormContext {
  order: OrderFacts;
  task: NoticeTaskRow;
  reader: 'customer' | 'person';
  /** Company zone, IANA name. */
  zone: string;
  /** Who answers for which point of an evaluation; absent while no policy is in force. */
  matrix?: MatrixPolicy;
  now: Date;
}

/** The form of every kind of task: the same fields as the API's, by the same names. */
export const TASK_PAGE_FORMS: Record<TaskKind, (context: FormContext) => Group[]> = {
  evaluate: ({ task, matrix, order }) =>
    POINTS.map((point) => ({
      legend: withRole(
        POINT_WORDS[point],
        matrix?.[point].some((department) => department === task.department),
      ),
      fields: [
        yesOrNo(`points.${point}.ok`, W.pointState, W.pointOk, W.pointNotOk),
        { ...block(`points.${point}.note`, W.pointNote, 2000), problem: W.pointNoteProblem },
        {
          ...block(`points.${point}.ask`, W.pointAsk, 1000),
          hint: order.customerLocale === 'en' ? W.pointAskHintEnglish : W.pointAskHint,
          problem: W.pointAskProblem,
        },
      ],
    })),

  question: ({ reader, ...context }) =>
    reader === 'customer'
      ? one([fixed('how', 'link'), required(block('answer', W.answer, 4000)), line('answeredBy', W.yourName)])
      : one([
          required(block('answer', W.customersAnswer, 4000)),
          required(line('answeredBy', W.answeredBy)),
          how(),
          moment('at', context),
        ]),

  measure: ({ order }) =>
    one([
      required(
        choice(
          'option',
          W.measure,
          MEASURES.map((measure) => ({ value: measure, label: MEASURE_WORDS[measure] })),
        ),
      ),
      {
        ...date('promisedDelivery', W.promisedDelivery, order.promisedDelivery ?? order.requestedDelivery),
        hint: W.promisedHint,
      },
      block('note', W.note, 2000),
    ]),

  alternative: ({ reader, ...context }) => {
    const answer = { ...yesOrNo('accept', W.acceptAlternative, W.accept, W.decline), hint: W.declineHint };
    return reader === 'customer'
      ? one([fixed('how', 'link'), answer, line('answeredBy', W.yourName), block('words', W.words, 4000)])
      : one([
          answer,
          required(line('answeredBy', W.answeredBy)),
          how(),
          moment('at', context),
          block('words', W.customersWords, 4000),
        ]);
  },

  conflict: ({ order }) =>
    one([
      required(
        choice('decision', W.decision, [
          { value: 'reevaluate', label: W.reevaluate },
          { value: 'offer', label: W.offer },
          { value: 'reject', label: W.reject },
        ]),
      ),
      { ...date('offeredDelivery', W.offeredDelivery), problem: W.offeredProblem },
      {
        ...required(block('reason', W.reason, 2000)),
        hint: order.customerLocale === 'en' ? W.reasonHintEnglish : W.reasonHint,
      },
    ]),

  ground: () =>
    one([
      yesOrNo('confirmed', W.groundHolds, W.groundYes, W.groundNo),
      { ...block('note', W.note, 2000), problem: W.groundNoteProblem },
    ]),

  signOff: ({ task }) =>
    one([
      // The proposal that is read is the one that is signed: another one opened meanwhile is refused.
      { type: 'hidden', name: 'proposal', value: String(task.facts.proposal ?? '') },
      required(
        choice('decision', W.sign, [
          { value: 'approve', label: W.approve },
          { value: 'reject', label: W.rejectProposal },
        ]),
      ),
      { ...block('note', W.rejectNote, 2000), problem: W.rejectNoteProblem },
    ]),

  customerContact: ({ reader, ...context }) =>
    reader === 'customer'
      ? one([
          fixed('how', 'link'),
          // As it was shown, not as it is sent: the same form sent twice must be the same.
          { type: 'hidden', name: 'at', value: context.now.toISOString() },
          yesOrNo('received', W.arrived, W.arrivedYes, W.arrivedNo),
          { ...line('confirmedBy', W.yourName), required: true, problem: W.confirmedByProblem },
          block('words', W.arrivedWords, 4000),
        ])
      : one([
          yesOrNo('reached', W.reached, W.reachedYes, W.reachedNo),
          how(),
          { ...line('confirmedBy', W.confirmedBy), problem: W.confirmedByProblem },
          moment('at', context),
          block('words', W.customersWords, 4000),
        ]),

  reach: () => one([required(block('note', W.reachNote, 2000))]),

  releaseHold: () => one([required(block('note', W.releaseNote, 2000))]),
};

/** Whether a point is the department's to confirm 主责, or one it concurs with 会签 (P07.4). */
function withRole(point: Words, leads: boolean | undefined): Words {
  if (leads === undefined) return point;
  const role = leads ? W.pointLead : W.pointConcurs;
  return { zh: `${point.zh}（${role.zh}）`, en: `${point.en} (${role.en})` };
}

const one = (fields: Field[]): Group[] => [{ fields }];
const required = <F extends Field>(field: F): F => ({ ...field, required: true });
const fixed = (name: string, value: string): Field => ({ type: 'fixed', name, value });
const block = (name: string, label: Words, max: number) => ({ type: 'block', name, label, max }) as const;
const line = (name: string, label: Words) => ({ type: 'line', name, label, max: 200 }) as const;
const date = (name: string, label: Words, value?: string) =>
  ({ type: 'date', name, label, value, problem: W.dateProblem }) as const;
const choice = (name: string, label: Words, choices: { value: string; label: Words }[]) =>
  ({ type: 'choice', name, label, choices }) as const;

function yesOrNo(name: string, label: Words, yes: Words, no: Words) {
  const choices = [
    { value: 'true', label: yes },
    { value: 'false', label: no },
  ];
  return { ...choice(name, label, choices), boolean: true, required: true } as const;
}

function how(): Field {
  const choices = [
    { value: 'phone', label: W.byPhone },
    { value: 'mail', label: W.byMail },
  ];
  return { ...required(choice('how', W.how, choices)), value: 'phone' };
}

function moment(name: string, { zone, now }: Pick<FormContext, 'zone' | 'now'>): Field {
  const value = DateTime.fromJSDate(now, { zone }).toFormat("yyyy-MM-dd'T'HH:mm");
  return { type: 'moment', name, label: W.when, required: true, value, problem: W.whenProblem };
}
