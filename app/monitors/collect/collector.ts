import type { Queryable } from '../../../db/connect.js';
import type { Calendar } from '../../../domain/calendar/create-calendar.js';
import type { EndpointKind } from '../../../domain/endpoints/shape.js';
import type { MonitorRule, Sample } from '../../../domain/monitors/shape.js';
import { toEpochMs, toInstant } from '../../../domain/time/instant.js';
import { durationMs, type Instant } from '../../../domain/time/shape.js';

/** What a probe found: an answer in time, or why there was none, without an address or a value. */
export interface ProbeResult {
  ok: boolean;
  tookMs: number;
  error: string | null;
}
export type Probe = (endpoint: { kind: EndpointKind; address: string }) => Promise<ProbeResult>;

/** What a collector measures with. */
export interface Measuring {
  db: Queryable;
  rule: MonitorRule;
  /** The instant of the look; nothing later counts. */
  at: Instant;
  calendar: Calendar;
  probe: Probe;
}

/** Measures one kind: its samples by the convention of `MONITOR_KINDS`. What is well need not be sampled. */
export type Collect = (measuring: Measuring) => Promise<Sample[]>;

/** The window of a look, without its first instant and with its last. */
export const windowOf = ({ rule, at }: Pick<Measuring, 'rule' | 'at'>) => ({
  since: toInstant(toEpochMs(at) - durationMs(rule.window)),
  until: at,
});

const hourMs = 3_600_000;
export const hoursBetween = (from: Instant, to: Instant) => (toEpochMs(to) - toEpochMs(from)) / hourMs;
