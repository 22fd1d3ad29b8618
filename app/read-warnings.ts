import type { Queryable } from '../db/connect.js';
import { type Backlog, countWatched } from '../db/queries/watch-warnings.js';
import { lastPublishedYear } from '../domain/calendar/published-days.js';
import { defaultPolicy } from '../domain/policy/defaults.js';
import { localDateOf } from '../domain/time/local-date.js';
import { OVERDUE_AFTER_MS } from './watch-overdue.js';

/** A thing that degrades nothing yet and that somebody should look at; gone by itself when it is no longer so. */
export interface HealthWarning {
  code:
    | 'instants-overdue'
    | 'notices-unsent'
    | 'commands-pending'
    | 'calendar-provisional'
    | 'calendar-ends'
    | 'watchman-away';
  /** One sentence; no personal data. */
  detail: string;
}

/** P07.1: a notice that no channel took by then escalates. */
const NOTICES_AFTER_MS = 30 * 60_000;
const COMMANDS_AFTER_MS = 60_000;
const WATCHMAN_AFTER_MS = 60_000;
const DAY_MS = 86_400_000;
/** The State Council publishes the next year's holidays in November: from then on it is worth a look. */
const CALENDAR_BEFORE_DAYS = 60;

/** What `/health/ready` warns of at `now` (design §6, §9), from the record alone. Throws when PostgreSQL is away. */
export async function readWarnings(db: Queryable, now: Date): Promise<HealthWarning[]> {
  const ago = (ms: number) => new Date(now.getTime() - ms).toISOString();
  const counts = await countWatched(db, {
    instants: ago(OVERDUE_AFTER_MS),
    notices: ago(NOTICES_AFTER_MS),
    oldestNotices: ago(DAY_MS),
    commands: ago(COMMANDS_AFTER_MS),
  });
  const { overdue, notices, commands, provisional, watchmanAt, zone } = counts;
  const warnings: HealthWarning[] = [];
  const warn = (code: HealthWarning['code'], detail: string) => warnings.push({ code, detail });
  const since = ({ oldest }: Backlog) => `the oldest since ${oldest}`;

  if (overdue.count > 0) {
    const numbers = overdue.numbers.length > 0 ? `: ${overdue.numbers.join(', ')}` : '';
    warn(
      'instants-overdue',
      `${count(overdue, 'planned instant')} passed and did not fire, ${since(overdue)}${numbers}`,
    );
  }
  if (notices.count > 0)
    warn('notices-unsent', `${count(notices, 'notice')} not sent within 30 minutes, ${since(notices)}`);
  if (commands.count > 0)
    warn(
      'commands-pending',
      `${count(commands, 'accepted command')} not delivered within 60 s, ${since(commands)}`,
    );
  if (provisional > 0) {
    const running = count({ count: provisional }, 'running deadline');
    warn(
      'calendar-provisional',
      `${running} planned past the end of the holiday data (${lastPublishedYear})`,
    );
  }
  const daysLeft = daysUntilDataEnds(now, zone ?? defaultPolicy.workingTime.zone);
  if (daysLeft < CALENDAR_BEFORE_DAYS) {
    const left = daysLeft < 0 ? 'have ended' : `end in ${daysLeft} days`;
    warn(
      'calendar-ends',
      `the holiday data of ${lastPublishedYear} ${left}; those of the next year are not there`,
    );
  }
  if (!watchmanAt || watchmanAt < ago(WATCHMAN_AFTER_MS))
    warn(
      'watchman-away',
      watchmanAt ? `the watchman last looked at ${watchmanAt}` : 'no watchman has looked',
    );
  return warnings;
}

const count = (found: Pick<Backlog, 'count'>, noun: string) =>
  `${found.count} ${noun}${found.count === 1 ? '' : 's'}`;

/** Whole days, in the company's zone, to 31 December of the last published year; negative after it. */
function daysUntilDataEnds(now: Date, zone: string): number {
  const today = localDateOf(now.toISOString(), zone);
  return (Date.parse(`${lastPublishedYear}-12-31`) - Date.parse(today)) / DAY_MS;
}
