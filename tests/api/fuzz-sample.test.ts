import type { Client } from '@temporalio/client';
import fc from 'fast-check';
import type { InjectOptions } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { samplePlaybook } from '../domain/playbooks/sample-playbook.js';
import { type ApiRig, goodOrder, NOW, startApiRig, type TokenName } from './api-rig.js';
import {
  goodEndpoint,
  goodPayment,
  goodPurchase,
  goodShipment,
  goodStock,
  goodSupplier,
  stockCompany,
} from './fact-bodies.js';

/** The same inputs each time; another seed is another sample. `npm run fuzz` goes further. */
const SEED = 20_261_124;
const RUNS = 60;

interface Operation {
  operationId: string;
  parameters?: { in: string; name: string }[];
  responses: Record<string, { content?: Record<string, object> }>;
}

let rig: ApiRig;
let document: { paths: Record<string, Record<string, Operation>> };
let order: string;
let purchase: string;
let shipment: string;
let incident: string;

/** Temporal refuses at once, so that no request waits for it. */
const refusing = {
  connection: { withDeadline: () => Promise.reject(new Error('Temporal is away')) },
  workflowService: { getSystemInfo: () => Promise.reject(new Error('Temporal is away')) },
} as unknown as Client;

beforeAll(async () => {
  rig = await startApiRig({ temporal: refusing });
  document = (await rig.send({ url: '/openapi.json', as: null })).json();
  order = (await rig.send({ method: 'POST', url: '/v1/orders', as: 'client', payload: goodOrder })).json()
    .number;
  // What bodies and addresses name is there, so that some of them get to the end.
  await stockCompany(rig);
  await publishBuiltIns(rig.ctx.db, NOW, [samplePlaybook]);
  const report = { type: 'supplier-delay', summary: 'x' };
  incident = (await rig.send({ method: 'POST', url: '/v1/incidents', payload: report })).json().number;
  const add = (url: string, payload: object) => rig.send({ method: 'POST', url, as: 'ops', payload });
  purchase = (await add('/v1/purchase-orders', goodPurchase)).json().number;
  shipment = (await add('/v1/shipments', { ...goodShipment, order, trackingNumber: 'SF9' })).json().id;
});
afterAll(() => rig?.stop());

/** A body each operation would take, to be spoiled; who sends it. */
const BODIES: Record<string, { body: object; as: TokenName }> = {
  acceptOrder: { body: goodOrder, as: 'client' },
  signOff: { body: { proposal: 'x', decision: 'reject', note: 'x' }, as: 'vp' },
  classifyOrder: { body: { class: 'urgent', grade: 1, keyOrder: true, reason: 'x' }, as: 'orderManager' },
  recordProgress: {
    body: { milestone: 'produce', done: true, at: '2026-11-24T00:00:00Z', projectedFinish: '2026-12-01' },
    as: 'manufacturing',
  },
  recordDelivery: {
    body: { how: 'phone', confirmedBy: 'x', at: '2026-11-24T00:00:00Z', words: 'x' },
    as: 'sales',
  },
  reportIncident: {
    body: {
      type: 'supplier-delay',
      summary: 'x',
      source: 'x',
      dedupKey: 'x',
      severity: 2,
      facts: { supplier: 'SUP-0900', skus: ['RM-BRG-6208'], delayHours: 3, peopleInDanger: false },
      orders: ['SO-20261124-0001'],
      parent: 'IN-20261124-0001',
    },
    as: 'sales',
  },
  acknowledgeIncident: { body: { undo: true, note: 'x' }, as: 'vp' },
  decideStep: { body: { step: 'which-way', option: 'wait', note: 'x' }, as: 'vp' },
  setSeverity: { body: { severity: 3, reason: 'x' }, as: 'vp' },
  setTeam: { body: { team: { lead: 'wu.lei' }, note: 'x' }, as: 'vp' },
  handOverIncident: { body: { to: 'wu.lei', note: 'x' }, as: 'vp' },
  retryStep: { body: { step: 'expedite', reason: 'x' }, as: 'vp' },
  skipStep: { body: { step: 'expedite', reason: 'x' }, as: 'vp' },
  resolveIncident: { body: { note: 'x' }, as: 'vp' },
  completeTask: { body: { points: { product: { ok: true } } }, as: 'quality' },
  putRota: {
    body: { shifts: [{ weekday: 1, from: '18:00', to: '08:00', person: 'wu.lei' }] },
    as: 'orderManager',
  },
  addOverride: {
    body: {
      role: 'orderManager',
      person: 'wu.lei',
      from: '2026-11-24T18:00:00+08:00',
      to: '2026-11-25T08:00:00+08:00',
      reason: '换班',
    },
    as: 'orderManager',
  },
  addDelegation: {
    body: {
      person: 'wu.lei',
      standIn: 'peng.gang',
      from: '2026-11-24T18:00:00+08:00',
      to: '2026-11-25T08:00:00+08:00',
    },
    as: 'orderManager',
  },
  putPlaybookDraft: { body: { baseRevision: 1, playbook: samplePlaybook }, as: 'orderManager' },
  publishPlaybookDraft: { body: { revision: 2 }, as: 'generalManager' },
  simulatePlaybook: {
    body: { severity: 3, startAt: '2026-11-24T09:30:00+08:00', revision: 1, draft: false },
    as: 'quality',
  },
  putPolicy: { body: { revision: 1, policy: defaultPolicy }, as: 'orderManager' },
  addSupplier: { body: { ...goodSupplier, number: 'SUP-0999' }, as: 'purchasing' },
  putSupplier: { body: { name: 'x', offers: goodSupplier.offers }, as: 'purchasing' },
  putWarehouse: { body: { name: 'x', country: 'CN', region: 'x', city: 'x' }, as: 'inventory' },
  putStock: { body: goodStock, as: 'inventory' },
  placePurchaseOrder: {
    body: {
      ...goodPurchase,
      lines: [{ ...goodPurchase.lines[0], waiting: [{ order: 'SO-20261124-0001', line: 1 }] }],
    },
    as: 'purchasing',
  },
  confirmPurchaseOrder: { body: { confirmedDate: '2026-12-01', at: goodStock.countedAt }, as: 'purchasing' },
  receiveGoods: {
    body: { reference: 'x', lines: [{ line: 1, accepted: 1, rejected: 1, note: 'x' }] },
    as: 'quality',
  },
  addShipment: { body: { ...goodShipment, order: 'SO-20261124-0001' }, as: 'logistics' },
  recordScans: {
    body: { scans: [{ at: goodStock.countedAt, code: 'pickedUp', place: 'x' }] },
    as: 'logistics',
  },
  recordPayment: { body: { ...goodPayment, order: 'SO-20261124-0001' }, as: 'finance' },
  addEndpoint: { body: goodEndpoint, as: 'technicalSupport' },
  putEndpoint: { body: { ...goodEndpoint, id: undefined, active: false }, as: 'technicalSupport' },
};

/** Texts that have broken something somewhere. */
const nasty = fc.constantFrom(
  '\u0000',
  'a\u0000b',
  '\ud800',
  'x\udfff',
  '\r\nBcc: a@b.example',
  '\u2028',
  "'; drop table orders; --",
  '%',
  '\\',
  '__proto__',
  'constructor',
  '2026-02-31',
  '9999-12-31',
  '2026-11-24T25:00:00Z',
  '-1',
  '1e400',
  'NaN',
  '',
  'x'.repeat(5_000),
  '𠮷'.repeat(200),
  '<script>',
  '../../etc/passwd',
);
const scalar = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 30 }),
  fc.double(),
  fc.constantFrom(0, -0, -1, 1.5, 1e12, 1e308, Number.MAX_SAFE_INTEGER, 2 ** 53),
  fc.boolean(),
  fc.constant(null),
);
const anything = fc.oneof(
  scalar,
  fc.array(scalar, { maxLength: 3 }),
  fc.dictionary(fc.oneof(nasty, fc.string()), scalar, { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<unknown>,
);

/** Puts `value` at a place of a body that `steps` choose, or beside what is there. */
function spoil(body: unknown, steps: number[], value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || body === null || typeof body !== 'object') return value;
  if (Array.isArray(body)) {
    const at = step % (body.length + 1);
    return Object.assign([...body], { [at]: spoil(body[at], rest, value) });
  }
  const keys = [...Object.keys(body), 'unknownField'];
  const key = keys[step % keys.length] ?? 'unknownField';
  return { ...body, [key]: spoil((body as Record<string, unknown>)[key], rest, value) };
}

const spoiled = (body: object) =>
  fc
    .tuple(fc.array(fc.nat(20), { maxLength: 4 }), anything)
    .map(([steps, value]) => JSON.stringify(spoil(body, steps, value)) ?? 'null');

const inAddress = fc.oneof(
  nasty,
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    'SO-20261124-0001',
    'SO-20261124-0001.evaluate.quality',
    'IN-20261124-0001',
    'RM-SHAFT-45',
    'C-0001',
    'true',
    '50',
  ),
);
const escaped = inAddress.map((text) => encodeURIComponent(Buffer.from(text).toString()));
const raw = fc.constantFrom('%00', '%ED%A0%80', '%', '%zz', '%C0%80', '+', '&', '=', ';');
const part = fc.oneof({ weight: 6, arbitrary: escaped }, { weight: 1, arbitrary: raw });

function addressOf(path: string, operation: Operation): fc.Arbitrary<string> {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([whole]) => whole);
  const query = (operation.parameters ?? []).filter((one) => one.in === 'query').map(({ name }) => name);
  const filled = fc
    .array(fc.oneof(fc.constant(order), part), { minLength: names.length, maxLength: names.length })
    .map((values) => names.reduce((url, name, index) => url.replace(name, values[index] || 'x'), path));
  if (query.length === 0) return filled;
  const pairs = fc.array(fc.tuple(fc.constantFrom(...query), part), { maxLength: 4 });
  return fc
    .tuple(filled, pairs)
    .map(([url, list]) => `${url}?${list.map(([name, value]) => `${name}=${value}`).join('&')}`);
}

async function expectDeclared(
  operation: Operation,
  request: InjectOptions & { as?: TokenName },
): Promise<void> {
  const answer = await rig.send(request);
  const { statusCode, headers, body } = answer;
  const what = `${request.method} ${request.url} ${String(request.payload).slice(0, 500)} → ${statusCode} ${body}`;
  expect(statusCode, what).toBeLessThan(500);
  // An address that is filled with nothing, or with a slash, is another one.
  if (statusCode === 404 || statusCode === 405) return;
  const declared = operation.responses[String(statusCode)];
  expect(declared, what).toBeDefined();
  const type = String(headers['content-type']).split(';')[0] ?? '';
  expect(Object.keys(declared?.content ?? {}), what).toContain(type);
}

/** The address of what is there. */
function fill(path: string): string {
  const [, , resource = ''] = path.split('/');
  const number: Record<string, string> = {
    'purchase-orders': purchase,
    suppliers: 'SUP-0900',
    incidents: incident,
  };
  const id: Record<string, string> = { shipments: shipment, warehouses: 'WH-SH', endpoints: 'web-shop' };
  return path
    .replace('{number}', number[resource] ?? order)
    .replace('{id}', id[resource] ?? `${order}.evaluate.quality`)
    .replace('{warehouse}/{sku}', 'WH-SH/RM-BRG-6208')
    .replace('{role}', 'orderManager');
}

describe('whatever is sent, the API answers as it declares, and never with a fault of its own', () => {
  it('in bodies', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const known = BODIES[operation.operationId];
        if (!known) continue;
        const url = fill(path);
        const send = (payload: string) =>
          expectDeclared(operation, {
            method: method.toUpperCase() as 'POST',
            url,
            as: known.as,
            payload,
            headers: { 'content-type': 'application/json' },
          });
        await fc.assert(fc.asyncProperty(spoiled(known.body), send), { seed: SEED, numRuns: RUNS });
      }
    }
  });

  it('in addresses', async () => {
    for (const [path, item] of Object.entries(document.paths)) {
      for (const [method, operation] of Object.entries(item)) {
        const known = BODIES[operation.operationId];
        const send = (url: string) =>
          expectDeclared(operation, {
            method: method.toUpperCase() as 'GET',
            url,
            as: known?.as ?? 'orderManager',
            ...(known
              ? { payload: JSON.stringify(known.body), headers: { 'content-type': 'application/json' } }
              : {}),
          });
        await fc.assert(fc.asyncProperty(addressOf(path, operation), send), { seed: SEED, numRuns: RUNS });
      }
    }
  });

  it('in headers', async () => {
    const operation = document.paths['/v1/orders']?.post;
    if (!operation) throw new Error('the operation is missing');
    const latin = fc.oneof(
      fc.string({ unit: fc.constantFrom(...' -~abc"\\é\u0001'), maxLength: 300 }),
      fc.constantFrom('x'.repeat(255), 'x'.repeat(256), ' ', ''),
    );
    await fc.assert(
      fc.asyncProperty(
        latin,
        fc.constantFrom('application/json', 'application/json; charset=utf-16', 'text/html', 'x', ''),
        (key, type) =>
          expectDeclared(operation, {
            method: 'POST',
            url: '/v1/orders',
            as: 'client',
            payload: JSON.stringify({ ...goodOrder, channel: 'fax' }),
            headers: { 'content-type': type, 'idempotency-key': key },
          }),
      ),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
