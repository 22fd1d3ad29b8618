import type {
  Actor,
  CompleteTask,
  Hold,
  LinkIncident,
  RecordProgress,
  Release,
  Replan,
} from '../../contracts/messages.js';
import type { Instant } from '../../domain/time/shape.js';

/** A signature in one shape, whichever way it came. */
export interface Signature {
  id: string;
  actor: Actor;
  at: Instant;
  /** Absent when typed by hand: the proposal now open is meant. */
  proposal?: string;
  /** Absent where a hand-typed message could not be read. */
  decision?: 'approve' | 'reject';
  note?: string;
  /** Whether a row in `commands` holds the words. */
  byHand: boolean;
}

/** Everything that can move an order, in one union; `undelivered` is the workflow's own. */
export type OrderCommand =
  | ({ name: 'completeTask' } & CompleteTask)
  | ({ name: 'signOff' } & Signature)
  | ({ name: 'recordProgress' } & RecordProgress)
  | ({ name: 'replan' } & Replan)
  | ({ name: 'hold' } & Hold)
  | ({ name: 'release' } & Release)
  | ({ name: 'linkIncident' } & LinkIncident)
  | { name: 'undelivered'; id: string; at: Instant; step: string; since: Instant };
