import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listEndpoints } from '../../app/facts/endpoints.js';
import { listPayments } from '../../app/facts/list-payments.js';
import { listPurchaseOrders } from '../../app/facts/list-purchase-orders.js';
import { listShipments } from '../../app/facts/list-shipments.js';
import { listStock } from '../../app/facts/list-stock.js';
import { listSuppliers } from '../../app/facts/list-suppliers.js';
import { listOrders } from '../../app/list-orders.js';
import type { Principal } from '../../app/principal.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { findAffectedOrders } from '../../db/queries/affected-orders.js';
import { ENDED_SHIPMENTS } from '../../domain/logistics/shape.js';
import { ROLES } from '../../domain/roles/shape.js';
import { mailAddressSchema, phoneSchema } from '../../domain/text/shape.js';
import type { PartAddresses } from '../../local/demo/demo-endpoints.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const tokens = Object.fromEntries(['client', ...ROLES].map((role) => [role, `dev-${role}`])) as DemoTokens;
const parts: PartAddresses = {
  api: 'http://127.0.0.1:7300',
  mailbox: 'http://127.0.0.1:7301',
  temporal: '127.0.0.1:7233',
  database: 'postgres://redmark_app:s%2Fecret@127.0.0.1:5433/redmark',
};
const viewer: Principal = {
  kind: 'person',
  id: 'wu.lei',
  name: '吴磊',
  roles: ['orderManager'],
  department: 'management',
  credentialId: 'x',
  credential: 'token',
};
const page = { limit: 200 };
const now = () => new Date();

let database: TestDatabase;
let db: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 2);
  await loadDemo({ databaseUrl: database.url, tokens, parts });
});
afterAll(async () => {
  await db?.$client.end();
  await database?.drop();
});

describe('around its orders the demonstration has', () => {
  it('twelve suppliers; each bought product has two to four of them, and two have a single one', async () => {
    const { items } = await listSuppliers(db, viewer, page);
    expect(items).toHaveLength(12);
    for (const { email, phone } of items) {
      // As the API would store them; no mail can leave.
      expect(mailAddressSchema.parse(email)).toBe(email);
      expect(phoneSchema.parse(phone)).toBe(phone);
      expect(email).toMatch(/\.example$/);
    }
    const sources = new Map<string, number>();
    for (const { sku } of items.flatMap(({ offers }) => offers)) {
      sources.set(sku, (sources.get(sku) ?? 0) + 1);
    }
    const counts = [...sources.values()];
    expect(counts.filter((count) => count === 1)).toHaveLength(2);
    expect(Math.max(...counts)).toBe(4);
    expect(sources.size).toBe(18);
  });

  it('stock in two warehouses, a few places under their reorder level', async () => {
    const { items } = await listStock(db, page);
    expect(new Set(items.map(({ warehouse }) => warehouse.name))).toEqual(new Set(['上海仓', '苏州仓']));
    const low = items.filter((one) => one.low).map(({ sku, warehouse }) => `${warehouse.id} ${sku}`);
    expect(low).toEqual(['WH-SH RM-BRG-6208', 'WH-SH RM-COUP-L4', 'WH-SZ RM-VISE-160', 'WH-SH RM-WPA-100']);
  });

  it('twenty purchase orders in every state, two of them overdue, and orders that wait for them', async () => {
    const { items } = await listPurchaseOrders({ db, now }, page);
    expect(items).toHaveLength(20);
    const states = new Set(items.map(({ state }) => state));
    expect(states).toEqual(new Set(['ordered', 'confirmed', 'partlyReceived', 'received']));
    const overdue = items.filter((one) => one.overdue);
    expect(overdue).toHaveLength(2);
    for (const { supplier } of overdue) {
      const affected = await findAffectedOrders(db, { by: 'supplier', keys: [supplier.id] });
      expect(affected).toHaveLength(1);
    }
  });

  it('fifteen shipments with scans: delivered, under way, one silent, one not fetched', async () => {
    const { items } = await listShipments({ db, now }, page);
    expect(items).toHaveLength(15);
    expect(items.filter(({ status }) => status === 'signedFor')).toHaveLength(6);
    expect(items.filter((one) => one.overdue)).toHaveLength(1);
    const unfetched = items.filter(({ status, pickupBy }) => status === 'booked' && pickupBy);
    expect(unfetched).toHaveLength(1);
    expect(unfetched[0]?.pickupBy && unfetched[0].pickupBy < now().toISOString()).toBe(true);
  });

  it('payments, and normal orders that start no process', async () => {
    const payments = (await listPayments(db, page)).items;
    expect(payments).toHaveLength(16);
    expect(new Set(payments.map(({ state }) => state))).toEqual(
      new Set(['pending', 'failed', 'succeeded', 'refunded']),
    );
    const orders = (await listOrders(db, viewer, page)).items;
    expect(orders).toHaveLength(21);
    expect(new Set(orders.map((order) => order.class))).toEqual(new Set(['normal']));
    const { rows } = await db.$client.query(`select distinct kind, state from commands`);
    expect(rows).toEqual([{ kind: 'record', state: 'done' }]);
    const closed = orders.filter(({ phase }) => phase === 'closed');
    const delivered = (await listShipments({ db, now }, page)).items.filter(({ status }) =>
      (ENDED_SHIPMENTS as readonly string[]).includes(status),
    );
    expect(closed.map(({ number }) => number).sort()).toEqual(delivered.map(({ order }) => order).sort());
    // Today's numbers are left to today's orders.
    const today = orders.filter(
      ({ receivedAt }) => receivedAt.slice(0, 10) === now().toISOString().slice(0, 10),
    );
    expect(today).toEqual([]);
  });

  it('its own four parts to be probed, without their passwords, at the addresses of this start', async () => {
    const shown = async () => (await listEndpoints(db, page)).items.map(({ id, address }) => [id, address]);
    expect(await shown()).toEqual([
      ['mailbox', 'http://127.0.0.1:7301'],
      ['postgresql', 'postgres://127.0.0.1:5433'],
      ['redmark-api', 'http://127.0.0.1:7300/health/live'],
      ['temporal', 'tcp://127.0.0.1:7233'],
    ]);
    await loadDemo({ databaseUrl: database.url, tokens, parts: { ...parts, api: 'http://127.0.0.1:7400' } });
    expect(await shown()).toContainEqual(['redmark-api', 'http://127.0.0.1:7400/health/live']);
    expect((await listSuppliers(db, viewer, page)).items).toHaveLength(12);
  });
});
