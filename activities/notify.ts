import { createHash } from 'node:crypto';
import type { Logger } from 'pino';
import { type Gathering, gatherFacts } from '../app/notices/notice-facts.js';
import type { NotifyResult } from '../contracts/record.js';
import type { Database } from '../db/connect.js';
import { holdBack } from '../db/queries/hold-notices.js';
import { addGroupCopies } from '../db/queries/notice-groups.js';
import {
  type ClaimedNotice,
  type ClaimedStep,
  claimNotices,
  findLostNotices,
  type NoticeOutcome,
  settleNotices,
} from '../db/queries/notice-step.js';
import type { NoticeFacts } from '../domain/wording/facts.js';
import { GROUP_NOTICES } from '../domain/wording/notices/group-notices.js';
import { isShared, renderNotice } from '../domain/wording/render-notice.js';
import type { Channel, Delivery, OutgoingMessage } from './adapters/channel.js';
import type { Channels } from './adapters/channels.js';

export interface NotifyDeps extends Gathering {
  db: Database;
  channels: Channels;
  log: Logger;
  now: () => Date;
}

/** Some notices of a step could not be sent now. Thrown so that Temporal, and nobody else, tries again. */
export class NoticesDeferredError extends Error {
  override readonly name = 'NoticesDeferredError';
}

/** After this a group chat is left out: an old alarm is noise, and those concerned have the mail. */
const GROUP_WITHIN_MS = 10 * 60_000;

/** One message on its way, and the notices it settles: several where it says the same to several of our people. */
interface Sending {
  channel: Channel;
  message: OutgoingMessage;
  notices: { key: string; address: string }[];
}

/**
 * The activity `notify`: sends every notice of a step that is not settled yet, each in its reader's language, and
 * writes what became of each: `delivered` (for mail: accepted by the server) or `failed` (nobody to send to, or refused
 * for good). Answers how many of the step went out and the keys of those that failed. Throws
 * {@link NoticesDeferredError}, after trying all of them, where the server or a mailbox could not take one just now.
 *
 * What is urgent for the team gets a copy for each group chat that is configured (P05.3, P14.6). A group that does not
 * take it within ten minutes is left out, and its copy stands as failed: nobody has to be reached another way for it.
 *
 * A repeat sends only what is not settled; a worker that died after the server took a mail makes that one go twice,
 * with the same Message-ID (design §3.5).
 */
export function createNotify(deps: NotifyDeps) {
  const groups = Object.keys(deps.channels).filter((name) => deps.channels[name]?.group);
  /** A notice that reached nobody is a step of the playbook that failed. */
  const lostOf = async (step: string, failed: string[]): Promise<{ lost?: string[] }> => {
    if (failed.length === 0 || !step.startsWith('incident/')) return {};
    const lost = await findLostNotices(deps.db, step);
    return lost.length > 0 ? { lost } : {};
  };
  return async ({ step }: { step: string }): Promise<NotifyResult> => {
    if (groups.length > 0)
      await addGroupCopies(deps.db, step, { templates: GROUP_NOTICES, channels: groups });
    const now = deps.now().toISOString();
    const held = step.startsWith('incident/') ? await holdBack(deps.db, step, now) : null;
    const waits = held === null ? {} : { heldUntil: held };
    const claimed = await claimNotices(deps.db, step, now);
    if (claimed.notices.length === 0) {
      const { delivered, failed } = claimed;
      return { sent: delivered, failed, ...(await lostOf(step, failed)), ...waits };
    }
    const { sendings, failed } = writeLetters(deps, step, claimed);
    const sent = await Promise.all(sendings.map(send));
    const outcomes = [...failed, ...sent.flat()].map((one) => leaveOut(one, claimed, deps.now()));
    await settleNotices(deps.db, outcomes, deps.now().toISOString());

    const keys = (state: NoticeOutcome['state']) =>
      outcomes.filter((one) => one.state === state).map(({ key }) => key);
    const deferred = keys('queued');
    const lost = keys('failed');
    const copies = new Set(copiesOf(claimed).map(({ key }) => key));
    if (deferred.length + lost.length > 0) {
      // Keys hold ids; addresses and words stay in the notice's row.
      deps.log.warn({ step, deferred, failed: lost }, 'notices not sent');
    }
    if (deferred.length > 0) {
      throw new NoticesDeferredError(`${deferred.length} of ${outcomes.length} notices wait for another try`);
    }
    const failedAll = [...claimed.failed, ...lost.filter((key) => !copies.has(key))].sort();
    return {
      sent: claimed.delivered + keys('delivered').length,
      failed: failedAll,
      ...(await lostOf(step, failedAll)),
      ...waits,
    };
  };
}

const copiesOf = ({ notices }: ClaimedStep) =>
  notices.filter(({ recipient }) => recipient.startsWith('group:'));

/** A copy that its group has not taken in time is given up; everything else stays as it is. */
function leaveOut(outcome: NoticeOutcome, claimed: ClaimedStep, now: Date): NoticeOutcome {
  const copy = copiesOf(claimed).find(({ key }) => key === outcome.key);
  if (outcome.state !== 'queued' || !copy) return outcome;
  const isLate = now.getTime() - Date.parse(copy.created_at) >= GROUP_WITHIN_MS;
  return isLate ? { ...outcome, state: 'failed' } : outcome;
}

function writeLetters(deps: NotifyDeps, step: string, claimed: ClaimedStep) {
  const failed: NoticeOutcome[] = [];
  const sendings = new Map<string, Sending>();
  const factsOf = gatherFacts(claimed, deps);
  for (const notice of claimed.notices) {
    const fail = (error: string) => failed.push(outcomeOf(notice.key, null, { state: 'failed', error }));
    const channel = Object.hasOwn(deps.channels, notice.channel) ? deps.channels[notice.channel] : undefined;
    if (!channel) {
      fail(`there is no channel ${notice.channel}`);
      continue;
    }
    const addresses = (notice.readers ?? []).flatMap((reader) => channel.addressOf(reader) ?? []);
    if (addresses.length === 0) {
      fail('nobody active with an address on this channel');
      continue;
    }
    try {
      const { facts, locale } = factsOf(notice);
      const key = sendingKey(notice, isShared(facts), locale);
      const sending = sendings.get(key) ?? {
        channel,
        message: {
          ...renderNotice(notice.template, facts, locale),
          to: [],
          locale,
          id: stableId(`${step}\n${key}`),
          replyTo: replyToOf(facts),
        },
        notices: [],
      };
      for (const address of addresses) {
        sending.message.to.push(address);
        sending.notices.push({ key: notice.key, address });
      }
      sendings.set(key, sending);
    } catch (error) {
      // The record cannot fill the letter: another try would find the same record.
      fail((error as Error).message);
    }
  }
  return { sendings: [...sendings.values()], failed };
}

/** An answer from outside goes to whoever knows the matter: a customer's to the sales owner, a supplier's to the owner. */
function replyToOf({ recipient, order, incident }: NoticeFacts): string | undefined {
  if (recipient.kind === 'supplier') return incident?.owner?.email;
  if (recipient.kind !== 'customer') return undefined;
  const sales = order?.salesOwner ?? incident?.own.orders.find(({ salesOwner }) => salesOwner)?.salesOwner;
  return sales?.email;
}

/** Notices with the same key go out as one message: to our people, where it is the same for all of them. */
function sendingKey(
  { key, channel, template, facts }: ClaimedNotice,
  shared: boolean,
  locale: string,
): string {
  return shared ? JSON.stringify([channel, template, locale, facts]) : key;
}

function stableId(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}

async function send({ channel, message, notices }: Sending): Promise<NoticeOutcome[]> {
  const deliveries = await channel.send(message);
  const keys = [...new Set(notices.map(({ key }) => key))];
  return keys.map((key) => {
    const own = notices.filter((notice) => notice.key === key).map(({ address }) => address);
    return settle(
      key,
      message,
      deliveries.filter(({ address }) => own.includes(address)),
    );
  });
}

/** A notice to several (`ops`) is delivered as soon as one of them has it. */
function settle(key: string, message: OutgoingMessage, deliveries: Delivery[]): NoticeOutcome {
  const accepted = deliveries.filter(({ outcome }) => outcome === 'accepted');
  const address = (accepted.length > 0 ? accepted : deliveries)
    .map((delivery) => delivery.address)
    .join(', ');
  const why = deliveries.find((delivery) => delivery.why !== null)?.why ?? null;
  const messageId = deliveries[0]?.reference;
  const again = deliveries.some(({ outcome }) => outcome === 'deferred');
  const state = accepted.length > 0 ? 'delivered' : again ? 'queued' : 'failed';
  return outcomeOf(key, message, { state, address, error: why, messageId });
}

function outcomeOf(
  key: string,
  message: OutgoingMessage | null,
  told: Pick<NoticeOutcome, 'state' | 'error'> & { address?: string; messageId?: string },
): NoticeOutcome {
  return {
    key,
    state: told.state,
    address: told.address ?? null,
    subject: message?.subject ?? null,
    messageId: told.messageId ?? null,
    error: told.error,
  };
}
