import {
  evaluateMonitor,
  type MonitorLook,
  untouchedMonitor,
} from '../../../domain/monitors/evaluate-monitor.js';
import {
  type MonitorRule,
  type MonitorRuleSource,
  monitorRuleSchema,
  type Sample,
} from '../../../domain/monitors/shape.js';
import type { Instant } from '../../../domain/time/shape.js';

/** Opens at 10 after two bad readings, closes below 5 after two good ones. */
export const rule = (given: Partial<MonitorRuleSource> = {}): MonitorRule =>
  monitorRuleSchema.parse({
    key: 'heat',
    kind: 'endpointProbe',
    name: { zh: '温度', en: 'heat' },
    cites: ['P12.1'],
    window: 'PT1H',
    reads: 'instant',
    threshold: { openAt: 10, closeBelow: 5 },
    hysteresis: { openAfter: 2, closeAfter: 2, dampFor: 'P1D' },
    dedupKey: 'heat/{subject}',
    opens: 'server-failure',
    summary: {
      zh: '{subject} 温度 {value}，上限 {limit}',
      en: '{subject} is at {value}, the limit is {limit}',
    },
    unit: 'count',
    ...given,
  });

/** The instant so many minutes into the watch. */
export const minute = (count: number): Instant =>
  new Date(Date.parse('2026-11-24T00:00:00.000Z') + count * 60_000).toISOString();

/** Looks one after the other, each with what it remembers of the one before. */
export function watchOver(
  monitor: MonitorRule,
  looks: readonly { at: Instant; samples: readonly Sample[] }[],
): MonitorLook[] {
  let state = untouchedMonitor;
  return looks.map(({ at, samples }) => {
    const look = evaluateMonitor(monitor, samples, state, at);
    // As it is stored between two looks.
    state = JSON.parse(JSON.stringify(look.state));
    return look;
  });
}

/** One look a minute at one subject, `null` a look that could not measure it, `undefined` one without a sample. */
export const watchValues = (monitor: MonitorRule, values: readonly (number | null | undefined)[]) =>
  watchOver(
    monitor,
    values.map((value, index) => ({
      at: minute(index),
      samples: value === undefined ? [] : [{ at: minute(index), subject: 'oven', value }],
    })),
  );

/** What happened: `3 open heat/oven`, `7 close heat/oven`. */
export const happened = (looks: readonly MonitorLook[]) =>
  looks.flatMap(({ opens, closes }, index) => [
    ...closes.map(({ dedupKey }) => `${index} close ${dedupKey}`),
    ...opens.map(({ dedupKey }) => `${index} open ${dedupKey}`),
  ]);
