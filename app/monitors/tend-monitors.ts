import type { MonitorsTended } from '../../contracts/monitor-look.js';
import { forgetMeasurements } from '../../db/queries/monitor-system.js';
import { findUnsentMonitorSteps, selectMonitors } from '../../db/queries/monitors.js';
import { toEpochMs, toInstant } from '../../domain/time/instant.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { forgetRuns } from './forget-runs.js';
import { ensureSchedules } from './schedules.js';
import { tellMutedOwners } from './tell-muted.js';

/** Measurements are kept for a week: no window here is longer than that of a rule that a company could want. */
const keptMs = 7 * 86_400_000;
/** A look sends its own notices; what is left of them after so long was left behind. */
const leftBehindMs = 60_000;

/**
 * Keeps the monitors themselves in order: the Schedules as the rules say (a change made while Temporal was away), owners
 * told of mutes that are over, notices that a look left behind, and what is no longer needed forgotten.
 */
export async function tendMonitors(ctx: AppContext, { at }: { at: Instant }): Promise<MonitorsTended> {
  const rules = (await selectMonitors(ctx.db)).map(({ rule }) => rule);
  await ensureSchedules(ctx.temporal, rules);
  const before = (ms: number) => toInstant(toEpochMs(at) - ms);
  const told = await tellMutedOwners(ctx.db, at);
  const left = await findUnsentMonitorSteps(ctx.db, before(leftBehindMs));
  await forgetMeasurements(ctx.db, before(keptMs));
  const forgotten = await forgetRuns(ctx.temporal, at);
  return { schedules: rules.length, unsent: [...new Set([...told, ...left])], forgotten };
}
