import { findCalls } from '../../../db/queries/monitor-system.js';
import type { Sample } from '../../../domain/monitors/shape.js';
import { toEpochMs, toInstant } from '../../../domain/time/instant.js';
import { type Collect, windowOf } from './collector.js';

/** Processes write what they counted every few seconds, nothing too: three silent minutes are a part unseen. */
const seenWithinMs = 3 * 60_000;
const PARTS = ['activities', 'api'] as const;

/** Failed calls of the worker's activities and of the API, by minute, with their number as weight (P12.1). */
export const collectFailureRate: Collect = async (measuring) => {
  const { db, rule, at } = measuring;
  const calls = await findCalls(db, windowOf(measuring));
  const seenSince = toInstant(toEpochMs(at) - seenWithinMs);
  const samples: Sample[] = calls
    .filter((one) => one.calls > 0)
    .map((one) => ({ at: one.minute, subject: one.part, value: one.failed / one.calls, weight: one.calls }));
  for (const part of PARTS) {
    if (rule.only && !rule.only.includes(part)) continue;
    const isSeen = calls.some((one) => one.part === part && one.minute > seenSince);
    if (!isSeen) samples.push({ at, subject: part, value: null });
  }
  return samples;
};
