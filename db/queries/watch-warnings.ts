import { sql } from 'drizzle-orm';
import type { Instant } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { endedSql, joinProcesses, overdueSql } from './watch-overdue.js';

/** The moments before which something counts as late. */
export interface Limits {
  /** Planned instants. */
  instants: Instant;
  /** Notices, by when they were asked for. */
  notices: Instant;
  /** From when on those count that no running process will follow up any more. */
  oldestNotices: Instant;
  /** Commands, by when they were accepted. */
  commands: Instant;
}

/** How many of a thing, and since when the oldest one. */
export interface Backlog {
  count: number;
  oldest: Instant | null;
}

/** What readiness warns of, counted. */
export interface WatchCounts {
  /** Of orders, incidents and what is chased up to five numbers, that of the longest overdue first. */
  overdue: Backlog & { numbers: string[] };
  notices: Backlog;
  commands: Backlog;
  /** Running deadlines that were planned past the end of the calendar's data. */
  provisional: number;
  /** When the watchman last looked. */
  watchmanAt: Instant | null;
  /** The company's zone in the newest policy. */
  zone: string | null;
}

const backlogSql = (at: string) => sql`jsonb_build_object('count', count(*), 'oldest', min(${sql.raw(at)}))`;

/**
 * Reads it all in one statement. A notice that does not go out counts until somebody has finished the task of reaching
 * the people another way; one that no running process follows up, for a while.
 */
export async function countWatched(db: Queryable, limits: Limits): Promise<WatchCounts> {
  const { rows } = await db.execute<WatchCounts & Record<string, unknown>>(sql`
    with overdue as (
      select i.at, coalesce(o.number, inc.number, c.number) number from ${overdueSql(limits.instants)})
    select
      (select ${backlogSql('at')} || jsonb_build_object('numbers', (
        select coalesce(jsonb_agg(number order by first, number), '[]') from (
          select number, min(at) first from overdue where number is not null
          group by number order by 2, 1 limit 5) o))
        from overdue) overdue,
      (select ${backlogSql('n.created_at')} from notices n ${joinProcesses('n')}
        where n.state in ('queued', 'sending', 'failed') and n.created_at < ${limits.notices}
          -- One that waits for another incident's letter to be an hour old is not late before that.
          and coalesce((n.facts ->> 'heldUntil')::timestamptz, n.created_at) < ${limits.notices}
          and n.recipient not like 'group:%'
          and (coalesce(o.number, inc.number, c.number) is not null and ${endedSql} is null
            or n.created_at > ${limits.oldestNotices})
          and not exists (select from tasks t where t.kind = 'reach' and t.state = 'done'
            and t.finished_at > n.created_at
            and (t.order_number = n.order_number or t.incident_number = n.incident_number))) notices,
      (select ${backlogSql('created_at')} from commands
        where state = 'pending' and created_at < ${limits.commands}) commands,
      (select count(*)::int from deadlines d ${joinProcesses('d')}
        where d.state = 'open' and d.provisional and ${endedSql} is null) provisional,
      (select at from heartbeats where name = 'watchman') "watchmanAt",
      (select policy -> 'workingTime' ->> 'zone' from policies order by revision desc limit 1) zone`);
  const [row] = rows;
  if (!row) throw new Error('a select without from gives one row');
  const utc = (at: string | null) => at && new Date(at).toISOString();
  const backlog = <T extends Backlog>(found: T): T => ({ ...found, oldest: utc(found.oldest) });
  return {
    ...row,
    overdue: backlog(row.overdue),
    notices: backlog(row.notices),
    commands: backlog(row.commands),
    watchmanAt: utc(row.watchmanAt),
  };
}
