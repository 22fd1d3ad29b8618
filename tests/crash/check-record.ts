import { eq, inArray, sql } from 'drizzle-orm';
import { expect } from 'vitest';
import { audit, commands, notices, orders, tasks } from '../../db/schema/index.js';
import type { ProcessSet } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';
import type { Arrival } from './storm.js';

const DEPARTMENTS = ['manufacturing', 'quality', 'sales', 'technical'];

/** Waits until every order has begun and every notice of it has gone out: nothing is under way any more. */
export async function waitUntilSettled(
  set: ProcessSet,
  arrivals: Arrival[],
  withinMs = 90_000,
): Promise<void> {
  const numbers = arrivals.map(({ number }) => number);
  await waitUntil(
    async () => {
      const begun = await set.db.select().from(audit).where(eq(audit.action, 'begin'));
      const waiting = await set.db
        .select({ key: notices.key })
        .from(notices)
        .where(inArray(notices.state, ['queued', 'sending']));
      const pending = await set.db.select().from(commands).where(eq(commands.state, 'pending'));
      const missing = numbers.filter((number) => !begun.some(({ subject }) => subject === number));
      if (missing.length + waiting.length + pending.length === 0) return true;
      throw new Error(
        `${missing.length} not begun, ${waiting.length} notices unsent, ${pending.length} commands pending`,
      );
    },
    { withinMs, everyMs: 500, what: 'quiet' },
  );
}

/** What must hold after any crash: each order there once, with all that belongs to it, once. */
export async function checkRecord(set: ProcessSet, arrivals: Arrival[]): Promise<void> {
  const numbers = arrivals.map(({ number }) => number);
  expect(new Set(numbers).size, 'each client has an order of its own').toBe(arrivals.length);

  const rows = await set.db.select().from(orders);
  const byReference = new Map(rows.map((row) => [row.customerReference, row.number]));
  expect(rows, 'no order is there that nobody was answered').toHaveLength(arrivals.length);
  for (const { buyer, number } of arrivals) expect(byReference.get(buyer)).toBe(number);

  const starts = await set.db.select().from(commands).where(eq(commands.route, 'POST /v1/orders'));
  expect(starts.map(({ target }) => target).sort()).toEqual(
    numbers.map((number) => `order/${number}`).sort(),
  );
  expect(new Set(starts.map(({ state }) => state))).toEqual(new Set(['done']));

  await checkTasks(set, numbers);
  await checkAudit(set, numbers);
  await checkWorkflows(set, numbers);
  await checkNotices(set, numbers);
}

async function checkTasks(set: ProcessSet, numbers: string[]): Promise<void> {
  const rows = await set.db.select().from(tasks).where(eq(tasks.kind, 'evaluate'));
  for (const number of numbers) {
    const own = rows.filter(({ orderNumber }) => orderNumber === number);
    expect(own.map(({ department }) => department).sort(), `evaluations of ${number}`).toEqual(DEPARTMENTS);
    expect(own.every(({ assigneeId, state }) => assigneeId && state === 'open')).toBe(true);
  }
}

async function checkAudit(set: ProcessSet, numbers: string[]): Promise<void> {
  const rows = await set.db.select().from(audit).orderBy(audit.seq);
  for (const number of numbers) {
    const own = rows.filter(({ subject }) => subject === number).map(({ action }) => action);
    expect(own, `record of ${number}`).toEqual(['accept', 'begin']);
  }
}

/** One workflow each: one run, started once, still running. */
async function checkWorkflows(set: ProcessSet, numbers: string[]): Promise<void> {
  const counted = await waitUntil(
    async () => {
      const { count } = await set.client.workflow.count(`WorkflowType = 'urgentOrder'`);
      return count >= numbers.length && { count };
    },
    { withinMs: 30_000, what: 'all workflows in the list' },
  );
  expect(counted.count).toBe(numbers.length);
  for (const number of numbers) {
    const run = await set.client.workflow.getHandle(`order/${number}`).describe();
    expect(run.status.name, number).toBe('RUNNING');
    const [row] = await set.db.select().from(orders).where(eq(orders.number, number));
    expect(row?.workflowRunId, number).toBe(run.runId);
  }
}

/**
 * Each recipient has each notice of the start once on record, and every one reached the mail server. A mail may have
 * gone twice where a worker died between the server's yes and the record of it, but then with the same Message-ID: that
 * is the only thing that may happen twice.
 */
async function checkNotices(set: ProcessSet, numbers: string[]): Promise<void> {
  const { rows: doubled } = await set.db.execute(sql`
    select order_number, template, recipient from notices group by 1, 2, 3 having count(*) > 1`);
  expect(doubled).toEqual([]);
  const rows = await set.db.select().from(notices);
  for (const number of numbers) {
    const own = rows.filter(({ orderNumber }) => orderNumber === number);
    expect(own.filter(({ template }) => template === 'orderReceived')).toHaveLength(1);
    expect(own.filter(({ template }) => template === 'departmentsTold').length).toBeGreaterThanOrEqual(4);
  }
  expect([...new Set(rows.map(({ state }) => state))]).toEqual(['delivered']);
  const sent = new Set((await set.mailbox.messages()).map(({ messageId }) => messageId));
  expect(sent).toEqual(new Set(rows.map(({ messageId }) => messageId)));
}
