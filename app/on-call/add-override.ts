import { randomUUID } from 'node:crypto';
import type { OverrideView } from '../../contracts/http-on-call.js';
import { onCallOverrides } from '../../db/schema/index.js';
import type { OverrideInput } from '../../domain/on-call/shape.js';
import type { AppContext } from '../context.js';
import { type Principal, principalRef } from '../principal.js';
import { checkSpan } from './check-span.js';
import { findServing } from './find-serving.js';
import { recordOnCall } from './record-on-call.js';
import { requireArranger } from './require-arranger.js';

/**
 * For a time somebody else is on call for a role than its rota says; of two overrides for one moment the later made
 * counts. Throws `forbidden`; `invalid-input` for a person who does not hold the role, or a time that is over.
 */
export async function addOverride(
  ctx: AppContext,
  principal: Principal,
  input: OverrideInput,
  key?: string,
): Promise<OverrideView> {
  const { role, person, from, to, reason } = input;
  const identity = { principal, route: 'POST /v1/on-call/overrides', key, body: input };
  return recordOnCall(ctx, identity, 'addOverride', async (tx, madeAt) => {
    await requireArranger(tx, principal, role);
    checkSpan(input, madeAt);
    const known = await findServing(tx, [{ field: 'person', id: person, role }]);
    const id = randomUUID();
    const by = principalRef(principal);
    await tx.insert(onCallOverrides).values({ id, role, personId: person, from, to, reason, by, madeAt });
    const view: OverrideView = {
      ...{ id, role, from, to, reason, madeAt },
      person: { id: person, name: known.get(person)?.name ?? person },
      by: { id: by, name: principal.kind === 'person' ? principal.name : by },
    };
    return { view, detail: { id, role, person, from, to } };
  });
}
