import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { audit, commands, orders } from '../../db/schema/index.js';
import { actUntilDone, allOk, postUntilAnswered, urgentOrder } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';

// The narrow moments that a storm seldom hits: each is held open by a lock or a frozen part, and the kill falls in it.
let set: ProcessSet;
beforeAll(async () => {
  set = await createProcessSet({ without: ['watchman'] });
});
afterAll(() => set?.stop());

const ordersOf = (buyer: string) => set.db.select().from(orders).where(eq(orders.customerReference, buyer));
const auditOf = async (number: string) =>
  (await set.db.select().from(audit).where(eq(audit.subject, number)).orderBy(audit.seq)).map(
    ({ action }) => action,
  );

async function begin(buyer: string): Promise<string> {
  const { body } = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder(buyer));
  const number = String(body.number);
  await waitUntil(async () => (await auditOf(number)).includes('begin'), { withinMs: 30_000 });
  return number;
}

/** Holds an order's row, runs `inside` once somebody waits for it, and lets go. */
async function whileRowIsHeld(
  number: string,
  begun: () => unknown,
  inside: () => Promise<void>,
): Promise<void> {
  await set.db.transaction(async (tx) => {
    await tx.select().from(orders).where(eq(orders.number, number)).for('update');
    begun();
    await waitUntil(
      async () => {
        const { rows } = await set.db.execute(
          sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%update "orders"%'`,
        );
        return rows.length > 0;
      },
      { withinMs: 20_000, what: 'a record transaction that waits for the row' },
    );
    await inside();
  });
}

it('the API dies between commit and answer: the order is kept, and the same request gets its number', async () => {
  // With Temporal frozen the answer comes 300 ms after the commit: time enough to see the order and kill.
  for (let attempt = 1; ; attempt += 1) {
    const buyer = `cut-off-${attempt}`;
    const key = `key-${buyer}`;
    set.signal('temporal', 'SIGSTOP');
    const cut = set.request('client', 'POST', '/v1/orders', { body: urgentOrder(buyer), key }).then(
      () => 'answered',
      () => 'cut off',
    );
    const [kept] = await waitUntil(
      async () => {
        const rows = await ordersOf(buyer);
        return rows.length > 0 && rows;
      },
      { everyMs: 5 },
    );
    await set.kill('api');
    set.signal('temporal', 'SIGCONT');
    await set.start('api');
    if ((await cut) === 'answered') {
      expect(attempt, 'no kill came before the answer').toBeLessThan(5);
      continue;
    }
    const again = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder(buyer), { key });
    expect(again).toMatchObject({ status: 201, body: { number: kept?.number } });
    expect(await ordersOf(buyer)).toHaveLength(1);
    await waitUntil(async () => (await auditOf(kept?.number ?? '')).includes('begin'), { withinMs: 30_000 });
    expect(await auditOf(kept?.number ?? '')).toEqual(['accept', 'begin']);
    return;
  }
});

it('the worker dies inside a record transaction: it is there whole or not at all, and in the end once', async () => {
  const number = await begin('inside');
  const task = `${number}.evaluate.quality`;
  let evaluated: Promise<void> | undefined;
  await whileRowIsHeld(
    number,
    () => {
      evaluated = actUntilDone(set, 'quality', `/v1/tasks/${task}/complete`, allOk);
    },
    () => set.kill('worker'),
  );
  // PostgreSQL may carry out the one statement of a client that has died, once the row is free.
  await set.start('worker');
  await evaluated;
  expect(await auditOf(number)).toEqual(['accept', 'begin', 'evaluate']);
});

it('the worker dies after the commit, before Temporal hears of it: the step is answered from the record, not repeated', async () => {
  const number = await begin('after');
  const task = `${number}.evaluate.sales`;
  let evaluated: Promise<void> | undefined;
  await whileRowIsHeld(
    number,
    () => {
      evaluated = actUntilDone(set, 'sales', `/v1/tasks/${task}/complete`, allOk);
    },
    async () => set.signal('temporal', 'SIGSTOP'),
  );
  await waitUntil(async () => (await auditOf(number)).includes('evaluate'), { withinMs: 20_000 });
  await set.kill('worker');
  set.signal('temporal', 'SIGCONT');
  await set.start('worker');
  await evaluated;
  expect(await auditOf(number)).toEqual(['accept', 'begin', 'evaluate']);
  const [row] = await set.db.select().from(orders).where(eq(orders.number, number));
  expect(row?.resume?.version).toBe(row?.stateVersion);

  // And it goes on from there.
  for (const department of ['manufacturing', 'technical', 'quality'] as const) {
    await actUntilDone(set, department, `/v1/tasks/${number}.evaluate.${department}/complete`, allOk);
  }
  expect((await set.request('vp', 'GET', `/v1/orders/${number}`)).body).toMatchObject({ phase: 'proposing' });
});

it('PostgreSQL dies inside a record transaction: the workflow waits for it and does the step once', async () => {
  const number = await begin('postgres');
  const task = `${number}.evaluate.technical`;
  let evaluated: Promise<void> | undefined;
  const held = whileRowIsHeld(
    number,
    () => {
      evaluated = actUntilDone(set, 'technical', `/v1/tasks/${task}/complete`, allOk);
    },
    () => set.kill('postgres'),
  );
  // The test's own transaction dies with the server.
  await expect(held).rejects.toThrow();
  await set.start('postgres');
  await evaluated;
  expect(await auditOf(number)).toEqual(['accept', 'begin', 'evaluate']);
});

it('Temporal dies with orders accepted while it is away: they are started when it is back, once', async () => {
  await set.kill('temporal');
  const numbers: string[] = [];
  for (const buyer of ['away-1', 'away-2', 'away-3']) {
    const began = Date.now();
    const { status, body } = await set.request('client', 'POST', '/v1/orders', { body: urgentOrder(buyer) });
    expect(status).toBe(201);
    expect(Date.now() - began).toBeLessThan(2_000);
    numbers.push(String(body.number));
  }
  const pending = await set.db.select().from(commands).where(eq(commands.state, 'pending'));
  expect(pending.map(({ target }) => target).sort()).toEqual(numbers.map((number) => `order/${number}`));
  await set.start('temporal');
  for (const number of numbers) {
    await waitUntil(async () => (await auditOf(number)).includes('begin'), {
      withinMs: 60_000,
      what: number,
    });
    expect(await auditOf(number)).toEqual(['accept', 'begin']);
  }
});
