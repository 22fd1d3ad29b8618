import type { DurationRule, Instant, LocalDate } from '../domain/time/shape.js';
import type { OpenDeadline } from './order-state.js';

/** A task as the workflow that waits for it holds it. */
export interface ProcessTask {
  kind: string;
  role: string;
  department: string;
  round: number;
  deadline?: string | undefined;
}

/** A deadline that stands still while a hold stops its kind. */
export interface StoppedDeadline {
  id: string;
  kind: string;
  since: Instant;
}

/** What the states of all processes, of orders and of incidents, have in common. */
export interface ProcessState {
  /** The record's version this state was stored with. */
  version: number;
  phase: string;
  /** Whether the first step is on record. */
  begun: boolean;
  tasks: Record<string, ProcessTask>;
  /** How often each kind of task and deadline was opened: rounds are never reused. */
  rounds: Record<string, number>;
  deadlines: OpenDeadline[];
  /** Deadlines that stand still; none where absent. */
  stopped?: StoppedDeadline[] | undefined;
  breached: boolean;
  /** The last three events, for the Temporal UI. */
  events: { at: Instant; what: string }[];
}

/**
 * How a task finds its assignee: the order's sales owner or the incident's owner, by skill and load within the role,
 * the person named, or nobody of ours.
 */
export type Assignment = 'salesOwner' | 'owner' | 'byLoad' | 'customer' | { person: string };

/** Changes of tasks and deadlines: the same for every process. */
export type TaskChange =
  | {
      do: 'openTask';
      id: string;
      kind: string;
      role: string;
      department: string;
      round: number;
      assign: Assignment;
      /** Whom it is never given to: who did what is to be checked. */
      not?: readonly string[];
      deadline?: string;
      facts?: Record<string, unknown>;
    }
  | { do: 'finishTask'; id: string }
  | { do: 'withdrawTask'; id: string }
  | { do: 'moveTask'; id: string; deadline: string }
  | {
      do: 'openDeadline';
      id: string;
      kind: string;
      round: number;
      from: Instant;
      promised?: LocalDate;
      /** A time of its own, such as a playbook's step has, instead of the policy's for the kind. */
      rule?: DurationRule;
      /** The instant itself, where somebody named it. */
      dueAt?: Instant;
    }
  | { do: 'settleDeadline'; id: string; as: 'met' | 'withdrawn' };
