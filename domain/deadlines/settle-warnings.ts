import type { Instant } from '../time/shape.js';
import type { WarningOutcome, WarningPercent } from './shape.js';

/**
 * Decides which warnings of a deadline are sent at `now`. Of those past and not settled yet the latest is sent, an
 * earlier one superseded; once the deadline is due, none is sent any more, for the breach says it. Gives what is
 * settled now, earliest first; what is in `settled` never comes again.
 */
export function settleWarnings({
  deadline,
  settled,
  now,
}: {
  deadline: { dueAt: Instant; warnings: readonly { percent: WarningPercent; at: Instant }[] };
  settled: ReadonlySet<WarningPercent>;
  now: Instant;
}): WarningOutcome[] {
  const breached = now >= deadline.dueAt;
  const open = [...deadline.warnings]
    .sort((a, b) => a.percent - b.percent)
    .filter(({ percent, at }) => !settled.has(percent) && (breached || at <= now));
  // A later warning that went out already (a look in another order) leaves nothing to say to an earlier one.
  const latest = Math.max(...open.map(({ percent }) => percent), ...settled);
  return open.map(({ percent, at }) => {
    if (breached) return { percent, at, settledAt: now, result: 'superseded', why: { code: 'breached' } };
    return percent === latest
      ? { percent, at, settledAt: now, result: 'sent', why: { code: 'reached' } }
      : { percent, at, settledAt: now, result: 'superseded', why: { code: 'overtaken', by: latest } };
  });
}
