import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type { TimelineEntry } from '../../contracts/http-records.js';
import { MILESTONES } from '../../domain/order/shape.js';
import type { Policy } from '../../domain/policy/shape.js';
import { demoPeople } from '../../local/demo/demo-people.js';
import type { Message } from '../../local/mail/mail-store.js';
import { actUntilDone, allOk, postUntilAnswered, urgentOrder } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';

// Real servers, real processes, real mail; nothing but HTTP, the mailbox and Temporal's own command line.
let set: ProcessSet;
beforeAll(async () => {
  set = await createProcessSet();
});
afterAll(() => set?.stop());

type Order = { phase: string; class: string; red: boolean; grade: number; breached: boolean } & Record<
  string,
  unknown
>;

const mailOf = (id: string) => String(demoPeople.find((person) => person.id === id)?.email);
const orderOf = async (number: string) =>
  (await set.request('client', 'GET', `/v1/orders/${number}`)).body as Order;

async function accept(buyer: string): Promise<string> {
  const { status, body } = await postUntilAnswered(set, 'client', '/v1/orders', urgentOrder(buyer));
  expect(status).toBe(201);
  return String(body.number);
}

/** The whole timeline, page by page, as the order manager sees it. */
async function timelineOf(number: string): Promise<TimelineEntry[]> {
  const entries: TimelineEntry[] = [];
  for (let cursor = ''; ; ) {
    const path = `/v1/orders/${number}/timeline?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`;
    const { items, next } = (await set.request('orderManager', 'GET', path)).body;
    entries.push(...(items as TimelineEntry[]));
    if (typeof next !== 'string') return entries;
    cursor = next;
  }
}

/** Waits for a mail to somebody about an order. */
const mailTo = (address: string, number: string, saying: RegExp): Promise<Message> =>
  waitUntil(
    async () =>
      (await set.mailbox.messages()).find(
        ({ to, subject, text }) =>
          to.includes(address) && subject.includes(number) && saying.test(subject + text),
      ),
    { withinMs: 30_000, what: `a mail to ${address} about ${number} with ${saying}` },
  );

const linkIn = ({ text }: Message) => String(/http:\/\/127\.0\.0\.1:\d+\/t\/\S+/.exec(text)?.[0]);

it('an order is evaluated, signed from Temporal’s command line, carried out, confirmed by the customer, and told whole', async () => {
  const customer = 'story@buyers.example';
  const number = await accept('story');
  expect(await orderOf(number)).toMatchObject({ class: 'urgent', red: true, phase: 'evaluating' });
  await mailTo(customer, number, /./);

  for (const department of ['sales', 'manufacturing', 'technical', 'quality'] as const) {
    const path = `/v1/tasks/${number}.evaluate.${department}`;
    await waitUntil(async () => (await set.request(department, 'GET', path)).status === 200);
    expect((await set.request(department, 'GET', path)).body).toMatchObject({
      state: 'open',
      mayComplete: true,
    });
    await actUntilDone(set, department, `${path}/complete`, allOk);
  }
  await actUntilDone(set, 'manufacturing', `/v1/tasks/${number}.measure.manufacturing/complete`, {
    option: 'overtime',
  });
  expect(await orderOf(number)).toMatchObject({ phase: 'signing', confirmedAt: null });
  await mailTo(mailOf('lin.guodong'), number, /签字/);

  await promisify(execFile)(inject('services').binaries.temporal, [
    ...[
      'workflow',
      'signal',
      '--address',
      set.temporal,
      '--workflow-id',
      `order/${number}`,
      '--name',
      'signOff',
    ],
    ...['--input', JSON.stringify({ by: mailOf('lin.guodong'), decision: 'approve', note: '同意' })],
  ]);
  await waitUntil(async () => (await orderOf(number)).phase === 'executing', { withinMs: 20_000 });
  expect((await set.request('vp', 'GET', `/v1/orders/${number}`)).body).toMatchObject({
    confirmedBy: { id: 'lin.guodong' },
    proposal: { state: 'approved', credential: 'temporal', note: '同意' },
  });
  const confirmation = await mailTo(customer, number, /林国栋/);
  expect(confirmation.text).toContain('林国栋');

  for (const milestone of MILESTONES) {
    const by = milestone === 'inspect' ? 'quality' : 'orderManager';
    await actUntilDone(set, by, `/v1/orders/${number}/progress`, { milestone });
  }
  const question = await mailTo(customer, number, /请您确认|是否收到|确认收货/);
  const page = await fetch(linkIn(question));
  expect(page.status).toBe(200);
  expect((await orderOf(number)).phase).toBe('delivering');
  const hidden = (await page.text()).matchAll(/<input type="hidden" name="(\w+)" value="([^"]*)"/g);
  const fields = [...hidden].map(([, name, value]): [string, string] => [String(name), String(value)]);
  expect(fields.map(([name]) => name)).toContain('nonce');
  const answer = await fetch(linkIn(question), {
    method: 'POST',
    body: new URLSearchParams([...fields, ['received', 'true'], ['confirmedBy', '王工'], ['words', '完好']]),
  });
  expect(answer.status).toBe(200);
  await waitUntil(async () => (await orderOf(number)).phase === 'closed', { withinMs: 20_000 });
  expect(await orderOf(number)).toMatchObject({ endReason: 'confirmedByCustomer', breached: false });

  const timeline = await timelineOf(number);
  const happened = timeline.filter(({ source }) => source === 'audit').map(({ what }) => what);
  expect(happened).toEqual([
    ...['accept', 'begin', 'evaluate', 'evaluate', 'evaluate', 'evaluate', 'measure', 'signOff'],
    ...MILESTONES.map(() => 'recordProgress'),
    'customerContact',
  ]);
  const instants = timeline.map(({ at }) => at);
  expect(instants).toEqual([...instants].sort());
  // The customer's letters: received, confirmed, shipped, the question; and not one of them twice.
  const letters = (await set.mailbox.messages()).filter(({ to }) => to === customer);
  expect(letters).toHaveLength(4);
  expect(new Set(letters.map(({ subject }) => subject)).size).toBe(4);
  expect(letters.every(({ subject, html }) => subject.includes('▮') || html.includes('▮'))).toBe(true);
  const { status } = await set.client.workflow.getHandle(`order/${number}`).describe();
  expect(status.name).toBe('COMPLETED');
});

it('an order left alone climbs the ladder to the general manager by itself; it is never confirmed', async () => {
  const { revision, policy } = (await set.request('orderManager', 'GET', '/v1/policy')).body as {
    revision: number;
    policy: Policy;
  };
  const inSeconds: Policy = {
    ...policy,
    deadlines: {
      ...policy.deadlines,
      urgent: { ...policy.deadlines.urgent, evaluation: { elapsed: 'PT6S' } },
    },
    ladder: { ...policy.ladder, urgent: { step: { elapsed: 'PT2S' }, repeat: 1 } },
  };
  expect(
    (await set.request('orderManager', 'PUT', '/v1/policy', { body: { revision, policy: inSeconds } }))
      .status,
  ).toBe(200);
  const number = await accept('alone');
  const rungs = async () =>
    (await timelineOf(number)).filter(
      ({ what, detail }) => what.startsWith('rung.') && detail.deadline === `${number}.evaluation`,
    );
  const climbed = await waitUntil(
    async () => {
      const found = await rungs();
      return found.length === 6 && found;
    },
    { withinMs: 60_000, what: 'the whole ladder' },
  );
  const roles = ['departmentHead', 'teamLead', 'orderManager', 'vp', 'generalManager', 'generalManager'];
  expect(climbed.map(({ detail }) => detail.role)).toEqual(roles);
  // Each is settled once, in its order; a slow machine may let a higher one speak for a lower.
  expect(climbed.every(({ what }) => what === 'rung.fired' || what === 'rung.superseded')).toBe(true);
  expect(climbed.at(-1)).toMatchObject({
    what: 'rung.fired',
    detail: { reached: [{ person: 'qian.hongling', why: 'generalManager' }] },
  });
  await mailTo(mailOf('qian.hongling'), number, /超期|上报/);
  expect((await timelineOf(number)).map(({ what }) => what)).toEqual(
    expect.arrayContaining(['warning.fired', 'breach.fired']),
  );
  const order = await orderOf(number);
  expect(order).toMatchObject({
    phase: 'evaluating',
    breached: true,
    confirmedAt: null,
    promisedDelivery: null,
  });
  const toCustomer = (await set.mailbox.messages()).filter(({ to }) => to === 'alone@buyers.example');
  expect(toCustomer).toHaveLength(1);
});
