import type { Grade, Measure, Milestone, OrderClass, OrderPhase } from '../domain/order/terms/shape.js';
import type { Instant, LocalDate } from '../domain/time/shape.js';
import type { Actor, CommandReply } from './messages.js';
import type { OpenDeadline, OrderState } from './order-state.js';
import type { TaskChange } from './process.js';

/** Who a notice goes to; resolved to people when the record is written. */
export type Audience =
  | 'customer'
  | 'team'
  | { assigneesOf: string[] }
  | { people: string[] }
  | 'logistics'
  | 'salesOwner'
  | 'teamLead'
  | 'orderManager';

/** Names of notices; the wording of each stands in `domain/wording/`. */
export type NoticeTemplate =
  | 'orderReceived'
  | 'departmentsTold'
  | 'deliveryBeforeConfirmation'
  | 'taskOpened'
  | 'customerQuestion'
  | 'alternativeOffered'
  | 'signOffRejected'
  | 'orderConfirmed'
  | 'productionPlanIssued'
  | 'earlyWarning'
  | 'orderShipped'
  | 'deliveryQuestion'
  | 'deliveryDisputed'
  | 'orderRejected'
  | 'orderDeclined'
  | 'orderReclassified'
  | 'orderHeld'
  | 'holdReleased'
  | 'incidentLinked'
  | 'deadlineWarning'
  | 'deadlineBreached'
  | 'deadlineEscalated'
  | 'noticeUndelivered'
  | 'watchmanAlarm';

/**
 * What one record transaction does, in words of the trade. The workflow says which; `app/record-step` applies them in
 * order, all or none.
 */
export type Change =
  | TaskChange
  | { do: 'nameTeam' }
  | { do: 'enterPhase'; phase: OrderPhase; because?: string }
  | { do: 'askCustomer'; task: string; department: string; points: string[] }
  | { do: 'propose'; id: string; round: number; measure: Measure; promised: LocalDate }
  | { do: 'decideProposal'; id: string; decision: 'approve' | 'reject' }
  | { do: 'recordMilestone'; milestone: Milestone; done: boolean; at: Instant; projectedFinish?: LocalDate }
  | { do: 'confirmGround'; confirmed: boolean }
  | { do: 'reclassify'; class: OrderClass; grade: Grade; keyOrder: boolean }
  | {
      do: 'hold';
      id: string;
      reason: string;
      owner: string;
      dueAt?: Instant | undefined;
      incident?: string | undefined;
      step?: string | undefined;
    }
  | { do: 'releaseHold'; id: string; because: 'released' | 'incident' | 'orderEnded' }
  /** The deadline stands still from now on: nothing of it fires. */
  | { do: 'stopDeadline'; id: string }
  /** It runs again, with the time before it that it had when it was stopped. */
  | { do: 'resumeDeadline'; id: string; since: Instant }
  | {
      do: 'tell';
      template: NoticeTemplate;
      to: Audience[];
      facts?: Record<string, unknown>;
      /** Fields of what the person sent that the notice gives in their words. */
      words?: readonly string[];
    };

/** What the record needs to know of a step besides its effect: who asked, and where the words are. */
export interface AboutStep {
  /** What happened, a machine word for audit and timeline: `evaluate`, `signOff`, `begin`, … */
  action: string;
  /** Who asked; absent for what the workflow does by itself. */
  actor?: Actor;
  /** The command's row, whose body holds the words. */
  command?: string;
  /** What the guard checks: the task finished, or the message's name. */
  task?: string;
  /** Words that came in a hand-typed message, which has no command row. */
  note?: string;
  /** Facts for audit and guard: no personal values. */
  detail?: Record<string, unknown>;
}

/** One record transaction of a workflow: authorise → record and audit (design §3.2). */
export interface RecordStepOf<State, Change> extends AboutStep {
  /** Unique for ever: `workflowId/<command id>` or `workflowId/<step>/<round>`. */
  key: string;
  /** Of the order or the incident. */
  number: string;
  workflowRunId: string;
  /** The workflow's clock. */
  at: Instant;
  /** The version this step builds on. */
  version: number;
  /** The workflow refuses it by its own state: only the refusal goes on the record. */
  refusal?: { code: string; detail: string };
  changes: Change[];
  /** What the command's caller is answered once this is on the record; stands there with it. */
  reply?: CommandReply;
  /** State after this step, without the deadlines it opens. */
  next: State;
}
export type RecordStep = RecordStepOf<OrderState, Change>;

export type RecordOutcomeOf<State> =
  | {
      outcome: 'recorded';
      version: number;
      opened: OpenDeadline[];
      tells: boolean;
      /** What the record knows and the process does not, to be laid over its state. */
      learnt?: Partial<State>;
    }
  | { outcome: 'refused'; code: string; detail: string }
  | AdoptionOf<State>;
export type RecordOutcome = RecordOutcomeOf<OrderState>;

/** The record was further than the workflow: it goes on from there. */
export interface AdoptionOf<State> {
  outcome: 'adopt';
  state: State;
  /** Steps on record whose notices have not gone out: nobody sends them unless the workflow does. */
  unsent?: string[];
}
export type Adoption = AdoptionOf<OrderState>;

/** What a look at the clock settles: all instants up to `now` of the running deadlines. */
export interface FireStepOf<State> {
  key: string;
  /** Of the order or the incident. */
  number: string;
  workflowRunId: string;
  now: Instant;
  version: number;
  deadlines: string[];
  /** Of these, what is over at its due without a breach: what follows without an answer is documented. */
  lapses?: string[];
  state: State;
  /** No message is in hand: one that was given earlier and is still on its way is waited for. */
  isIdle: boolean;
}
export type FireStep = FireStepOf<OrderState>;

export type FireOutcomeOf<State> =
  | {
      outcome: 'recorded';
      /** The state after it: fewer instants before it, rungs planned for what was breached. */
      state: State;
      /** What fired, for the summary of the notice: `SO-….evaluation rung 2`. */
      what: string;
      tells: boolean;
    }
  /** Nothing yet: a message given before the instant is still on its way, and comes first. */
  | { outcome: 'wait' }
  | AdoptionOf<State>;
export type FireOutcome = FireOutcomeOf<OrderState>;

/** Result of `notify`: how many went out, and the keys of those no channel took. */
export interface NotifyResult {
  sent: number;
  failed: string[];
  /** Of an incident: steps of the playbook whose notices have reached nobody. */
  lost?: string[];
  /** Some wait for another incident's letter to the same customer to be an hour old: they are asked for again then. */
  heldUntil?: Instant;
}
