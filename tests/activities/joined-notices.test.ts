import { eq, inArray } from 'drizzle-orm';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Channels, closeChannels, createChannels } from '../../activities/adapters/channels.js';
import { createNotify } from '../../activities/notify.js';
import { createLinks } from '../../app/links.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { incidentOrders, incidents, notices } from '../../db/schema/index.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';
import { startFickleServer } from './fickle-server.js';
import { INCIDENT, recordIncident } from './incident-notice-record.js';
import { NUMBER as ORDER, recordOrder } from './notice-record.js';

const OTHER = 'IN-20261124-0002';
const THIRD = 'IN-20261124-0003';
const START = Date.parse('2026-11-24T01:31:00.000Z');
const MINUTE = 60_000;
let clockMs = START;
const now = () => new Date(clockMs);
let database: TestDatabase;
let db: Database;
let server: Awaited<ReturnType<typeof startFickleServer>>;
let channels: Channels;
let notify: ReturnType<typeof createNotify>;
let made = 0;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.appUrl, 4);
  server = await startFickleServer();
  await recordOrder(db);
  await recordIncident(db);
  const [first] = await db.select().from(incidents).where(eq(incidents.number, INCIDENT));
  if (!first) throw new Error('recordIncident wrote none');
  for (const number of [OTHER, THIRD]) {
    await db.insert(incidents).values({ ...first, number });
    await db
      .insert(incidentOrders)
      .values({ incident: number, order: ORDER, because: 'reported', at: first.createdAt });
  }
  channels = createChannels({ smtpUrl: server.url, mailFrom: 'Redmark <orders@redmark.local>' }, now);
  const links = createLinks('a secret of at least thirty-two characters', 'https://orders.example.com');
  notify = createNotify({ db, channels, links, log: pino({ level: 'silent' }), zone: 'Asia/Shanghai', now });
});
beforeEach(async () => {
  clockMs = START;
  server.taken.length = 0;
  await db.delete(notices);
  await db
    .update(incidents)
    .set({ parent: null })
    .where(inArray(incidents.number, [OTHER, THIRD]));
});
afterAll(async () => {
  if (channels) closeChannels(channels);
  await server?.stop();
  await db?.$client.end();
  await database?.drop();
});

/** A letter of an incident to the order's customer, as its record step writes it. */
async function queue(incident: string): Promise<string> {
  made += 1;
  const step = `incident/${incident}/step/${made}`;
  await db.insert(notices).values({
    key: `${step}/tell-customers/customer:C-0001`,
    step,
    incidentNumber: incident,
    recipient: 'customer:C-0001',
    template: 'playbookNotice',
    facts: { step: 'tell-customers', audience: 'customers', orders: [ORDER] },
    state: 'queued',
    createdAt: now().toISOString(),
  });
  return step;
}

async function stateOf(step: string) {
  const [row] = await db.select().from(notices).where(eq(notices.step, step));
  return row;
}

describe('a customer of one order that two incidents concern', () => {
  it('has one letter of both, whichever leaves first, though both leave at one moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      server.taken.length = 0;
      await db.delete(notices);
      const steps = [await queue(INCIDENT), await queue(OTHER)];
      await Promise.all(steps.map((step) => notify({ step })));
      expect(server.taken).toHaveLength(1);
      expect(server.taken[0]?.text).toContain('另外请您知悉');
      const states = await Promise.all(steps.map(stateOf));
      expect(states.map((row) => row?.state).sort()).toEqual(['delivered', 'joined']);
      const carrier = states.find((row) => row?.state === 'delivered');
      expect(states.find((row) => row?.state === 'joined')?.joinedTo).toBe(carrier?.key);
    }
  });

  it('hears of the second one an hour after the first, with what has come by then', async () => {
    await notify({ step: await queue(INCIDENT) });
    clockMs += 10 * MINUTE;
    const second = await queue(OTHER);
    const heldUntil = new Date(START + 60 * MINUTE).toISOString();
    expect(await notify({ step: second })).toEqual({ sent: 0, failed: [], heldUntil });
    clockMs += 10 * MINUTE;
    const third = await queue(THIRD);
    expect(await notify({ step: third })).toMatchObject({ heldUntil });
    expect(server.taken).toHaveLength(1);
    clockMs = START + 61 * MINUTE;
    expect(await notify({ step: third })).toEqual({ sent: 1, failed: [] });
    expect(await notify({ step: second })).toEqual({ sent: 0, failed: [] });
    expect(server.taken).toHaveLength(2);
    expect(await stateOf(second)).toMatchObject({ state: 'joined', joinedTo: (await stateOf(third))?.key });
  });

  it('hears at once where people are in danger', async () => {
    await notify({ step: await queue(INCIDENT) });
    await db
      .update(incidents)
      .set({ facts: { peopleInDanger: true } })
      .where(eq(incidents.number, OTHER));
    expect(await notify({ step: await queue(OTHER) })).toEqual({ sent: 1, failed: [] });
    await db.update(incidents).set({ facts: {} }).where(eq(incidents.number, OTHER));
    expect(server.taken).toHaveLength(2);
  });

  it('hears of a storm once, from the parent, and from none of its children', async () => {
    await db
      .update(incidents)
      .set({ parent: INCIDENT })
      .where(inArray(incidents.number, [OTHER, THIRD]));
    const parent = await queue(INCIDENT);
    const children = [await queue(OTHER), await queue(THIRD)];
    await Promise.all([...children, parent].map((step) => notify({ step })));
    clockMs += 3 * 60 * MINUTE;
    await notify({ step: await queue(OTHER) });
    expect(server.taken).toHaveLength(1);
    const states = await db.select({ state: notices.state }).from(notices);
    expect(states.map(({ state }) => state).sort()).toEqual(['delivered', 'joined', 'joined', 'joined']);
  });
});
