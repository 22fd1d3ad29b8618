import { inArray } from 'drizzle-orm';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { deadlineInstants, deadlines, notices, people } from '../../db/schema/index.js';
import type { Policy } from '../../domain/policy/shape.js';
import { postUntilAnswered, urgentOrder } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';

// Real processes. The tests come in the order of an outage: the worker stops, then Temporal too, then both are back.
let set: ProcessSet;
const numbers: string[] = [];
/** Of an order and of an incident, the two deadlines that it begins with. */
const FIRST = { SO: ['evaluation', 'confirmation'], IN: ['acknowledge', 'confirm'] };
const firstOf = (number: string) => FIRST[number.slice(0, 2) as keyof typeof FIRST];

beforeAll(async () => {
  set = await createProcessSet();
  const { body } = await set.request('orderManager', 'GET', '/v1/policy');
  const { revision, policy } = body as { revision: number; policy: Policy };
  const inSeconds: Policy = {
    ...policy,
    deadlines: {
      ...policy.deadlines,
      urgent: {
        ...policy.deadlines.urgent,
        evaluation: { elapsed: 'PT4S' },
        confirmation: { elapsed: 'PT6S' },
      },
      level3: {
        ...policy.deadlines.level3,
        acknowledge: { elapsed: 'PT4S' },
        confirm: { elapsed: 'PT6S' },
      },
    },
    ladder: {
      ...policy.ladder,
      urgent: { ...policy.ladder.urgent, step: { elapsed: 'PT2S' }, repeat: 1 },
      level3: { ...policy.ladder.level3, step: { elapsed: 'PT2S' }, repeat: 1 },
    },
  };
  const put = await set.request('orderManager', 'PUT', '/v1/policy', {
    body: { revision, policy: inSeconds },
  });
  expect(put.status).toBe(200);
});
afterAll(() => set?.stop());

type Warning = { code: string; detail: string };
const readiness = async () =>
  (await set.request('client', 'GET', '/health/ready')).body as { status: string; warnings: Warning[] };
const overdue = async () => (await readiness()).warnings.find(({ code }) => code === 'instants-overdue');
const instantsOf = async (number: string) => {
  const ids = firstOf(number).map((kind) => `${number}.${kind}`);
  return set.db.select().from(deadlineInstants).where(inArray(deadlineInstants.deadlineId, ids));
};

/** The watchman's mails to ops so far. */
async function alarms() {
  const ops = (await set.db.select().from(people)).filter(({ roles }) => roles.includes('ops'));
  const addresses = ops.map(({ email }) => email);
  return (await set.mailbox.messages()).filter(
    ({ to, subject }) => addresses.includes(to) && subject.startsWith('值守报警'),
  );
}

async function order(buyer: string): Promise<string> {
  const { status, body } = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder(buyer));
  expect(status).toBe(201);
  const number = String(body.number);
  numbers.push(number);
  return number;
}

/** An incident that nobody will answer, reported by a monitor of ours: no API is asked. */
async function incident(summary: string): Promise<string> {
  const log = pino({ level: 'silent' });
  const ctx = { db: set.db, temporal: set.client, log, publicUrl: set.origin, now: () => new Date() };
  const { number } = await reportIncident(ctx, {
    principal: { kind: 'client', id: 'demo-shop', credentialId: 'dev-client', credential: 'key' },
    body: { type: 'order-error', summary, severity: 3 },
  });
  numbers.push(number);
  return number;
}

it('while all is well an order climbs its ladder and nobody calls ops', async () => {
  const number = await order('well');
  const rungs = await waitUntil(
    async () => {
      const planned = (await instantsOf(number)).filter(({ kind }) => kind === 'rung');
      return planned.length === 12 && planned.every(({ state }) => state !== 'planned') && planned;
    },
    { withinMs: 60_000, what: 'the end of both ladders' },
  );
  expect(rungs.filter(({ state }) => state === 'fired').map(({ role }) => role)).toContain('generalManager');
  expect(await overdue()).toBeUndefined();
  expect(await alarms()).toEqual([]);
});

it('the worker stops, and then Temporal: what passes is in the health answer, and ops get it by mail', async () => {
  await set.end('worker');
  const started = [await order('without-worker'), await incident('without-worker')];
  await set.kill('temporal');
  const kept = [await order('without-temporal'), await incident('without-temporal')];

  const warning = await waitUntil(
    async () => {
      const found = await overdue();
      return kept.every((number) => found?.detail.includes(number)) && found;
    },
    { withinMs: 90_000, everyMs: 500, what: 'the warning' },
  );
  for (const number of started) expect(warning?.detail).toContain(number);
  expect(warning?.detail).toMatch(/^\d+ planned instants? passed and did not fire, the oldest since 20/);
  expect((await readiness()).status).toBe('degraded');

  const told = await waitUntil(
    async () => {
      const mails = await alarms();
      const text = mails.map((mail) => mail.text).join('\n');
      const first = [...started, ...kept].map((number) => `${number}.${firstOf(number)[0]}`);
      return first.every((deadline) => text.includes(deadline)) && mails;
    },
    { withinMs: 120_000, everyMs: 500, what: 'the mails to ops' },
  );
  expect(told.map(({ text }) => text).join('\n')).toContain('.acknowledge · 订单错误 · 突发情况受理');
  expect(new Set(told.map(({ messageId }) => messageId)).size).toBe(told.length);
});

it('each instant is reported once: every mail tells of others, and is on record', async () => {
  const reported = await waitUntil(
    async () => {
      const rows = (await Promise.all(numbers.slice(1).map(instantsOf))).flat();
      return rows.every(({ reportedAt }) => reportedAt !== null) && rows;
    },
    { withinMs: 90_000, everyMs: 500, what: 'the last of the six instants of each' },
  );
  expect(reported).toHaveLength(24);
  const looks = new Set(reported.map(({ reportedAt }) => reportedAt));
  const mails = await waitUntil(async () => {
    const sent = await alarms();
    return sent.length >= looks.size && sent;
  });
  expect(mails).toHaveLength(looks.size);
  const rows = (await set.db.select().from(notices)).filter(({ template }) => template === 'watchmanAlarm');
  expect(rows.map(({ state, recipient }) => ({ state, recipient }))).toEqual(
    mails.map(() => ({ state: 'delivered', recipient: 'ops' })),
  );
});

it('Temporal and a worker are back: every instant is settled, and the warning is gone by itself', async () => {
  const before = await alarms();
  await set.start('temporal');
  await set.start('worker');
  await waitUntil(async () => (await overdue()) === undefined, {
    withinMs: 60_000,
    everyMs: 500,
    what: 'the end of the warning',
  });
  for (const number of numbers.slice(1)) {
    const rows = await instantsOf(number);
    const due = rows.filter(({ kind }) => kind === 'breach');
    expect(due.map(({ state }) => state)).toEqual(['fired', 'fired']);
    // Of what had passed the highest rung was sent, the lower ones are superseded; none of it twice.
    const rungs = rows.filter(
      ({ kind, deadlineId }) => kind === 'rung' && deadlineId === `${number}.${firstOf(number)[0]}`,
    );
    expect(rungs.filter(({ state }) => state === 'fired')).toHaveLength(1);
    expect(rungs.filter(({ state }) => state === 'superseded')).toHaveLength(rungs.length - 1);
    const breached = await set.db
      .select()
      .from(deadlines)
      .where(
        inArray(
          deadlines.id,
          due.map(({ deadlineId }) => deadlineId),
        ),
      );
    expect(breached.map(({ state }) => state)).toEqual(['breached', 'breached']);
  }
  expect((await alarms()).length).toBe(before.length);
});

it('a watchman that stops is missed by the health answer, and ends at once when asked to', async () => {
  const began = Date.now();
  await set.end('watchman');
  expect(Date.now() - began).toBeLessThan(2_000);
  await set.db.execute("update heartbeats set at = at - interval '2 minutes'");
  expect((await readiness()).warnings.map(({ code }) => code)).toContain('watchman-away');
  await set.start('watchman');
  await waitUntil(async () => !(await readiness()).warnings.some(({ code }) => code === 'watchman-away'));
});

it('a watchman survives PostgreSQL being away: it says so once, and looks again when it is back', async () => {
  await set.kill('postgres');
  const said = () => set.linesOf('watchman', 'cannot look');
  await waitUntil(async () => (await said()).length > 0, { withinMs: 30_000 });
  await set.start('postgres');
  await waitUntil(async () => (await set.linesOf('watchman', 'looking again')).length > 0, {
    withinMs: 30_000,
  });
  expect(await said()).toHaveLength(1);
  expect(await set.how('watchman')).toBeUndefined();
});
