import { eq } from 'drizzle-orm';
import type { MonitorLooked } from '../../contracts/monitor-look.js';
import type { Queryable } from '../../db/connect.js';
import { countQuieted, findMonitor, lockMonitor, selectMutesInForce } from '../../db/queries/monitors.js';
import { monitors } from '../../db/schema/index.js';
import { evaluateMonitor } from '../../domain/monitors/evaluate-monitor.js';
import type { MonitorRule, Sample } from '../../domain/monitors/shape.js';
import { quietOpenings } from '../../domain/mutes/quiet-openings.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { CommandRow } from '../idempotency.js';
import { loadRules } from '../load-rules.js';
import { startNow } from '../start-now.js';
import type { Probe } from './collect/collector.js';
import { collectSamples } from './collect/index.js';
import { recordFaultOver } from './record-fault-over.js';
import { reportOpening } from './report-opening.js';

/** What looks are made with. */
export interface Looking {
  ctx: AppContext;
  probe: Probe;
}

const nothing: MonitorLooked = { opened: [], closed: 0, quieted: 0, blind: false, unsent: [] };

/**
 * One look of a monitor (P12.1, P18.6): it measures, and then in one transaction what it remembers, what it reports and
 * whose fault is over. A look that runs again after its commit does nothing: nothing is reported twice, and what was
 * reported is started by the relay. A rule that is not there, or not active, is not looked at.
 */
export async function lookAtMonitor(
  { ctx, probe }: Looking,
  { key, at }: { key: string; at: Instant },
): Promise<MonitorLooked> {
  const row = await findMonitor(ctx.db, key);
  if (!row?.rule.active) return nothing;
  const { calendar } = await loadRules(ctx.db);
  const { samples, error } = await collectSamples({ db: ctx.db, rule: row.rule, at, calendar, probe });
  if (error) ctx.log.warn({ monitor: key, error }, 'the monitor cannot measure');
  const { starts, ...looked } = await ctx.db.transaction((tx) =>
    // The workflow's clock, not the machine's: a look that is repeated is the same look.
    storeLook(
      tx,
      { ...ctx, now: () => new Date(at) },
      { rule: row.rule, revision: row.revision, samples, error, at },
    ),
  );
  for (const start of starts) await startNow(ctx, start);
  return looked;
}

interface Measured {
  rule: MonitorRule;
  revision: number;
  samples: readonly Sample[];
  error: string | null;
  at: Instant;
}

async function storeLook(
  tx: Queryable,
  ctx: Pick<AppContext, 'now' | 'publicUrl'>,
  { rule, revision, samples, error, at }: Measured,
): Promise<MonitorLooked & { starts: CommandRow[] }> {
  const row = await lockMonitor(tx, rule.key);
  // It was stored before, or the rule was changed while it was measured: the next look goes by the new one.
  const isStale = !row || row.revision !== revision || (row.lookedAt !== null && row.lookedAt >= at);
  if (isStale) return { ...nothing, starts: [] };
  const look = evaluateMonitor(rule, samples, row.state, at);
  const heard = quietOpenings(look, row.state, await selectMutesInForce(tx, at), at);
  const starts: CommandRow[] = [];
  const opened: string[] = [];
  const unsent: string[] = [];
  // Two monitors that find the same come to its incident one after the other, in one order.
  const byKey = <One extends { dedupKey: string }>(list: readonly One[]) =>
    [...list].sort((a, b) => (a.dedupKey < b.dedupKey ? -1 : 1));
  for (const opening of byKey(heard.opens)) {
    const { number, start, step } = await reportOpening(tx, ctx, opening, at);
    opened.push(number);
    if (start) starts.push(start);
    if (step) unsent.push(step);
  }
  for (const { dedupKey, openSince } of byKey(heard.closes)) {
    const by = `monitor/${rule.key}`;
    const step = await recordFaultOver(tx, { dedupKey, by, at, since: openSince });
    if (step) unsent.push(step);
  }
  await countQuieted(tx, heard.quieted);
  await tx
    .update(monitors)
    .set({ state: heard.state, lookedAt: at, lastError: error })
    .where(eq(monitors.key, rule.key));
  const quieted = Object.values(heard.quieted).reduce((sum, count) => sum + count, 0);
  return { opened, closed: heard.closes.length, quieted, blind: error !== null, unsent, starts };
}
