import type { MonitorOpening } from '../monitors/shape.js';
import type { Instant } from '../time/shape.js';

/** A mute as far as it decides what is quiet. */
export interface Mute {
  id: string;
  /** Null is any. */
  monitor: string | null;
  subject: string | null;
  type: string | null;
  from: Instant;
  until: Instant;
  endedAt: Instant | null;
}

/** Whether a mute is in force: from its first instant up to, and without, its last. */
export function isInForce({ from, until, endedAt }: Pick<Mute, 'from' | 'until' | 'endedAt'>, at: Instant) {
  return from <= at && at < (endedAt !== null && endedAt < until ? endedAt : until);
}

/** The first mute in force that keeps an opening quiet (P12.4); undefined where it is to be reported. */
export function matchingMute(
  { rule, subject, type }: Pick<MonitorOpening, 'rule' | 'subject' | 'type'>,
  mutes: readonly Mute[],
  at: Instant,
): Mute | undefined {
  const fits = (wanted: string | null, is: string | null) => wanted === null || wanted === is;
  return mutes.find(
    (mute) =>
      isInForce(mute, at) &&
      fits(mute.monitor, rule) &&
      fits(mute.subject, subject) &&
      fits(mute.type, type) &&
      (mute.monitor ?? mute.subject ?? mute.type) !== null,
  );
}
