import { and, asc, eq, gt } from 'drizzle-orm';
import { z } from 'zod';
import type { EndpointView } from '../../contracts/http-endpoints.js';
import type { Queryable } from '../../db/connect.js';
import { endpoints, people } from '../../db/schema/index.js';
import type { EndpointFacts, EndpointInput } from '../../domain/endpoints/shape.js';
import type { AppContext } from '../context.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { AppError } from '../errors.js';
import type { ChangeAnswer, Changed } from '../record-change.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { requireKnown } from './references.js';

type Context = Pick<AppContext, 'db' | 'now'>;

const select = (db: Queryable) =>
  db
    .select({ endpoint: endpoints, ownerName: people.name })
    .from(endpoints)
    .innerJoin(people, eq(people.id, endpoints.ownerId));

const keySchema = z.tuple([textKey]);

/** Endpoints by id; `active`: only those that are probed, or only the others. */
export async function listEndpoints(
  db: Queryable,
  { limit, cursor, active }: PageRequest & { active?: boolean },
): Promise<Page<EndpointView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await select(db)
    .where(
      and(
        active === undefined ? undefined : eq(endpoints.active, active),
        after === undefined ? undefined : gt(endpoints.id, after),
      ),
    )
    .orderBy(asc(endpoints.id))
    .limit(limit + 1);
  return toPage(rows, limit, ({ endpoint }) => [endpoint.id], viewEndpoint);
}

/** One endpoint. Throws `not-found`. */
export async function getEndpoint(db: Queryable, id: string): Promise<EndpointView> {
  const [found] = await select(db).where(eq(endpoints.id, id));
  if (!found) throw new AppError('not-found', `there is no endpoint ${id}`);
  return viewEndpoint(found);
}

/** Registers an endpoint to be probed. Throws `already-exists`, `invalid-input` with the field, `forbidden`. */
export function addEndpoint(
  ctx: Context,
  request: FactRequest<EndpointInput>,
): Promise<ChangeAnswer<EndpointView>> {
  const { id, ...facts } = request.body;
  const kind = { scope: 'endpoints', route: 'POST /v1/endpoints', action: 'addEndpoint' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    await requireKnown(tx, [{ kind: 'person', key: facts.owner, field: 'owner' }]);
    const [added] = await tx
      .insert(endpoints)
      .values({ id, ...columnsOf(facts), updatedAt: at })
      .onConflictDoNothing()
      .returning({ id: endpoints.id });
    if (!added) throw new AppError('already-exists', `there is an endpoint ${id} already`);
    return finish(tx, id, 201);
  });
}

/** Replaces what is known of an endpoint; `active: false` ends its probes. Throws `not-found`, and as {@link addEndpoint}. */
export function putEndpoint(
  ctx: Context,
  id: string,
  request: FactRequest<EndpointFacts>,
): Promise<ChangeAnswer<EndpointView>> {
  const kind = { scope: 'endpoints', route: `PUT /v1/endpoints/${id}`, action: 'putEndpoint' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const { body } = request;
    const changed = await tx
      .update(endpoints)
      .set({ updatedAt: at })
      .where(eq(endpoints.id, id))
      .returning({ id: endpoints.id });
    if (changed.length === 0) throw new AppError('not-found', `there is no endpoint ${id}`);
    await requireKnown(tx, [{ kind: 'person', key: body.owner, field: 'owner' }]);
    await tx.update(endpoints).set(columnsOf(body)).where(eq(endpoints.id, id));
    return finish(tx, id, 200);
  });
}

const columnsOf = ({ owner, ...facts }: EndpointFacts) => ({ ...facts, ownerId: owner });

async function finish(tx: Queryable, id: string, status: 200 | 201): Promise<Changed<EndpointView>> {
  const view = await getEndpoint(tx, id);
  const { kind, active, owner } = view;
  return { status, view, subject: `endpoint/${id}`, detail: { kind, active, owner: owner.id } };
}

function viewEndpoint({
  endpoint: { ownerId, ...endpoint },
  ownerName,
}: Awaited<ReturnType<typeof select>>[number]): EndpointView {
  return { ...endpoint, owner: { id: ownerId, name: ownerName } };
}
