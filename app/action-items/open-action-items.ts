import { and, eq, inArray } from 'drizzle-orm';
import { countActionItems } from '../../db/queries/action-items.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { actionItems } from '../../db/schema/index.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import type { DurationRule, Instant } from '../../domain/time/shape.js';
import { addChase } from '../chases/add-chase.js';
import { startChase } from '../chases/start-chase.js';
import type { IncidentContext } from '../record/incident-context.js';
import type { Colleague } from '../record/staff.js';
import { addWrite } from '../record/step-context.js';
import { actionItemId, addActionItem, chaseOf, dueOf } from './add-action-item.js';
import { roleOf } from './role-of.js';

/** A measure as a step of an incident opens it. */
export interface Measure {
  what: string;
  ownerId: string;
  step?: string;
  dueAt?: Instant;
  rule?: DurationRule;
}

/** Opens action items within a step of their incident (P16.7): with its transaction, all or none. */
export async function openActionItems(
  context: IncidentContext,
  measures: readonly Measure[],
  by: string,
): Promise<void> {
  if (measures.length === 0) return;
  const { db, incident, set, step, batch } = context;
  const [rules, staff] = [await context.rules(), await context.staff()];
  const numbers = await takeNumbers(db, 'CH', rules.calendar.localDate(step.at), measures.length);
  const before = (await countActionItems(db, incident.number)) + batch.actionItems.length;
  measures.forEach(({ what, ownerId, step: key, dueAt, rule }, index) => {
    const plan = addActionItem(batch, rules, {
      id: actionItemId(incident.number, before + index),
      incident: incident.number,
      step: key,
      what,
      owner: ownerOf(staff, ownerId),
      class: levelClass(set.severity ?? incident.severity),
      dueAt,
      rule,
      at: step.at,
      by,
      chase: numbers[index] ?? '',
    });
    startChase(context, plan);
  });
}

/**
 * Opens action items again, for what they were to prevent has happened once more (P16.7): each has a new chase, of the
 * new incident's level, and its owner and the emergency manager are told.
 */
export async function reopenActionItems(context: IncidentContext, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { db, incident, set, step, batch } = context;
  const [rules, staff] = [await context.rules(), await context.staff()];
  const items = await db
    .select()
    .from(actionItems)
    .where(and(inArray(actionItems.id, [...ids]), eq(actionItems.state, 'closed')))
    .orderBy(actionItems.id);
  const numbers = await takeNumbers(db, 'CH', rules.calendar.localDate(step.at), items.length);
  items.forEach((item, index) => {
    const number = numbers[index] ?? '';
    const chase = chaseOf({
      id: item.id,
      incident: item.incident,
      owner: ownerOf(staff, item.ownerId),
      class: levelClass(set.severity ?? incident.severity),
      at: step.at,
      by: 'redmark',
      tell: ['emergencyManager'],
    });
    const plan = addChase(batch, rules, { ...chase, number });
    const open = {
      state: 'open' as const,
      chase: number,
      dueAt: dueOf(plan),
      reopened: item.reopened + 1,
      reopenedBecause: incident.number,
      doneBy: null,
      doneAt: null,
      doneNote: null,
    };
    const isClosed = and(eq(actionItems.id, item.id), eq(actionItems.state, 'closed'));
    addWrite(context, db.update(actionItems).set(open).where(isClosed));
    startChase(context, plan);
  });
}

/** Somebody who is not with us any more is stood for by whoever the ladder reaches. */
function ownerOf(staff: readonly Colleague[], id: string) {
  const person = staff.find((one) => one.id === id);
  return { id, role: person ? roleOf(person) : ('emergencyManager' as const) };
}
