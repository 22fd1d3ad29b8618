import type { DurationRule } from '../time/shape.js';
import type { DeadlinesPolicy } from './shape.js';

/** What no class changes: a promise to be told, the customer's own time, the call after the goods are signed for. */
const everyClass = {
  /** P07.1: a notice that no channel took by then escalates. */
  departmentsTold: { elapsed: 'PT30M' },
  /** The customer answers the alternatives offered. */
  alternatives: { workingDays: 1 },
  /** P05.6: after the carrier's scan says signed for. */
  customerContact: { workingDays: 1 },
} satisfies Record<string, DurationRule>;

/** What every level of an incident has alike: its report (P11.5), its review (P12.3), its measures 整改措施 (P16.7). */
const everyLevel = {
  /** To the emergency manager, from resolution. */
  report: { workingDays: 1 },
  /** From resolution. */
  review: { workingDays: 5 },
  actionItem: { elapsed: 'P7D' },
  /** P16.7: a second person says whether a measure had its effect. */
  effectCheck: { workingDays: 5 },
} satisfies Record<string, DurationRule>;

/** P11.3: the meeting of level 2 and above begins within this time. */
const meeting: DurationRule = { elapsed: 'PT30M' };

/**
 * The deadlines of an order (P07.1, P07.4, P07.6, P05.6, P20.2). A critical order counts hours day and night wherever an
 * urgent one counts working hours (P06.2). `delivery` has no row: it is due at the closing of the promised day, unless
 * the policy gives it a rule.
 *
 * Those of an incident, by its level (P03.3, P03.5, P11.1): the higher, the sooner, day and night. `update` is the
 * cadence of updates to those affected.
 */
export const defaultDeadlinesPolicy: DeadlinesPolicy = {
  critical: {
    ...everyClass,
    /** P06.2: a person confirms the declared ground; clocks and calls run meanwhile. */
    criticalConfirmation: { elapsed: 'PT2H' },
    evaluation: { elapsed: 'PT4H' },
    measure: { elapsed: 'PT2H' },
    confirmation: { elapsed: 'PT8H' },
    question: { elapsed: 'PT1H' },
    /** A responsible department does not confirm a point: the order manager decides. */
    conflict: { elapsed: 'PT1H' },
    /** A production problem that was raised (P09.3). */
    problem: { elapsed: 'PT1H' },
    progressReport: { elapsed: 'PT4H' },
  },
  urgent: {
    ...everyClass,
    /** 当日: the effective day's closing; an order of the late afternoon has that evening (P07.4). */
    evaluation: { workingDays: 0, atLeast: 'PT2H' },
    measure: { workingHours: 2 },
    confirmation: { workingDays: 2 },
    question: { workingHours: 1 },
    conflict: { workingHours: 2 },
    problem: { workingHours: 2 },
    progressReport: { workingDays: 1 },
  },
  normal: {
    ...everyClass,
    question: { workingHours: 1 },
    problem: { workingHours: 4 },
  },
  level1: {
    ...everyLevel,
    acknowledge: { elapsed: 'PT4H' },
    confirm: { elapsed: 'PT2H' },
    firstNotice: { workingDays: 1 },
    update: { workingDays: 1 },
    mitigate: { workingDays: 3 },
  },
  level2: {
    ...everyLevel,
    meeting,
    acknowledge: { elapsed: 'PT1H' },
    confirm: { elapsed: 'PT30M' },
    firstNotice: { elapsed: 'PT4H' },
    update: { elapsed: 'PT4H' },
    mitigate: { workingDays: 1 },
  },
  level3: {
    ...everyLevel,
    meeting,
    acknowledge: { elapsed: 'PT15M' },
    confirm: { elapsed: 'PT15M' },
    firstNotice: { elapsed: 'PT1H' },
    update: { elapsed: 'PT1H' },
    mitigate: { elapsed: 'PT4H' },
  },
};

/** What is reminded of, beside the warnings at 50 % and 80 %, so long before it is due (design §6). */
export const reminders: Readonly<Record<string, string>> = { actionItem: 'P2D' };
