import { toEpochMs, toInstant } from '../time/instant.js';
import { durationMs, type Instant } from '../time/shape.js';
import type { MonitorRule, Watch } from './shape.js';

export interface WatchStep {
  watch: Watch | null;
  did: 'open' | 'close' | null;
}

// Sixty-four times the usual is long enough to calm anything, and short enough to end.
const mostDoublings = 6;

/**
 * One reading of one subject, against what is remembered of it (null: it is well). A reading no newer than the last
 * counts nothing, so that samples may come again. Bad readings in a row open it, good ones close it; each opening within
 * the damping time doubles the good ones it takes, so that what flaps stays one incident.
 */
export function stepWatch(
  watch: Watch | null,
  { at, verdict }: { at: Instant; verdict: 'bad' | 'band' | 'good' },
  { openAfter, closeAfter, dampFor }: MonitorRule['hysteresis'],
): WatchStep {
  if (!watch && verdict !== 'bad') return { watch: null, did: null };
  if (watch && at <= watch.readAt) return { watch, did: null };

  const dampSince = toInstant(toEpochMs(at) - durationMs(dampFor));
  const openings = (watch?.openings ?? []).filter((opened) => opened > dampSince);
  const next: Watch = {
    readAt: at,
    badAt: verdict === 'bad' ? at : (watch?.badAt ?? at),
    bad: verdict === 'bad' ? (watch?.bad ?? 0) + 1 : 0,
    good: verdict === 'good' ? (watch?.good ?? 0) + 1 : 0,
    openSince: watch?.openSince ?? null,
    openings,
  };
  if (next.openSince === null && next.bad >= openAfter) {
    return { watch: { ...next, openSince: at, openings: [...openings, at] }, did: 'open' };
  }
  const doublings = Math.min(mostDoublings, Math.max(0, openings.length - 1));
  if (next.openSince !== null && next.good >= closeAfter * 2 ** doublings) {
    return { watch: { ...next, openSince: null }, did: 'close' };
  }
  return { watch: next, did: null };
}

/**
 * Whether there is nothing left to remember: it is well, its openings damp nothing any more, and no sample that may come
 * again was bad.
 */
export function isForgotten(watch: Watch, { window, hysteresis }: MonitorRule, at: Instant): boolean {
  const ago = (duration: string) => toInstant(toEpochMs(at) - durationMs(duration));
  return (
    watch.openSince === null &&
    watch.bad === 0 &&
    watch.badAt <= ago(window) &&
    watch.openings.every((opened) => opened <= ago(hysteresis.dampFor))
  );
}
