import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getPurchaseOrder } from '../../app/facts/list-purchase-orders.js';
import { listShipments } from '../../app/facts/list-shipments.js';
import { listStock } from '../../app/facts/list-stock.js';
import { listSuppliers } from '../../app/facts/list-suppliers.js';
import { ImportRefused } from '../../app/import-refused.js';
import type { Principal } from '../../app/principal.js';
import { runImport } from '../../cli/run-import.js';
import { findAffectedOrders } from '../../db/queries/affected-orders.js';
import { type ApiRig, goodOrder, startApiRig } from '../api/api-rig.js';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const TABLES = [
  'warehouses',
  'suppliers',
  'supplier_offers',
  'stock',
  'purchase_orders',
  'purchase_order_lines',
  'purchase_waits',
  'receipts',
  'shipments',
  'carrier_scans',
  'payments',
  'endpoints',
  'record_numbers',
  'audit',
];

let rig: ApiRig;
let order: string;
/** A copy of the fixtures, with the number of an order that is there, which a test may spoil. */
let folder: string;
beforeAll(async () => {
  rig = await startApiRig();
  order = (await rig.send({ method: 'POST', url: '/v1/orders', payload: goodOrder })).json().number;
});
afterAll(() => rig?.stop());
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redmark-facts-'));
  await cp(inProject('tests/cli/fixtures/facts'), join(folder, 'facts'), { recursive: true });
  for (const name of await readdir(join(folder, 'facts'))) await change(name, 'ORDER', order);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const pathOf = (name: string) => join(folder, 'facts', name);
async function change(name: string, from: string, to: string): Promise<void> {
  await writeFile(pathOf(name), (await readFile(pathOf(name), 'utf8')).replaceAll(from, to));
}
async function spoil(name: string, from: string, to: string): Promise<void> {
  expect(await readFile(pathOf(name), 'utf8')).toContain(from);
  await change(name, from, to);
}
const run = (...args: string[]) =>
  runImport({
    args: ['facts', ...args],
    calledIn: folder,
    env: { DATABASE_URL: String(rig.ctx.db.$client.options.connectionString) },
    runFile: join(folder, 'run.json'),
    shippedMappings: inProject('cli/mappings'),
  });
const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'was imported',
    (error: unknown) => (error instanceof ImportRefused ? error.message : Promise.reject(error)),
  );
const dump = async () =>
  Object.fromEntries(
    await Promise.all(
      TABLES.map(async (table) => {
        const { rows } = await rig.ctx.db.$client.query(`select * from ${table} order by 1, 2, 3`);
        return [table, rows] as const;
      }),
    ),
  );
const viewer: Principal = {
  kind: 'person',
  id: 'song.jie',
  name: '宋洁',
  roles: ['purchasing'],
  department: 'purchasing',
  credentialId: 'x',
  credential: 'token',
};
const page = { limit: 50 };

describe('an import of facts', () => {
  it('says for each file what of it was new', async () => {
    expect(await run()).toBe(
      [
        'warehouses: 2 rows, 2 new, 0 changed, 0 unchanged',
        'suppliers: 2 rows, 2 new, 0 changed, 0 unchanged',
        'offers: 3 rows, 3 new, 0 changed, 0 unchanged',
        'stock: 2 rows, 2 new, 0 changed, 0 unchanged',
        'purchaseOrders: 2 rows, 2 new, 0 changed, 0 unchanged',
        'purchaseLines: 3 rows, 3 new, 0 changed, 0 unchanged',
        'purchaseWaits: 1 rows, 1 new, 0 changed, 0 unchanged',
        'receipts: 2 rows, 2 new, 0 changed, 0 unchanged',
        'shipments: 1 rows, 1 new, 0 changed, 0 unchanged',
        'scans: 2 rows, 2 new, 0 changed, 0 unchanged',
        'payments: 2 rows, 2 new, 0 changed, 0 unchanged',
        'endpoints: 1 rows, 1 new, 0 changed, 0 unchanged',
        '',
      ].join('\n'),
    );
  });

  it('stores what the API shows', async () => {
    const suppliers = await listSuppliers(rig.ctx.db, viewer, page);
    expect(suppliers.items).toMatchObject([
      {
        number: 'SUP-1',
        email: 'sales@hongda.example',
        phone: '+8651055550901',
        locale: 'zh-CN',
        standing: 'preferred',
        capabilities: ['轴承', '热处理'],
        offers: [{ sku: 'RM-BRG-6208', priceMinor: 2100, currency: 'CNY', minQuantity: 10 }],
      },
      { number: 'SUP-2', email: null, standing: 'approved', capabilities: [], offers: [{}, {}] },
    ]);
    expect(suppliers.items[1]?.offers[0]).toMatchObject({ priceMinor: 350, currency: 'USD' });
    const stock = await listStock(rig.ctx.db, page);
    expect(stock.items).toMatchObject([
      { warehouse: { id: 'WH-SH' }, available: 35, low: true, countedAt: '2026-11-20T01:30:00.000Z' },
      { warehouse: { id: 'WH-SZ' }, reorderLevel: null, countedAt: '2026-11-20T01:30:00.000Z' },
    ]);
    expect(await getPurchaseOrder(rig.ctx, '45001')).toMatchObject({
      state: 'partlyReceived',
      confirmedDate: '2026-11-21',
      overdue: true,
      lines: [
        { accepted: 60, rejected: 0, waiting: [{ order, line: 1 }] },
        { accepted: 10, rejected: 1 },
      ],
    });
    expect(await getPurchaseOrder(rig.ctx, '45002')).toMatchObject({ state: 'ordered', warehouse: null });
    const shipments = await listShipments(rig.ctx, page);
    expect(shipments.items).toMatchObject([
      { status: 'outForDelivery', pickupBy: '2026-11-20T10:00:00.000Z', scans: [{}, {}], overdue: true },
    ]);
    const affected = await findAffectedOrders(rig.ctx.db, { by: 'supplier', keys: ['SUP-1'] });
    expect(affected.map(({ number }) => number)).toEqual([order]);
  });

  it('of the same files changes nothing', async () => {
    const before = await dump();
    const said = await run();
    expect(said.match(/ 0 new, 0 changed, [1-9]\d* unchanged/g)).toHaveLength(12);
    expect(await dump()).toEqual(before);
  });

  it('brings up to date what changed, and leaves what the files do not name', async () => {
    await rm(pathOf('offers.csv'));
    await spoil('suppliers.csv', '宁波甬江密封件有限公司,,,,,,', '宁波甬江密封件有限公司,,,,,suspended,');
    await spoil('receipts.csv', '45001,1,DN-1,60', '45001,1,DN-1,100');
    await spoil('shipments.csv', '2026-11-22', '2026-11-23');
    await spoil(
      'payments.csv',
      'alipay,A0,failed,余额不足,2026-11-20 09:58',
      'alipay,A0,succeeded,,2026-11-20 11:00',
    );
    await spoil('stock.csv', '40,5,50,2026-11-20 09:30', '10,5,50,2026-11-19 09:30');
    const said = await run();
    expect(said).toContain('suppliers: 2 rows, 0 new, 1 changed, 1 unchanged');
    expect(said).toContain('receipts: 2 rows, 0 new, 1 changed');
    expect(said).toContain('shipments: 1 rows, 0 new, 1 changed');
    expect(said).toContain('payments: 2 rows, 0 new, 1 changed');
    // An older count says nothing about now.
    expect(said).toContain('stock: 2 rows, 0 new, 0 changed');
    expect(await getPurchaseOrder(rig.ctx, '45001')).toMatchObject({ state: 'received' });
    const [, second] = (await listSuppliers(rig.ctx.db, viewer, page)).items;
    expect(second).toMatchObject({ standing: 'suspended', offers: [{}, {}] });
  });

  it('knows a receipt that was booked by hand by its delivery note', async () => {
    const lines = [{ line: 1, accepted: 50 }];
    const payload = { reference: 'DN-9', at: '2026-11-23T06:00:00Z', lines };
    const url = '/v1/purchase-orders/45002/receipts';
    expect((await rig.send({ method: 'POST', url, as: 'inventory', payload })).statusCode).toBe(201);
    await spoil(
      'receipts.csv',
      '45001,2,DN-1,10,1,划伤,2026-11-19 14:00',
      '45002,1,DN-9,50,0,,2026-11-23 14:00',
    );
    expect(await run()).toContain('receipts: 2 rows, 0 new,');
  });
});

describe('a bad row', () => {
  it.each<[string, string, string, string, string]>([
    ['a number with a space', 'suppliers.csv', 'SUP-2', 'SUP 2', 'suppliers.csv:3: number "SUP 2" must be'],
    [
      'a bad mail address',
      'suppliers.csv',
      'Sales@Hongda.example',
      'sales',
      'suppliers.csv:2: email "sales" must be a mail address',
    ],
    [
      'an unknown supplier',
      'offers.csv',
      'SUP-2,RM-SEAL',
      'SUP-9,RM-SEAL',
      'offers.csv:4: supplier "SUP-9" is not known',
    ],
    ['an unknown article', 'offers.csv', 'RM-SEAL-62', 'RM-NOPE', 'offers.csv:4: sku "RM-NOPE" is not known'],
    [
      'a price in words',
      'offers.csv',
      '21.00',
      'cheap',
      'offers.csv:2: price "cheap" must be an amount like 12.50',
    ],
    [
      'an offer twice',
      'offers.csv',
      'SUP-2,RM-SEAL-62',
      'SUP-2,RM-BRG-6208',
      'offers.csv:4: SUP-2 RM-BRG-6208 stands twice',
    ],
    ['half a piece', 'stock.csv', '40,5', '40.5,5', 'stock.csv:2: on_hand "40.5" must be a whole number'],
    [
      'a warehouse nobody knows',
      'stock.csv',
      'WH-SZ',
      'WH-XX',
      'stock.csv:3: warehouse "WH-XX" is not known',
    ],
    [
      'a count at 25 hours',
      'stock.csv',
      '2026-11-20 09:30',
      '2026-11-20 25:30',
      'stock.csv:2: counted_at "2026-11-20 25:30" must be a date and time',
    ],
    [
      '31 February',
      'purchase_orders.csv',
      '2026/11/30',
      '2026/02/31',
      'purchase_orders.csv:3: needed_by "2026/02/31" must be a real date',
    ],
    [
      'a line of no order',
      'purchase_order_lines.csv',
      '45002,1',
      '45009,1',
      'purchase_order_lines.csv:4: purchase_order "45009" is not known',
    ],
    [
      'an order line nobody knows',
      'purchase_order_waits.csv',
      ',1\n',
      ',7\n',
      'purchase_order_waits.csv:2: order_line "7" is not known',
    ],
    [
      'goods that nobody ordered',
      'receipts.csv',
      '45001,2,DN-1',
      '45001,7,DN-1',
      'receipts.csv:2: line "7" is not known',
    ],
    ['an unknown code', 'scans.csv', 'outForDelivery', 'beamed', 'scans.csv:3: code "beamed" must be'],
    [
      'a scan of no shipment',
      'scans.csv',
      'SF1,2026-11-21',
      'SF9,2026-11-21',
      'scans.csv:3: tracking_number "SF9" is not known',
    ],
    [
      'another amount than the record has',
      'payments.csv',
      '1280.00,,alipay,A1',
      '1281.00,,alipay,A1',
      'payments.csv:2: amount is 128000 on record',
    ],
    ['an unknown state', 'payments.csv', 'succeeded', 'paid', 'payments.csv:2: state "paid" must be'],
    [
      'a password in an address',
      'endpoints.csv',
      'https://shop',
      'https://a:b@shop',
      'endpoints.csv:2: address "https://a:b@shop.example.com/health" must not hold a user or password',
    ],
    [
      'an owner who is not there',
      'endpoints.csv',
      'dong.chao',
      'nobody',
      'endpoints.csv:2: owner "nobody" is not known',
    ],
    ['a column that is missing', 'stock.csv', 'on_hand', 'pieces', 'stock.csv has no column on_hand'],
  ])(
    'is named by file, line and column, and nothing is imported: %s',
    async (_what, file, from, to, says) => {
      // A new row beside the bad one shows that nothing is half imported.
      await change('warehouses.csv', 'WH-SH,上海仓', 'WH-NEW,新仓,CN,上海,上海\nWH-SH,上海仓');
      await spoil(file, from, to);
      const before = await dump();
      const mapping = inProject('cli/mappings/redmark-facts.json');
      expect(await refusalOf(run('--mapping', mapping))).toContain(says);
      expect(await dump()).toEqual(before);
    },
  );
});

describe('a mapping of facts', () => {
  const write = (mapping: object) => writeFile(join(folder, 'mine.json'), JSON.stringify(mapping));
  const columns = { warehouse: 'warehouse', sku: 'sku', onHand: 'on_hand' };

  it('may leave columns out: what has none stays on record as people left it', async () => {
    await write({ kind: 'facts', currency: 'CNY', stock: { file: 'stock.csv', columns } });
    await spoil('stock.csv', 'WH-SH,RM-BRG-6208,40', 'WH-SH,RM-BRG-6208,7');
    expect(await run('--mapping', 'mine.json')).toBe('stock: 2 rows, 0 new, 2 changed, 0 unchanged\n');
    const [first] = (await listStock(rig.ctx.db, page)).items;
    expect(first).toMatchObject({ onHand: 7, reorderLevel: 50 });
  });

  it('is refused with the name of each wrong field', async () => {
    await write({
      kind: 'facts',
      currency: 'yuan',
      stock: { file: '../stock.csv', columns: { sku: 'sku', warehouse: 'w', colour: 'c' } },
    });
    const said = await refusalOf(run('--mapping', 'mine.json'));
    expect(said).toContain('mine.json: currency must be an ISO 4217 code');
    expect(said).toContain('mine.json: stock.file must be a file of the folder');
    expect(said).toContain('mine.json: stock.columns.onHand');
    expect(said).toContain('mine.json: stock.columns.colour is not a field here');
    await write({ kind: 'facts', currency: 'CNY' });
    expect(await refusalOf(run('--mapping', 'mine.json'))).toContain('or another part must be named');
  });

  it('refuses a folder that lacks a file, unless it says that files may be missing', async () => {
    await rm(pathOf('stock.csv'));
    await write({ kind: 'facts', currency: 'CNY', stock: { file: 'stock.csv', columns } });
    expect(await refusalOf(run('--mapping', 'mine.json'))).toMatch(/^stock\.csv is not in/);
    expect(await run()).not.toContain('stock:');
  });
});
