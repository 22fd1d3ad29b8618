import type { Instant } from '../domain/time/shape.js';

/** `2026-11-24 17:00` in the company's zone; the zone is named, for the worker's own must not leak in. */
export function local(at: Instant, zone: string): string {
  return clockOf(zone).format(new Date(at));
}

// Making one costs as much as a whole step of an order, and each step shows several moments.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  clocks.set(zone, clock);
  return clock;
}
