import type { Instant } from './shape.js';

/** Milliseconds since 1970 of an instant. Throws RangeError on a text that is no instant. */
export function toEpochMs(at: Instant): number {
  const ms = Date.parse(at);
  if (Number.isNaN(ms)) throw new RangeError(`not an instant: ${at}`);
  return ms;
}

/** The instant of so many milliseconds since 1970, rounded to a whole one. */
export function toInstant(epochMs: number): Instant {
  return new Date(Math.round(epochMs)).toISOString();
}
