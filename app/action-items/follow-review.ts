import { reviewedItemsSchema } from '../../contracts/http-action-items.js';
import { findClosedItemsOfCause, findIncidentsOfCause } from '../../db/queries/action-items.js';
import type { IncidentContext } from '../record/incident-context.js';
import { openActionItems, reopenActionItems } from './open-action-items.js';

/**
 * What follows when a review has named the cause (P16.7): the measures it names are opened; where an earlier incident of
 * the type had this cause, this one repeats it, and the measures that were to prevent it are open again.
 */
export async function followReview(context: IncidentContext, cause: string, actor: string): Promise<void> {
  const { db, incident, set, body } = context;
  if (incident.drill) return;
  const named = reviewedItemsSchema.safeParse(body.actionItems ?? []);
  const measures = (named.data ?? []).map(({ what, owner, dueAt }) => ({ what, ownerId: owner, dueAt }));
  await openActionItems(context, measures, actor);
  const of = { type: incident.type, cause, except: incident.number };
  const [latest] = await findIncidentsOfCause(db, of);
  if (!latest) return;
  set.recurrenceOf = latest;
  await reopenActionItems(context, await findClosedItemsOfCause(db, of));
}
