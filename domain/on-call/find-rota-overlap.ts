import type { RotaShift } from './shape.js';

const dayMinutes = 24 * 60;
const weekMinutes = 7 * dayMinutes;

/**
 * Two turns of one rota that share a minute of the week, by their places in the list, the later in the list last;
 * undefined where at every minute one person at most is on call. Sunday's night goes on into Monday.
 */
export function findRotaOverlap(shifts: readonly RotaShift[]): [number, number] | undefined {
  const spans = shifts.map(spanOf);
  for (const [later, b] of spans.entries()) {
    const earlier = spans.slice(0, later).findIndex((a) => meet(a, b));
    if (earlier >= 0) return [earlier, later];
  }
  return undefined;
}

/** Minutes since Monday 00:00. */
interface Span {
  start: number;
  length: number;
}

function spanOf({ weekday, from, to }: RotaShift): Span {
  const length = (minuteOf(to) - minuteOf(from) + dayMinutes) % dayMinutes || dayMinutes;
  return { start: (weekday - 1) * dayMinutes + minuteOf(from), length };
}

const minuteOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3));

/** On a circle: each begins within the other, or neither does. */
function meet(a: Span, b: Span): boolean {
  const after = (from: number, to: number) => (to - from + weekMinutes) % weekMinutes;
  return after(a.start, b.start) < a.length || after(b.start, a.start) < b.length;
}
