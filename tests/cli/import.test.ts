import { existsSync } from 'node:fs';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { count, eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readMachine } from '../../app/config.js';
import { getOrder } from '../../app/get-order.js';
import { getTimeline } from '../../app/get-timeline.js';
import { ImportRefused } from '../../app/import-refused.js';
import type { Principal } from '../../app/principal.js';
import { runImport } from '../../cli/run-import.js';
import { orderViewSchema } from '../../contracts/http.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { aloneOnWatch } from '../../db/queries/watch-presence.js';
import { audit, commands, customers, orderLines, orders, products } from '../../db/schema/index.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const inProject = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const northwind = readMachine().env.NORTHWIND_DIR ?? inProject('../shared/data/northwind');

let database: TestDatabase;
let db: Database;
/** A copy of the fixtures that a test may spoil. */
let folder: string;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 2);
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redmark-import-'));
  await cp(inProject('tests/cli/fixtures'), folder, { recursive: true });
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

const run = (...args: string[]) =>
  runImport({
    args,
    calledIn: folder,
    // As the application, which is what run.json names.
    env: { DATABASE_URL: database.appUrl },
    runFile: join(folder, 'run.json'),
    shippedMappings: inProject('cli/mappings'),
  });

const importTiny = () => run('tiny-shop', '--mapping', 'tiny-shop.json');

async function spoil(file: string, from: string, to: string): Promise<void> {
  const path = join(folder, file);
  const text = await readFile(path, 'utf8');
  expect(text).toContain(from);
  await writeFile(path, text.replace(from, to));
}

const refusalOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'was imported',
    (error: unknown) => (error instanceof ImportRefused ? error.message : Promise.reject(error)),
  );

/** Everything an import writes, without the rows' own ids and times of the run. */
const dump = async () => ({
  orders: await db.select().from(orders).orderBy(orders.number),
  lines: await db.select().from(orderLines).orderBy(orderLines.orderNumber, orderLines.line),
  products: await db.select().from(products).orderBy(products.sku),
  customers: await db.select().from(customers).orderBy(customers.id),
  audit: await db.select().from(audit).orderBy(audit.seq),
});

describe('an import by a mapping', () => {
  it('reads BOM, CRLF, quotes and empty lines, and says what it found', async () => {
    expect(await importTiny()).toBe(
      ['3 orders, 2 short of lead time, 1 large, 3 red', '3 new, 0 changed, 0 unchanged'].join('\n') +
        '\n2 new products, 3 new customers\n',
    );
  });

  it('stores history: numbered and assessed by its own date, closed, never started', async () => {
    const found = await db.query.orders.findMany({ orderBy: (row, { asc }) => asc(row.importKey) });
    expect(found.map((o) => [o.number, o.importKey, o.class, o.grade, o.reasons.map((r) => r.code)])).toEqual(
      [
        ['SO-20240301-0001', 'tinyshop/100', 'urgent', 3, ['shortLeadTime']],
        ['SO-20240301-0002', 'tinyshop/101', 'urgent', 1, ['largeAmount']],
        ['SO-20240304-0001', 'tinyshop/102', 'urgent', 3, ['shortLeadTime']],
      ],
    );
    for (const order of found) {
      expect(order).toMatchObject({ phase: 'closed', workflowRunId: null, resume: null, clientId: null });
      expect(order.endedAt).not.toBeNull();
      expect(order.createdAt).toBe(order.receivedAt);
    }
    expect(found[0]).toMatchObject({
      receivedAt: '2024-03-01T04:00:00.000Z',
      endedAt: '2024-03-10T04:00:00.000Z',
      requestedDelivery: '2024-03-11',
      currency: 'EUR',
      // 2 × 1,280.00 less 5 %, and 3 × 9.50.
      amountMinor: 243_200 + 2_850,
      customerReference: '100',
      shipTo: { name: 'Müller Werk 2', line1: 'Ring 1', city: 'Köln', country: 'DE' },
    });
    expect((await db.select({ n: count() }).from(commands))[0]?.n).toBe(0);
  });

  it('stores orders that the API can show, with their entry in the timeline', async () => {
    const manager: Principal = {
      kind: 'person',
      id: 'wu.lei',
      name: '吴磊',
      roles: ['orderManager'],
      department: 'management',
      credentialId: 'dev-orderManager',
      credential: 'token',
    };
    const shown = await getOrder(db, 'SO-20240301-0001', manager);
    expect(orderViewSchema.parse(shown)).toMatchObject({
      customer: { id: 'tinyshop-7', name: 'Müller & Söhne' },
      lines: [
        { sku: 'tinyshop-A1', quantity: 2 },
        { sku: 'tinyshop-A2', quantity: 3 },
      ],
      deadlines: [],
      decision: {
        by: 'policy',
        policyRevision: null,
        reason: 'imported from tinyshop, by the rules of its mapping',
      },
    });
    const { items } = await getTimeline(db, { order: 'SO-20240301-0001' }, manager);
    expect(items.map(({ what, actor }) => [what, actor?.id])).toEqual([['import', 'redmark']]);
  });

  it('keeps a telephone it cannot read as it is written, and gives one number to one customer alone', async () => {
    const found = await db.select().from(customers).orderBy(customers.id);
    expect(found.map(({ id, email, phone }) => [id, email, phone])).toEqual([
      ['tinyshop-7', 'einkauf@mueller.example', '+492115550100'],
      ['tinyshop-8', null, '(8) 34-56-12'],
      ['tinyshop-9', null, null],
    ]);
  });

  it('changes nothing the second time', async () => {
    const before = await dump();
    expect(await importTiny()).toContain(
      '\n0 new, 0 changed, 3 unchanged\n0 new products, 0 new customers\n',
    );
    expect(await dump()).toEqual(before);
  });

  it('leaves products and customers as people changed them', async () => {
    await db.update(customers).set({ tier: 'key', name: 'Müller SE' }).where(eq(customers.id, 'tinyshop-7'));
    await db.update(products).set({ priceMinor: 1 }).where(eq(products.sku, 'tinyshop-A1'));
    const before = await dump();
    expect(await importTiny()).toContain('0 new, 0 changed, 3 unchanged');
    expect(await dump()).toEqual(before);
  });

  it('brings an order up to date that changed in its source, under its number and on the record', async () => {
    await spoil('tiny-shop/lines.csv', '100,A2,3,9.5,\n', '');
    expect(await importTiny()).toContain('0 new, 1 changed, 2 unchanged');
    const [order] = await db.select().from(orders).where(eq(orders.importKey, 'tinyshop/100'));
    expect(order).toMatchObject({ number: 'SO-20240301-0001', amountMinor: 243_200, stateVersion: 1 });
    expect(
      await db.select().from(orderLines).where(eq(orderLines.orderNumber, 'SO-20240301-0001')),
    ).toHaveLength(1);
    const entries = await db
      .select()
      .from(audit)
      .where(eq(audit.subject, 'SO-20240301-0001'))
      .orderBy(audit.seq);
    expect(entries.map(({ key, action }) => [key, action])).toEqual([
      ['import/tinyshop/100/0', 'import'],
      ['import/tinyshop/100/1', 'import'],
    ]);
  });

  it('gives an order that came later the next number of its day', async () => {
    await spoil('tiny-shop/lines.csv', '102,A2', '103,A1,1,10.00,0\n102,A2');
    await writeFile(
      join(folder, 'tiny-shop/orders.csv'),
      `${await readFile(join(folder, 'tiny-shop/orders.csv'), 'utf8')}103,8,2024-03-01,2024-04-30,,N,K,M,SE\n`,
    );
    expect(await importTiny()).toContain('1 new, 1 changed, 2 unchanged');
    const [order] = await db.select().from(orders).where(eq(orders.importKey, 'tinyshop/103'));
    expect(order).toMatchObject({ number: 'SO-20240301-0003', class: 'normal', grade: 0, red: false });
  });

  it('does not wait for a watchman who looks, nor the watchman for it', async () => {
    expect(await aloneOnWatch(db, importTiny)).toBeDefined();
  });
});

describe('a bad file', () => {
  const cases: [what: string, file: string, from: string, to: string, says: string][] = [
    [
      'a day that is none',
      'orders.csv',
      '101,8,2024-03-01',
      '101,8,2024-02-31',
      'orders.csv:5: date "2024-02-31" must be a real date',
    ],
    [
      'a delivery before the order',
      'orders.csv',
      '2024-04-30',
      '2024-02-29',
      'orders.csv:5: due "2024-02-29" must not be before 2024-03-01',
    ],
    [
      'half a piece',
      'lines.csv',
      '101,A1,4',
      '101,A1,4.5',
      'lines.csv:4: count "4.5" must be a whole number',
    ],
    ['no piece', 'lines.csv', '101,A1,4', '101,A1,0', 'lines.csv:4: count "0" must be at least 1'],
    [
      'a negative price',
      'items.csv',
      '9.5,1',
      '-9.5,1',
      'items.csv:3: price "-9.5" must be an amount like 12.50',
    ],
    [
      'a tenth of a cent',
      'lines.csv',
      '1250.00',
      '1250.005',
      'lines.csv:4: each "1250.005" must have at most 2 decimals: it is in EUR',
    ],
    ['a discount above all', 'lines.csv', '1280,5', '1280,101', 'lines.csv:2: off "101" must be at most 100'],
    ['an unknown product', 'lines.csv', '101,A1', '101,A9', 'lines.csv:4: item A9 is not in items.csv'],
    ['an unknown order', 'lines.csv', '101,A1', '199,A1', 'lines.csv:4: order 199 is not in orders.csv'],
    ['an order without lines', 'lines.csv', '101,A1', '100,A1', 'orders.csv:5: has no line in lines.csv'],
    ['an unknown customer', 'orders.csv', '101,8', '101,6', 'orders.csv:5: buyer 6 is not in buyers.csv'],
    [
      'an unknown country',
      'orders.csv',
      'Malmö,SE',
      'Malmö,Sverige',
      'orders.csv:5: land "Sverige" must be an ISO 3166-1 alpha-2 code',
    ],
    ['an id that stands twice', 'orders.csv', '101,8', '100,8', 'orders.csv:5: nr 100 stands twice'],
    [
      'a bad address of mail',
      'buyers.csv',
      'Einkauf@Mueller.example',
      'Einkauf',
      'buyers.csv:2: mail "Einkauf" must be a mail address',
    ],
    ['no name', 'items.csv', '"Gear ""M4"""', '', 'items.csv:3: name "" must not be empty'],
    ['a flag that is neither', 'items.csv', '9.5,1', '9.5,maybe', 'items.csv:3: gone "maybe" must be 1 or 0'],
    [
      'a cell too many',
      'lines.csv',
      '101,A1,4',
      '101,A1,4,4',
      'lines.csv:4: has 6 cells where the head has 5',
    ],
    ['an open quote', 'lines.csv', '101,A1,4', '101,"A1,4', 'lines.csv:5: is not CSV: Quote Not Closed'],
    [
      'a column that is missing',
      'lines.csv',
      'order,item,count',
      'order,item,pieces',
      'lines.csv has no column count',
    ],
  ];

  it.each(cases)(
    'is named by file and line, and nothing is imported: %s',
    async (_what, file, from, to, says) => {
      // A new order beside the bad row shows that nothing is half imported.
      await spoil('tiny-shop.json', '"source": "tinyshop"', '"source": "fresh"');
      await spoil(`tiny-shop/${file}`, from, to);
      const before = await dump();
      expect(await refusalOf(importTiny())).toContain(says);
      expect(await dump()).toEqual(before);
    },
  );

  it('is named when it is missing, or of another encoding; GBK is read where the mapping says so', async () => {
    await spoil('tiny-shop.json', '"source": "tinyshop"', '"source": "gbk"');
    await writeFile(
      join(folder, 'tiny-shop/items.csv'),
      Buffer.from('id,name,price,gone\nA1,\xd6\xe1,1,0\nA2,B,1,0\n', 'latin1'),
    );
    expect(await refusalOf(importTiny())).toContain('items.csv is not utf-8');
    await spoil('tiny-shop.json', '"leadTimeDays"', '"encoding": "gb18030", "leadTimeDays"');
    await importTiny();
    const [product] = await db.select().from(products).where(eq(products.sku, 'gbk-A1'));
    expect(product?.nameZh).toBe('轴');
    await rm(join(folder, 'tiny-shop/items.csv'));
    expect(await refusalOf(importTiny())).toMatch(/^items\.csv is not in .*tiny-shop$/);
  });

  it('is shown by its first twenty faults', async () => {
    const rows = Array.from({ length: 30 }, () => '100,A1,0,1,0').join('\n');
    await writeFile(join(folder, 'tiny-shop/lines.csv'), `order,item,count,each,off\n${rows}\n`);
    const said = (await refusalOf(importTiny())).split('\n');
    expect(said).toHaveLength(21);
    expect(said.at(-1)).toBe('and 13 more');
  });
});

describe('a mapping', () => {
  it('is refused with the name of each wrong field', async () => {
    await spoil('tiny-shop.json', '"leadTimeDays": 30', '"leadTimeDays": -1, "colour": 1');
    await spoil('tiny-shop.json', '"DE"', '"GERMANY"');
    expect((await refusalOf(importTiny())).split('\n')).toEqual([
      'tiny-shop.json: leadTimeDays must be at least 0',
      expect.stringContaining('tiny-shop.json: countries.Germany must be an ISO 3166-1 alpha-2 code'),
      'tiny-shop.json: colour is not a field here',
    ]);
  });

  it('is asked for when none of the shipped ones fits', async () => {
    const said = await refusalOf(run('tiny-shop'));
    expect(said).toContain('no mapping fits');
    expect(said).toContain('--mapping');
    expect(said).toContain('the northwind mapping does not fit: products.csv is not in');
  });

  it('that ships with Redmark is one that can be read', async () => {
    for (const name of await readdir(inProject('cli/mappings'))) {
      expect(await refusalOf(run('tiny-shop', '--mapping', inProject(`cli/mappings/${name}`)))).toContain(
        'is not in',
      );
    }
  });
});

describe('the command', () => {
  it('says how it is used', async () => {
    expect(await refusalOf(run())).toMatch(/^Usage: npm run import -- <folder>/);
    expect(await refusalOf(run('a', 'b'))).toMatch(/^Usage/);
    expect(await refusalOf(run('a', '--colour'))).toMatch(/^Usage/);
  });

  it('goes to the running instance before DATABASE_URL, and says in a sentence when there is neither', async () => {
    const call = {
      args: ['tiny-shop', '--mapping', 'tiny-shop.json'],
      calledIn: folder,
      shippedMappings: folder,
    };
    const runFile = join(folder, 'run.json');
    expect(await refusalOf(runImport({ ...call, env: {}, runFile }))).toBe(
      'There is no database: start Redmark with "npm start", or set DATABASE_URL.',
    );
    await writeFile(runFile, JSON.stringify({ database: database.appUrl }));
    const nowhere = 'postgres://nobody@127.0.0.1:1/none';
    expect(await runImport({ ...call, env: { DATABASE_URL: nowhere }, runFile })).toContain('3 orders');
    await writeFile(runFile, JSON.stringify({ database: nowhere }));
    expect(await refusalOf(runImport({ ...call, env: {}, runFile }))).toBe(
      `The database of ${runFile} does not answer: is it running?`,
    );
  });
});

describe.skipIf(!existsSync(northwind))(
  `Northwind (looked for in ${northwind}; NORTHWIND_DIR says where else it lies)`,
  () => {
    it('counts 830 orders, 68 short, 31 large, 96 red at every run, and is imported once', async () => {
      const began = performance.now();
      const first = (await run(northwind)).split('\n');
      expect(performance.now() - began).toBeLessThan(10_000);
      expect(first.slice(0, 2)).toEqual([
        '830 orders, 68 short of lead time, 31 large, 96 red',
        '830 new, 0 changed, 0 unchanged',
      ]);
      const before = await dump();
      expect((await run(northwind)).split('\n').slice(0, 2)).toEqual([
        first[0],
        '0 new, 0 changed, 830 unchanged',
      ]);
      expect(await dump()).toEqual(before);
      const [order] = await db.select().from(orders).where(eq(orders.importKey, 'northwind/10248'));
      expect(order).toMatchObject({ number: 'SO-19960704-0001', phase: 'closed', class: 'normal' });
    });
  },
);
