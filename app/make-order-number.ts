import type { IntakeFacts } from '../db/queries/intake.js';

/** An order's one number (P05.1), of the day it was received on: `SO-20261123-0001`, at least four digits. */
export function makeOrderNumber(place: IntakeFacts['place']): string {
  if (!place) throw new Error('there are no rules to take a number by');
  return `SO-${place.day.replaceAll('-', '')}-${String(place.number).padStart(4, '0')}`;
}
