import { eq } from 'drizzle-orm';
import type { ActionItemInput, ActionItemView } from '../../contracts/http-action-items.js';
import { countActionItems, findActionItem } from '../../db/queries/action-items.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { incidents, people } from '../../db/schema/index.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import { storeChases } from '../chases/store-chases.js';
import type { AppContext } from '../context.js';
import { AppError, refuseField } from '../errors.js';
import type { CommandRow } from '../idempotency.js';
import { loadRules } from '../load-rules.js';
import { holdsRole, type Principal, principalRef } from '../principal.js';
import { emptyBatch } from '../record/record-batch.js';
import { type ChangeAnswer, recordChange } from '../record-change.js';
import { startNow } from '../start-now.js';
import { actionItemId, addActionItem } from './add-action-item.js';
import { roleOf } from './role-of.js';
import { viewActionItem } from './view-action-item.js';

/** Who may ask for an improvement after any incident; its owner may for their own. */
export const ACTION_ITEM_ROLES = [
  'emergencyManager',
  'orderManager',
  'vp',
  'generalManager',
  'quality',
] as const satisfies readonly Role[];

export interface CreateActionItemRequest {
  principal: Principal;
  /** Of the incident. */
  number: string;
  body: ActionItemInput;
  idempotencyKey?: string | undefined;
}

/**
 * Opens an action item of an incident, of one that is archived as well (P16.7). Throws `not-found`, `forbidden`, and
 * `invalid-input` for an owner who is not with the company or an instant that has passed.
 */
export async function createActionItem(
  ctx: AppContext,
  { principal, number, body, idempotencyKey: key }: CreateActionItemRequest,
): Promise<ChangeAnswer<ActionItemView>> {
  const route = `POST /v1/incidents/${number}/action-items`;
  let starts: CommandRow[] = [];
  const answer = await recordChange(
    ctx,
    { principal, route, key, body },
    { action: 'openActionItem' },
    async (tx, at) => {
      // Held, so that two at once do not take the same id.
      const [incident] = await tx.select().from(incidents).where(eq(incidents.number, number)).for('update');
      if (!incident) throw new AppError('not-found', `there is no incident ${number.slice(0, 40)}`);
      if (incident.ownerId !== principal.id && !holdsRole(principal, ACTION_ITEM_ROLES)) {
        throw new AppError('forbidden', `${ACTION_ITEM_ROLES.join(' or ')} or the incident’s owner may`);
      }
      const [owner] = await tx.select().from(people).where(eq(people.id, body.owner));
      if (!owner?.active) throw refuseField('owner', `there is nobody active with the id ${body.owner}`);
      if (body.dueAt !== undefined && body.dueAt <= at) throw refuseField('dueAt', 'must not have passed');
      const rules = await loadRules(tx, { revision: incident.policyRevision });
      const [chase = ''] = await takeNumbers(tx, 'CH', rules.calendar.localDate(at));
      const batch = emptyBatch();
      const id = actionItemId(number, await countActionItems(tx, number));
      const plan = addActionItem(batch, rules, {
        id,
        incident: number,
        what: body.what,
        owner: { id: owner.id, role: roleOf(owner) },
        class: levelClass(incident.severity),
        dueAt: body.dueAt,
        at,
        by: principalRef(principal),
        chase,
      });
      starts = await storeChases(tx, batch, [plan], { principal, route, at });
      const made = await findActionItem(tx, id);
      if (!made) throw new Error(`${id} was not written`);
      return {
        view: viewActionItem(made, at),
        subject: number,
        detail: { actionItem: id, owner: owner.id, chase },
        status: 201,
        result: { id },
      };
    },
  );
  for (const start of starts) await startNow(ctx, start);
  return answer;
}
