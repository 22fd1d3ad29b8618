import type { AppContext } from '../app/context.js';
import type { Probe } from '../app/monitors/collect/collector.js';
import { lookAtMonitor } from '../app/monitors/look-at-monitor.js';
import { riskOrders } from '../app/monitors/risk-orders.js';
import { tendMonitors } from '../app/monitors/tend-monitors.js';
import type { MonitorLooked, MonitorsTended, RiskRanked } from '../contracts/monitor-look.js';
import type { Instant } from '../domain/time/shape.js';
import { stripValues } from './strip-values.js';

/** What the workflow `monitor` asks of the outside. `at` is the workflow's clock. */
export interface MonitorActivities {
  /** Measures, and reports what it found, once (P12.1). */
  lookAtMonitor(input: { key: string; at: Instant }): Promise<MonitorLooked>;
  /** Works out the risk of every open order (P15.5). */
  riskOrders(input: { at: Instant }): Promise<RiskRanked>;
  /** Schedules as the rules say, mutes that are over, what is no longer needed. */
  tendMonitors(input: { at: Instant }): Promise<MonitorsTended>;
}

export function createMonitorActivities(ctx: AppContext, probe: Probe): MonitorActivities {
  return {
    lookAtMonitor: stripValues((input) => lookAtMonitor({ ctx, probe }, input)),
    riskOrders: stripValues((input) => riskOrders(ctx.db, input)),
    tendMonitors: stripValues((input) => tendMonitors(ctx, input)),
  };
}
