import type { ChaseView } from '../../contracts/http-chases.js';
import type { Queryable } from '../../db/connect.js';
import { findChase } from '../../db/queries/chases.js';
import { findNames } from '../../db/queries/people.js';
import type { ChaseKind } from '../../domain/chase/shape.js';
import { TASK_WORDS, wordsOf } from '../../domain/wording/terms.js';
import { AppError } from '../errors.js';

/** What is chased, with its task and its deadline. Throws `not-found`. */
export async function getChase(db: Queryable, number: string): Promise<ChaseView> {
  const found = await findChase(db, number);
  if (!found) throw new AppError('not-found', `there is no chase ${number.slice(0, 40)}`);
  const { chase } = found;
  const gaveUp = chase.facts.gaveUp as { by: string; at: string; because: string } | undefined;
  const names = await findNames(db, [chase.createdBy, ...(gaveUp ? [gaveUp.by] : [])]);
  const named = (id: string) => ({ id, name: names.get(id) ?? (id === 'redmark' ? '红标 Redmark' : id) });
  const text = (key: string) => (typeof chase.facts[key] === 'string' ? (chase.facts[key] as string) : null);
  return {
    number,
    kind: chase.kind as ChaseKind,
    words: wordsOf(TASK_WORDS, chase.kind),
    phase: chase.phase,
    order: chase.orderNumber,
    incident: chase.incidentNumber,
    actionItem: text('item'),
    what: text('what'),
    note: text('note'),
    role: found.role,
    task: found.task,
    dueAt: found.dueAt,
    breached: found.deadline === 'breached',
    createdBy: named(chase.createdBy),
    createdAt: chase.createdAt,
    endedAt: chase.endedAt,
    gaveUp: gaveUp ? { ...gaveUp, by: named(gaveUp.by) } : null,
  };
}
