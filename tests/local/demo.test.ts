import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findTokenHash } from '../../app/hash-token.js';
import { loadRules } from '../../app/load-rules.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { credentials, customers, people, products } from '../../db/schema/index.js';
import { LEAD_TIME_KINDS, TIERS } from '../../domain/assessment/shape.js';
import { DEPARTMENTS, ROLES } from '../../domain/roles/shape.js';
import { chooseTeam } from '../../domain/team/choose-team.js';
import { mailAddressSchema, phoneSchema } from '../../domain/text/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const tokensOf = (suffix: string) =>
  Object.fromEntries(['client', ...ROLES].map((role) => [role, `dev-${role}-${suffix}`])) as DemoTokens;

let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 2);
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

const dump = async () => ({
  people: await db.select().from(people).orderBy(people.id),
  products: await db.select().from(products).orderBy(products.sku),
  customers: await db.select().from(customers).orderBy(customers.id),
  credentials: await db.select().from(credentials).orderBy(credentials.id),
});

describe('the demonstration', () => {
  it('fills an empty company: 30 products of five kinds, 20 customers in tiers, a head for each department', async () => {
    const outcome = await loadDemo({ databaseUrl: database.url, tokens: tokensOf('one') });
    expect(outcome).toEqual({ loaded: true, withoutHolder: [] });
    const loaded = await dump();
    expect(loaded.products).toHaveLength(30);
    expect(new Set(loaded.products.map((p) => p.leadTimeKind))).toEqual(new Set(LEAD_TIME_KINDS));
    expect(loaded.products.filter((p) => p.discontinued)).toHaveLength(2);
    expect(loaded.products.find((p) => p.sku === 'RM-SHAFT-45')).toMatchObject({
      leadTimeKind: 'standardToOrder',
      priceMinor: 128_000,
      currency: 'CNY',
    });
    expect(loaded.customers).toHaveLength(20);
    expect(new Set(loaded.customers.map((c) => c.tier))).toEqual(new Set(TIERS));
    const sales = loaded.people.filter((p) => p.roles.includes('sales')).map((p) => p.id);
    for (const customer of loaded.customers) {
      expect(sales).toContain(customer.salesOwnerId);
      expect(customer.clientId).toBe('demo-shop');
      // As the API would store them, so that an order with the same address finds its customer.
      expect(mailAddressSchema.parse(customer.email)).toBe(customer.email);
      expect(phoneSchema.parse(customer.phone)).toBe(customer.phone);
    }
    const headed = loaded.people.filter((p) => p.head).map((p) => p.department);
    expect(headed.sort()).toEqual([...DEPARTMENTS, 'management'].sort());
    expect(loaded.people.find((p) => p.department === 'management' && p.head)?.roles).toEqual(['vp']);
  });

  it('gives each role a token of a person who holds it, the head for a department, and stores only hashes', async () => {
    const staff = new Map((await dump()).people.map((person) => [person.id, person]));
    for (const role of ROLES) {
      const hash = findTokenHash(`dev-${role}-one`);
      const [row] = await db.select().from(credentials).where(eq(credentials.tokenHash, hash));
      const holder = staff.get(row?.personId ?? '');
      expect(row).toMatchObject({ kind: 'token', role, clientId: null });
      expect(holder?.roles).toContain(role);
      if ((DEPARTMENTS as readonly string[]).includes(role))
        expect(holder).toMatchObject({ head: true, department: role });
    }
    const [key] = await db
      .select()
      .from(credentials)
      .where(eq(credentials.tokenHash, findTokenHash('dev-client-one')));
    expect(key).toMatchObject({ kind: 'key', clientId: 'demo-shop', personId: null });
  });

  it('changes nothing at a second start, and brings back nothing that people changed', async () => {
    await db.update(people).set({ name: '周小敏' }).where(eq(people.id, 'zhou.min'));
    await db.delete(products).where(eq(products.sku, 'RM-VISE-160'));
    const before = await dump();
    expect(await loadDemo({ databaseUrl: database.url, tokens: tokensOf('one') })).toMatchObject({
      loaded: false,
    });
    expect(await dump()).toEqual(before);
  });

  it('replaces a token that changed, and the old one opens nothing', async () => {
    const before = await dump();
    await loadDemo({ databaseUrl: database.url, tokens: { ...tokensOf('one'), vp: 'dev-vp-two' } });
    const after = await dump();
    const vp = after.credentials.find((row) => row.role === 'vp');
    expect(vp?.tokenHash).toBe(findTokenHash('dev-vp-two'));
    expect(after.credentials.filter((row) => row.role !== 'vp')).toEqual(
      before.credentials.filter((row) => row.role !== 'vp'),
    );
  });

  it('publishes revision 1 with sign-off by link, and can name a team of seven', async () => {
    const { revision, policy, calendar } = await loadRules(db);
    expect(revision).toBe(1);
    expect(policy.signOff).toEqual({ roles: ['vp'], bySignal: true, byLink: true });
    expect(calendar.zone).toBe('Asia/Shanghai');
    const staff = (await dump()).people.map((person) => ({ ...person, load: 0 }));
    const { team, missing } = chooseTeam({ people: staff });
    expect(missing).toEqual([]);
    expect(Object.keys(team)).toHaveLength(7);
  });

  it('leaves a company that has people of its own as it is', async () => {
    const own = await createTestDatabase();
    const ownDb = connectDatabase(own.url, 1);
    try {
      await ownDb.insert(people).values({
        id: 'a',
        name: 'A',
        email: 'a@own.example',
        department: 'sales',
        roles: ['sales'],
        head: true,
      });
      const { loaded, withoutHolder } = await loadDemo({ databaseUrl: own.url, tokens: tokensOf('one') });
      expect(loaded).toBe(false);
      expect(withoutHolder).toEqual(ROLES.filter((role) => role !== 'sales'));
      expect(await ownDb.select().from(products)).toEqual([]);
      expect(await ownDb.select().from(people)).toHaveLength(1);
    } finally {
      await ownDb.$client.end();
      await own.drop();
    }
  });
});
