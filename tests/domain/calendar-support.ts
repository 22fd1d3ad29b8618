import { DateTime } from 'luxon';
import { createCalendar } from '../../domain/calendar/create-calendar.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import type { Instant } from '../../domain/time/shape.js';

/** The default working time without a company's own days. */
export const shanghai = createCalendar({ workingTime: defaultWorkingTime });

/** The instant of a local time in Shanghai, written `2026-11-24 09:30`, seconds if need be. */
export function local(text: string): Instant {
  const at = DateTime.fromSQL(text, { zone: 'Asia/Shanghai' });
  if (!at.isValid) throw new RangeError(`not a local time: ${text}`);
  return at.toJSDate().toISOString();
}
