import type { Logger } from 'pino';
import type { NotifyResult } from '../contracts/record.js';
import type { Database } from '../db/connect.js';
import {
  claimOverdue,
  findUnsentAlarms,
  hasAlarmSince,
  type OverdueInstant,
} from '../db/queries/watch-overdue.js';
import { aloneOnWatch, beat } from '../db/queries/watch-presence.js';
import { notices } from '../db/schema/index.js';

/** Name of the watchman's row in `heartbeats`. */
export const WATCHMAN = 'watchman';
/** How long an instant may be late before it counts as one that nobody fires. */
export const OVERDUE_AFTER_MS = 60_000;
/** After a mail, what else turns up is gathered that long: an outage is one story, not a mail every ten seconds. */
const GATHER_MS = 30_000;

export interface WatchDeps {
  db: Database;
  /** Sends the notices of a step, as the activity of the same name does, here without Temporal. */
  notify: (input: { step: string }) => Promise<NotifyResult>;
  log: Logger;
  now: () => Date;
}

/**
 * One look of the watchman (design §6): instants that are 60 s overdue go by mail to ops, each once, all of one look in
 * one mail. Answers how many instants were reported and how many mails went out; undefined while another watchman looks.
 *
 * Marking the instants and writing the notice are one transaction, so that none is lost or reported twice, whoever dies
 * when. The notice is sent afterwards, and again at the next look until the mail server took it: a watchman that dies
 * between the server's yes and the record of it makes the mail go twice, with the same Message-ID.
 */
export async function watchOverdue(
  deps: WatchDeps,
): Promise<{ reported: number; mailed: number } | undefined> {
  const { db } = deps;
  await beat(db, WATCHMAN, deps.now().toISOString());
  return aloneOnWatch(db, async () => {
    const reported = await reportOverdue(deps);
    let mailed = 0;
    for (const step of await findUnsentAlarms(db)) mailed += await sendAlarm(deps, step);
    return { reported, mailed };
  });
}

async function reportOverdue({ db, log, now }: WatchDeps): Promise<number> {
  const ms = now().getTime();
  const at = new Date(ms).toISOString();
  return db.transaction(async (tx) => {
    if (await hasAlarmSince(tx, new Date(ms - GATHER_MS).toISOString())) return 0;
    const overdue = await claimOverdue(tx, new Date(ms - OVERDUE_AFTER_MS).toISOString(), at);
    if (overdue.length === 0) return 0;
    const step = `watchman/${at}`;
    await tx.insert(notices).values({
      key: `${step}/watchmanAlarm/ops`,
      step,
      recipient: 'ops',
      template: 'watchmanAlarm',
      // One line a deadline, by its first instant: the later ones hang on the same process.
      facts: { overdue: firstOfEach(overdue) },
      state: 'queued',
      createdAt: at,
    });
    const instants = overdue.map(({ deadline, instant, index }) => `${deadline} ${instant} ${index}`);
    log.error({ instants }, 'planned instants passed and nothing fired');
    return overdue.length;
  });
}

function firstOfEach(overdue: readonly OverdueInstant[]) {
  const first = new Map<string, OverdueInstant>();
  for (const one of overdue) if (!first.has(one.deadline)) first.set(one.deadline, one);
  return [...first.values()].map(({ deadline, kind, at, about }) => ({
    deadline,
    kind,
    at,
    ...(about ? { about } : {}),
  }));
}

/** A mail that could not go out stays queued, for the next look; one that never can is said in the log. */
async function sendAlarm({ notify, log }: WatchDeps, step: string): Promise<number> {
  try {
    const { sent, failed } = await notify({ step });
    if (failed.length > 0) log.error({ step }, 'ops could not be told: nobody of the role ops takes mail');
    return sent;
  } catch (error) {
    log.warn({ err: error, step }, 'ops are not told yet; it tries again');
    return 0;
  }
}
