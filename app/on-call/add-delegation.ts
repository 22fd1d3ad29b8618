import { randomUUID } from 'node:crypto';
import type { DelegationView } from '../../contracts/http-on-call.js';
import { selectServing } from '../../db/queries/on-call.js';
import { delegations } from '../../db/schema/index.js';
import type { DelegationInput } from '../../domain/on-call/shape.js';
import type { AppContext } from '../context.js';
import { type Principal, principalRef } from '../principal.js';
import { checkSpan } from './check-span.js';
import { findServing } from './find-serving.js';
import { recordOnCall } from './record-on-call.js';
import { requireArranger } from './require-arranger.js';

/**
 * Somebody is away for a time, and who stands in (design §10). A delegation gives no rights: a stand-in is told in the
 * other's place, and is given tasks of the roles they hold themselves. The head of a department arranges it for the
 * department's people. Throws `forbidden`; `invalid-input` for people who have left, or a time that is over.
 */
export async function addDelegation(
  ctx: AppContext,
  principal: Principal,
  input: DelegationInput,
  key?: string,
): Promise<DelegationView> {
  const { person, standIn, from, to } = input;
  const identity = { principal, route: 'POST /v1/on-call/delegations', key, body: input };
  return recordOnCall(ctx, identity, 'addDelegation', async (tx, madeAt) => {
    const [away] = await selectServing(tx, [person]);
    await requireArranger(tx, principal, away?.department ?? 'the department');
    checkSpan(input, madeAt);
    const known = await findServing(tx, [
      { field: 'person', id: person },
      { field: 'standIn', id: standIn },
    ]);
    const named = (id: string) => ({ id, name: known.get(id)?.name ?? id });
    const id = randomUUID();
    const by = principalRef(principal);
    await tx.insert(delegations).values({ id, personId: person, standInId: standIn, from, to, by, madeAt });
    const view: DelegationView = {
      ...{ id, from, to, madeAt },
      person: named(person),
      standIn: named(standIn),
      by: { id: by, name: principal.kind === 'person' ? principal.name : by },
    };
    return { view, detail: { id, person, standIn, from, to } };
  });
}
