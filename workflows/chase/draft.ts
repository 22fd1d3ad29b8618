import type { ChaseChange, ChaseNotice } from '../../contracts/chase-record.js';
import type { ChasePlan, ChaseState } from '../../contracts/chase-state.js';
import type { DraftOf } from '../draft.js';

/** A step of a chase. */
export type Draft = DraftOf<ChasePlan, ChaseState, ChaseChange>;

export function tell(
  draft: Draft,
  notice: ChaseNotice,
  to: Extract<ChaseChange, { do: 'tellOfChase' }>['to'],
): void {
  if (to.length > 0) draft.changes.push({ do: 'tellOfChase', notice, to });
}
