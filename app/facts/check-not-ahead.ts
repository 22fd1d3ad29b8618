import type { Instant } from '../../domain/time/shape.js';
import type { FieldError } from '../errors.js';

/** How far another system's clock may be ahead of ours. */
export const CLOCK_SKEW_MS = 5 * 60_000;

/** A sentence for an instant that lies in the future; what has happened has an instant that has passed. */
export function findAhead(field: string, at: Instant | undefined, now: Instant): FieldError[] {
  const isAhead = at !== undefined && Date.parse(at) - Date.parse(now) > CLOCK_SKEW_MS;
  return isAhead ? [{ field, message: 'must not lie in the future' }] : [];
}
