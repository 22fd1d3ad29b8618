import type { ActionItemState, ChaseKind } from '../chase/shape.js';
import type { Instant } from '../time/shape.js';
import type { Words } from './locale.js';

/** What is chased, as notices and pages tell of it. */
export interface ChaseTold {
  number: string;
  kind: ChaseKind;
  /** What is to be done, checked or settled; null where it must not be told, for it may name a customer. */
  what: Words | null;
  note: string | null;
  createdByName: string | null;
  createdAt: Instant;
  /** How its task was finished, by whom and in which words. */
  finishedByName: string | null;
  finishedNote: string | null;
  /** Why it was given up. */
  gaveUpBecause: string | null;
  /** 整改措施 that it sees to, or whose effect it checks. */
  item: ChasedItem | null;
}

export interface ChasedItem {
  id: string;
  ownerName: string | null;
  dueAt: Instant;
  state: ActionItemState;
  doneByName: string | null;
  doneAt: Instant | null;
  doneNote: string | null;
  checkedByName: string | null;
  checkNote: string | null;
  reopened: number;
  /** The incident that repeated it. */
  reopenedBecause: string | null;
}
