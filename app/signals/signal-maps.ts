import { eq } from 'drizzle-orm';
import type { SignalMapView } from '../../contracts/http-signals.js';
import type { Queryable } from '../../db/connect.js';
import { findRevision } from '../../db/queries/playbooks.js';
import { signalMaps } from '../../db/schema/index.js';
import { type SignalMap, signalMapSchema } from '../../domain/signals/shape.js';
import type { AppContext } from '../context.js';
import { AppError, refuseField } from '../errors.js';
import { MONITOR_MANAGERS } from '../monitors/rights.js';
import { requireRole } from '../playbooks/rights.js';
import { type Principal, principalRef } from '../principal.js';
import { recordChange } from '../record-change.js';
import { mayDeliverSignals, type WebhookSources } from '../webhook-sources.js';

/** The map of a source; an empty one until somebody has set it. */
export async function findSignalMap(db: Queryable, source: string): Promise<SignalMap> {
  const [row] = await db
    .select({ map: signalMaps.map })
    .from(signalMaps)
    .where(eq(signalMaps.source, source));
  return row ? signalMapSchema.parse(row.map) : { rules: [] };
}

/** A source's map as it is shown. Throws `not-found` for a source that is not set up. */
export async function getSignalMap(
  db: Queryable,
  sources: WebhookSources,
  source: string,
): Promise<SignalMapView> {
  requireSource(sources, source);
  const [row] = await db.select().from(signalMaps).where(eq(signalMaps.source, source));
  const { rules } = row ? signalMapSchema.parse(row.map) : { rules: [] };
  return { source, rules, updatedBy: row?.updatedBy ?? null, updatedAt: row?.updatedAt ?? null };
}

/**
 * Puts a source's map in force, whole. Throws `forbidden`; `not-found` for a source that is not set up; `invalid-input`
 * for a type without a playbook in force.
 */
export async function putSignalMap(
  ctx: Pick<AppContext, 'db' | 'now'>,
  {
    principal,
    sources,
    source,
    map,
  }: { principal: Principal; sources: WebhookSources; source: string; map: SignalMap },
): Promise<SignalMapView> {
  requireRole(principal, MONITOR_MANAGERS);
  requireSource(sources, source);
  const identity = { principal, route: `PUT /v1/signals/${source}/map`, body: map };
  const { view } = await recordChange(ctx, identity, { action: 'putSignalMap' }, async (tx, at) => {
    for (const [index, { type }] of map.rules.entries()) {
      if (!(await findRevision(tx, type, 'published')))
        throw refuseField(`rules.${index}.type`, `no playbook of the type ${type} is in force`);
    }
    const row = { map, updatedBy: principalRef(principal), updatedAt: at };
    await tx
      .insert(signalMaps)
      .values({ source, ...row })
      .onConflictDoUpdate({ target: signalMaps.source, set: row });
    const view = await getSignalMap(tx, sources, source);
    return { view, subject: `signal/${source}`, detail: { rules: map.rules.length } };
  });
  return view;
}

function requireSource(sources: WebhookSources, name: string): void {
  const source = sources.get(name);
  if (!source || !mayDeliverSignals(source))
    throw new AppError('not-found', 'no source of alerts has this name');
}
