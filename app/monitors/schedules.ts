import {
  type Client,
  ScheduleAlreadyRunning,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
} from '@temporalio/client';
import { defineSearchAttributeKey, SearchAttributeType, TypedSearchAttributes } from '@temporalio/common';
import type { MonitorInput } from '../../contracts/monitor-look.js';
import type { MonitorRule } from '../../domain/monitors/shape.js';
import { durationMs } from '../../domain/time/shape.js';
import { hashBody } from '../idempotency.js';
import { taskQueue } from '../temporal.js';

/** A Schedule as it is to be: its id is also the beginning of its runs' ids. */
export interface MonitorSchedule {
  id: string;
  everyMs: number;
  input: MonitorInput;
  /** The line that the Temporal UI shows of each run. */
  summary: string;
  /** The type of incident that its runs may open, by which they can be found in the UI. */
  opens?: string;
}

const riskEveryMs = 2 * 60_000;
const tendEveryMs = 60_000;

/** Those that no rule asks for. */
export const OWN_SCHEDULES: readonly MonitorSchedule[] = [
  {
    id: 'monitor/order-risk',
    everyMs: riskEveryMs,
    input: { do: 'risk' },
    summary: '订单风险评分 risk of open orders',
  },
  {
    id: 'monitor/tending',
    everyMs: tendEveryMs,
    input: { do: 'tend' },
    summary: '监控维护 tending of monitors',
  },
];

export const scheduleOf = ({ key, name, every, opens }: MonitorRule): MonitorSchedule => ({
  id: `monitor/${key}`,
  everyMs: durationMs(every),
  input: { do: 'look', key },
  summary: `监控 monitor ${name.zh} ${name.en}`,
  opens,
});

/** Keys that no rule may have. */
export const RESERVED_KEYS: readonly string[] = OWN_SCHEDULES.map(({ id }) => id.replace('monitor/', ''));

const incidentType = defineSearchAttributeKey('IncidentType', SearchAttributeType.KEYWORD);

/**
 * Makes the Schedule of each rule that looks as the rule says, and takes away that of one that does not. Idempotent: one
 * that is as it should be is left alone, whichever worker or API was first.
 */
export async function ensureSchedules(
  temporal: Client,
  rules: readonly MonitorRule[],
  own: readonly MonitorSchedule[] = OWN_SCHEDULES,
): Promise<void> {
  for (const schedule of own) await ensureSchedule(temporal, schedule);
  for (const rule of rules) await ensureRule(temporal, rule);
}

/** The Schedule of one rule. */
export async function ensureRule(temporal: Client, rule: MonitorRule): Promise<void> {
  const schedule = scheduleOf(rule);
  if (rule.active) return ensureSchedule(temporal, schedule);
  try {
    await temporal.schedule.getHandle(schedule.id).delete();
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
  }
}

async function ensureSchedule(temporal: Client, schedule: MonitorSchedule): Promise<void> {
  const { id } = schedule;
  const hash = hashBody(schedule);
  const options = optionsOf(schedule, hash);
  const handle = temporal.schedule.getHandle(id);
  try {
    const { action } = await handle.describe();
    if (action.memo?.schedule === hash) return;
    await handle.update((current) => ({ ...current, ...options, state: current.state }));
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error;
    try {
      // The first look at once: a fault that is there already is found at the first start.
      await temporal.schedule.create({ scheduleId: id, ...options, state: { triggerImmediately: true } });
    } catch (other) {
      // Another worker was faster.
      if (!(other instanceof ScheduleAlreadyRunning)) throw other;
    }
  }
}

function optionsOf({ id, everyMs, input, summary, opens }: MonitorSchedule, hash: string) {
  return {
    // Each at a moment of its own within its interval, or all would look at the same second.
    spec: { intervals: [{ every: everyMs, offset: Number.parseInt(hash.slice(0, 6), 16) % everyMs }] },
    action: {
      type: 'startWorkflow' as const,
      workflowType: 'monitor',
      workflowId: id,
      taskQueue,
      args: [input],
      memo: { schedule: hash },
      staticSummary: summary,
      // A look that hangs must not keep those after it waiting: they are skipped while it runs.
      workflowExecutionTimeout: '5 minutes' as const,
      ...(opens && {
        typedSearchAttributes: new TypedSearchAttributes([{ key: incidentType, value: opens }]),
      }),
    },
    policies: {
      overlap: ScheduleOverlapPolicy.SKIP,
      // A look that was missed is missed: the next one sees what it would have seen.
      catchupWindow: '10 seconds' as const,
      pauseOnFailure: false,
    },
  };
}
