import { sql } from 'drizzle-orm';
import type { ReportedView } from '../../contracts/http-incidents.js';
import type { Queryable } from '../../db/connect.js';
import { lockOpenIncident } from '../../db/queries/incidents.js';
import { findRevision } from '../../db/queries/playbooks.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { Words } from '../../domain/playbooks/shape.js';
import type { AppContext } from '../context.js';
import { refuseField } from '../errors.js';
import { type CommandRow, findRepeated, isKeyTaken, type RequestIdentity } from '../idempotency.js';
import { loadRules } from '../load-rules.js';
import type { Principal } from '../principal.js';
import { startNow } from '../start-now.js';
import { joinIncident } from './join-incident.js';
import { openIncident } from './open-incident.js';
import { requireReportable } from './require-reportable.js';

export interface ReportIncidentRequest {
  principal: Principal;
  body: IncidentInput;
  idempotencyKey?: string | undefined;
  /** What the product itself found, in both languages; the body's summary is the Chinese. */
  words?: Words;
}

/** What was taken in, and the start that is to be delivered once it has committed; none where a report joined. */
export type StoredReport = ReportedView & { command?: CommandRow };

/**
 * Takes a report (P03.2, P16.3): one with the key of an open incident joins it and is counted; else the incident is
 * written with its level, its first deadlines and its start command in one transaction, and started at once. Committed
 * means accepted: what is not started now, the relay starts. Throws AppError `invalid-input` for a type without a
 * playbook in force, an order not on record or not the client's own, a parent that is over; `idempotency-key-reused`.
 */
export async function reportIncident(ctx: AppContext, request: ReportIncidentRequest): Promise<ReportedView> {
  try {
    const { command, ...reported } = await ctx.db.transaction((tx) => storeReport(tx, ctx, request));
    if (command) await startNow(ctx, command);
    return reported;
  } catch (error) {
    if (!isKeyTaken(error)) throw error;
    // Another request with the same key was first: all of this one is rolled back.
    const winner = await findRepeated(ctx.db, identityOf(request));
    if (!winner) throw new Error('a repeated report lost its first one');
    return winner.answer as ReportedView;
  }
}

/**
 * As {@link reportIncident}, in a transaction of the caller's, who delivers the start after it has committed; left
 * alone, the relay does.
 */
export async function storeReport(
  tx: Queryable,
  ctx: Pick<AppContext, 'now' | 'publicUrl'>,
  request: ReportIncidentRequest,
): Promise<StoredReport> {
  const { principal, body, words } = request;
  const identity = identityOf(request);
  const repeated = await findRepeated(tx, identity);
  if (repeated) return repeated.answer as ReportedView;
  await requireReportable(tx, principal, body);
  const { dedupKey } = body;
  if (dedupKey !== undefined) {
    const open =
      (await lockOpenIncident(tx, dedupKey)) ??
      (await lockKey(tx, dedupKey).then(() => lockOpenIncident(tx, dedupKey)));
    if (open) return joinIncident(tx, ctx, identity, open);
  }
  const row = await findRevision(tx, body.type, 'published');
  if (!row) throw refuseField('type', `no playbook of the type ${body.type} is in force`);
  return openIncident(tx, { ctx, identity, row, rules: await loadRules(tx), words });
}

/** Two first reports at one moment: the second waits here until the first one's incident is there to join. */
async function lockKey(tx: Queryable, dedupKey: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('incident'), hashtext(${dedupKey}))`);
}

const identityOf = ({ principal, body, idempotencyKey }: ReportIncidentRequest): RequestIdentity => ({
  principal,
  route: 'POST /v1/incidents',
  key: idempotencyKey,
  body,
});
