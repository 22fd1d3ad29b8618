import { getTableColumns } from 'drizzle-orm';
import type { PgTable } from 'drizzle-orm/pg-core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeArchive } from '../../app/archive/make-archive.js';
import { canonicalJson, sha256 } from '../../app/canonical-json.js';
import type { IncidentRecord } from '../../db/queries/archive.js';
import {
  actionItems,
  audit,
  deadlineInstants,
  deadlines,
  holds,
  incidentOrders,
  incidentReports,
  incidentSteps,
  incidents,
  notices,
  tasks,
} from '../../db/schema/index.js';

const value = fc.jsonValue({ maxDepth: 4 });

/** The same value with the keys of every object in another order. */
function shuffled(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(shuffled);
  if (of === null || typeof of !== 'object') return of;
  return Object.fromEntries(
    Object.entries(of)
      .reverse()
      .map(([key, one]) => [key, shuffled(one)]),
  );
}

describe('canonical JSON', () => {
  it('is the same bytes for the same value, in whatever order it was put together', () => {
    fc.assert(
      fc.property(value, (one) => {
        expect(canonicalJson(shuffled(one))).toBe(canonicalJson(one));
        // What was read back is written the same again, so an archive can be checked without its source.
        expect(canonicalJson(JSON.parse(canonicalJson(one)))).toBe(canonicalJson(one));
      }),
    );
  });

  it('differs, and so does its hash, where any fact differs', () => {
    fc.assert(
      fc.property(value, value, (one, other) => {
        const same = JSON.stringify(shuffledKeys(one)) === JSON.stringify(shuffledKeys(other));
        expect(sha256(canonicalJson(one)) === sha256(canonicalJson(other))).toBe(same);
      }),
    );
  });
});

/** Keys sorted by another way than the one that is tested. */
function shuffledKeys(of: unknown): unknown {
  if (Array.isArray(of)) return of.map(shuffledKeys);
  if (of === null || typeof of !== 'object') return of;
  const keys = Object.keys(of).sort();
  return keys.map((key) => [key, shuffledKeys((of as Record<string, unknown>)[key])]).concat([['{}', null]]);
}

/** A row with a value of its own in every column. */
function rowOf(table: PgTable, change: Record<string, unknown> = {}) {
  const columns = Object.keys(getTableColumns(table));
  return { ...Object.fromEntries(columns.map((key) => [key, `${key} of it`])), ...change };
}

const TABLES = {
  reports: incidentReports,
  orders: incidentOrders,
  steps: incidentSteps,
  tasks,
  deadlines,
  told: notices,
  changes: audit,
  items: actionItems,
  held: holds,
} as const;

function recordWith(changes: Partial<Record<keyof typeof TABLES | 'incident' | 'instants', object>> = {}) {
  const lists = Object.entries(TABLES).map(([key, table]) => [
    key,
    [rowOf(table, { ...changes[key as keyof typeof TABLES] })],
  ]);
  return {
    ...Object.fromEntries(lists),
    incident: rowOf(incidents, { ...changes.incident }),
    playbook: { type: 'server-failure' },
    instants: [{ instant: rowOf(deadlineInstants, { ...changes.instants }) }],
  } as unknown as IncidentRecord;
}

/** How the machine keeps it, where it went to, and what the number of the incident says already. */
const LEFT_OUT: Record<string, readonly string[]> = {
  incident: ['archive', 'archiveHash', 'stateVersion', 'workflowRunId', 'resume', 'createdAt'],
  reports: ['id', 'incident'],
  orders: ['incident'],
  steps: ['incident'],
  tasks: ['workflowId', 'orderNumber', 'incidentNumber', 'chaseNumber', 'deadlineId', 'finishedCredential'],
  deadlines: [
    'workflowId',
    'orderNumber',
    'incidentNumber',
    'chaseNumber',
    'policyRevision',
    'provisional',
    'basis',
  ],
  instants: ['reportedAt'],
  told: [
    ...['key', 'step', 'orderNumber', 'incidentNumber', 'chaseNumber', 'joinedTo'],
    ...['address', 'subject', 'messageId', 'attempts', 'lastError'],
  ],
  changes: ['seq', 'key', 'subject', 'outcome'],
  items: ['incident'],
  held: [],
};

describe('the archive of an incident', () => {
  const before = makeArchive(recordWith());
  const facts = Object.entries({ ...TABLES, incident: incidents, instants: deadlineInstants }).flatMap(
    ([of, table]) => Object.keys(getTableColumns(table)).map((column) => ({ of, column })),
  );

  it('is the same bytes and the same hash from the same record', () => {
    expect(makeArchive(recordWith())).toEqual(before);
    expect(sha256(before.archive)).toBe(before.archiveHash);
  });

  it.each(facts)('changes with $of $column, unless that is left out by name', ({ of, column }) => {
    const after = makeArchive(recordWith({ [of]: { [column]: 'something else' } }));
    expect(after.archiveHash === before.archiveHash).toBe(LEFT_OUT[of]?.includes(column));
  });

  it('changes with why something was refused', () => {
    expect(makeArchive(recordWith({ changes: { outcome: { code: 'forbidden' } } })).archiveHash).not.toBe(
      before.archiveHash,
    );
  });
});
