import type { Calendar } from '../calendar/create-calendar.js';
import { type Instant, type LocalDate, localDateSchema } from '../time/shape.js';
import { DeadlineRefused } from './deadline-refused.js';

/** The reply time R as an instant; `asDay` when the customer named a day and the closing of one stands for it. */
export interface ReplyTime {
  at: Instant;
  asDay: boolean;
}

/**
 * Reads the reply time that a customer asks for (P07.6): an instant as it is; a date as the closing of that day, or
 * of the working day before a day off.
 */
export function readReplyBy(replyBy: Instant | LocalDate, calendar: Calendar): ReplyTime {
  return localDateSchema.safeParse(replyBy).success
    ? { at: calendar.closing(calendar.workingDayUpTo(replyBy)), asDay: true }
    : { at: replyBy, asDay: false };
}

/** As {@link readReplyBy}; throws DeadlineRefused `replyByPassed` when that instant is not after `now`. */
export function resolveReplyBy({
  replyBy,
  now,
  calendar,
}: {
  replyBy: Instant | LocalDate;
  now: Instant;
  calendar: Calendar;
}): ReplyTime {
  const reply = readReplyBy(replyBy, calendar);
  if (reply.at <= now) {
    const meant = reply.asDay ? `${replyBy}, the closing ${reply.at},` : replyBy;
    throw new DeadlineRefused('replyByPassed', `the reply time ${meant} is not after ${now}`);
  }
  return reply;
}

/** A reply time that is still to come after `now`; one that has passed draws no deadline of a later decision forward. */
export function replyByAhead({
  replyBy,
  now,
  calendar,
}: {
  replyBy: Instant | LocalDate | null;
  now: Instant;
  calendar: Calendar;
}): Instant | LocalDate | undefined {
  return replyBy !== null && readReplyBy(replyBy, calendar).at > now ? replyBy : undefined;
}
