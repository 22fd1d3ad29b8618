import type { RotaInput, RotaView } from '../../contracts/http-on-call.js';
import { replaceShifts } from '../../db/queries/on-call.js';
import { findRotaOverlap } from '../../domain/on-call/find-rota-overlap.js';
import type { Role } from '../../domain/roles/shape.js';
import type { AppContext } from '../context.js';
import { refuseField } from '../errors.js';
import type { Principal } from '../principal.js';
import { findServing } from './find-serving.js';
import { recordOnCall } from './record-on-call.js';
import { requireArranger } from './require-arranger.js';

/**
 * Puts a weekly rota in the place of the one a role has; an empty one ends it. From the next task and the next rung on
 * it counts. Throws `forbidden`; `invalid-input` for a person who does not hold the role, or two turns at one time.
 */
export async function putRota(
  ctx: AppContext,
  principal: Principal,
  role: Role,
  { shifts }: RotaInput,
): Promise<RotaView> {
  await requireArranger(ctx.db, principal, role);
  const overlap = findRotaOverlap(shifts);
  if (overlap) throw refuseField(`shifts.${overlap[1]}`, `must not overlap shifts.${overlap[0]}`);
  const named = shifts.map(({ person }, index) => ({ field: `shifts.${index}.person`, id: person, role }));
  const known = await findServing(ctx.db, named);
  const view: RotaView = {
    role,
    shifts: shifts.map(({ person: id, ...shift }) => ({
      ...shift,
      person: { id, name: known.get(id)?.name ?? id },
    })),
  };
  const identity = { principal, route: `PUT /v1/on-call/${role}`, body: { shifts } };
  return recordOnCall(ctx, identity, 'putRota', async (tx) => {
    const rows = shifts.map(({ person, ...shift }) => ({ role, personId: person, ...shift }));
    await replaceShifts(tx, role, rows);
    return { view, detail: { role, shifts } };
  });
}
