import type { TimelineEntry } from '../contracts/http-records.js';
import type { Queryable } from '../db/connect.js';
import type { RecordOf } from '../db/queries/notices.js';
import { findNames } from '../db/queries/people.js';
import { findStepTitles, readTimeline, type TimelineRows } from '../db/queries/timeline.js';
import { groupName } from '../domain/wording/group-words.js';
import { incidentActionWords } from '../domain/wording/incident-timeline.js';
import { actionWords, instantWords, noticeWords } from '../domain/wording/timeline.js';
import type { Page } from './cursor.js';
import type { Principal } from './principal.js';
import { isStaff } from './read-rights.js';
import { requireReadable } from './require-readable.js';

/**
 * All that happened to an order or an incident, oldest first: changes, notices with how far they came, warnings, breaches and rungs
 * with whom they reached (P01.5, P05.5, P06.7). A reader who is not of the staff sees the changes and what the customer was
 * sent; which of our people did what stays ours. Throws `not-found`.
 */
export async function getTimeline(
  db: Queryable,
  of: RecordOf,
  viewer: Principal,
): Promise<Page<TimelineEntry>> {
  await requireReadable(db, of, viewer);
  const rows = await readTimeline(db, of);
  const [names, wordsOf] = await Promise.all([findNames(db, namedIn(rows)), findWords(db, of)]);
  const entries = [
    ...changesOf(rows, names, wordsOf),
    ...noticesOf(rows, names),
    ...(isStaff(viewer) ? instantsOf(rows, names) : []),
  ];
  // Whom else an incident's notices went to is none of a client's business.
  const theirs = of.order === undefined ? entries.filter(({ source }) => source === 'audit') : entries;
  const shown = isStaff(viewer) ? entries : theirs.flatMap(forOutsiders);
  // Equal instants keep the order of their sources: what was done, who was told of it.
  return { items: shown.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0)), next: null };
}

/** How changes are told: of an incident, with what its playbook calls the steps. */
async function findWords(db: Queryable, of: RecordOf): Promise<typeof actionWords> {
  if (of.incident === undefined) return actionWords;
  const titles = await findStepTitles(db, of.incident);
  return (action, facts) => incidentActionWords(action, facts, titles);
}

function* namedIn({ changes, sent, instants }: TimelineRows): Generator<string> {
  for (const { actor } of changes) yield actor;
  for (const { recipient } of sent) yield principalOf(recipient);
  for (const { instant } of instants) for (const { person } of instant.reached ?? []) yield person;
}

/** `person:<id>` is a person's id in records. */
const principalOf = (recipient: string) => recipient.replace(/^person:/, '');

function changesOf(
  { changes }: TimelineRows,
  names: Map<string, string>,
  wordsOf: typeof actionWords,
): TimelineEntry[] {
  return (
    changes
      // The instants of deadlines are told one by one, from rows of their own.
      .filter(({ action }) => action !== 'deadlines')
      .map(({ at, actor, action, detail, refusal }) => {
        const facts = (detail ?? {}) as Record<string, unknown>;
        return {
          at,
          source: 'audit',
          what: action,
          words: wordsOf(action, facts),
          actor: { id: actor, name: names.get(actor) ?? (actor === 'redmark' ? '红标 Redmark' : actor) },
          task: typeof facts.task === 'string' ? facts.task : null,
          detail: refusal ? { ...facts, refusal } : facts,
        };
      })
  );
}

function noticesOf({ sent }: TimelineRows, names: Map<string, string>): TimelineEntry[] {
  return sent.map(({ recipient, template, state, channel, createdAt, sentAt, facts }) => {
    const id = principalOf(recipient);
    return {
      at: sentAt ?? createdAt,
      source: 'notice',
      what: `notice.${template}`,
      words: noticeWords(template, state, names.get(id) ?? groupName(id) ?? id),
      actor: { id: 'redmark', name: '红标 Redmark' },
      task: typeof facts.task === 'string' ? facts.task : null,
      detail: { to: id, state, channel },
    };
  });
}

function instantsOf({ instants }: TimelineRows, names: Map<string, string>): TimelineEntry[] {
  return instants.map(({ instant, deadlineKind }) => {
    const { deadlineId, kind, index, role, at, settledAt, reached, why } = instant;
    const state = instant.state as 'fired' | 'superseded' | 'skipped';
    return {
      at: settledAt ?? at,
      source: 'deadline',
      what: `${kind}.${state}`,
      words: instantWords({ kind, index, state, deadlineKind, role }),
      actor: { id: 'redmark', name: '红标 Redmark' },
      task: null,
      detail: {
        deadline: deadlineId,
        index,
        role,
        plannedAt: at,
        reached: (reached ?? []).map((one) => ({ ...one, name: names.get(one.person) ?? one.person })),
        why,
      },
    };
  });
}

/** An entry for a reader outside the company; nothing where it is none of theirs. */
function forOutsiders(entry: TimelineEntry): TimelineEntry[] {
  if (entry.source === 'notice') {
    const isTheirs = String(entry.detail.to).startsWith('customer:');
    return isTheirs ? [{ ...entry, task: null }] : [];
  }
  if (entry.what.endsWith('.refused') || entry.what === 'undelivered' || entry.what === 'reach') return [];
  const isOurs = entry.actor !== null && !/^(client|customer):|^redmark$/.test(entry.actor.id);
  return [{ ...entry, actor: isOurs ? null : entry.actor, task: null, detail: {} }];
}
