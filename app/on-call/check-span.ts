import type { Instant } from '../../domain/time/shape.js';
import { refuseField } from '../errors.js';

/** Two years: what goes on for longer is no exception, it is another rota or another person. */
const LONGEST_MS = 2 * 366 * 86_400_000;

/** Refuses a time that is over, or so long that a year was mistyped. Throws `invalid-input`. */
export function checkSpan({ from, to }: { from: Instant; to: Instant }, now: Instant): void {
  if (to <= now) throw refuseField('to', 'must lie in the future');
  if (Date.parse(to) - Date.parse(from) > LONGEST_MS)
    throw refuseField('to', 'must be at most two years after from');
}
