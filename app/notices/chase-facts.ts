import type { NoticeChaseRow } from '../../db/queries/notice-chase.js';
import type { ChaseTold } from '../../domain/wording/chase-told.js';
import { toUtc } from './order-facts.js';

/** Brings a chase from the record into the shape that wording reads. */
export function toChaseTold(row: NoticeChaseRow): ChaseTold {
  const { item, facts } = row;
  const done = (row.tasks ?? []).findLast(({ kind, state }) => kind === row.kind && state === 'done');
  const note = done?.result?.note;
  const plain = facts.what === undefined ? null : { zh: facts.what, en: facts.what };
  return {
    number: row.number,
    kind: row.kind,
    what: item ? (item.words ?? { zh: item.what, en: item.what }) : plain,
    note: facts.note ?? null,
    createdByName: row.created_by_name,
    createdAt: toUtc(row.created_at),
    finishedByName: done?.finished_by_name ?? null,
    finishedNote: typeof note === 'string' ? note : null,
    gaveUpBecause: facts.gaveUp?.because ?? null,
    item: item && {
      id: item.id,
      ownerName: item.owner_name,
      dueAt: toUtc(item.due_at),
      state: item.state,
      doneByName: item.done_by_name,
      doneAt: item.done_at && toUtc(item.done_at),
      doneNote: item.done_note,
      checkedByName: item.checked_by_name,
      checkNote: item.check_note,
      reopened: item.reopened,
      reopenedBecause: item.reopened_because,
    },
  };
}

/** As a group chat may read it: nothing that a person typed. */
export function chaseForGroup(chase: ChaseTold): ChaseTold {
  const item = chase.item && { ...chase.item, doneNote: null, checkNote: null };
  return { ...chase, item, what: null, note: null, finishedNote: null, gaveUpBecause: null };
}
