import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  callCounts,
  endpoints,
  milestones,
  notices,
  payments,
  purchaseOrderLines,
  purchaseOrders,
  purchaseWaits,
  shipments,
  stock,
} from '../../db/schema/index.js';
import type { Sample } from '../../domain/monitors/shape.js';
import { type MonitorRig, minutesOn, NOW, startMonitorRig } from './monitor-rig.js';

let rig: MonitorRig;
beforeAll(async () => {
  rig = await startMonitorRig();
});
afterAll(() => rig?.stop());
afterEach(async () => {
  rig.setProbe(async () => ({ ok: true, tookMs: 1, error: null }));
  await rig.owner.$client.query(`truncate orders, order_lines, purchase_orders, purchase_order_lines, purchase_waits,
    shipments, payments, stock, endpoints, probes, call_counts, notices, milestones cascade`);
});

const bySubject = ({ samples }: { samples: Sample[] }) =>
  Object.fromEntries(samples.map(({ subject, value }) => [subject, value && Math.round(value * 100) / 100]));

const hours = (count: number) => minutesOn(count * 60);

async function addPurchase(number: string, given: Partial<typeof purchaseOrders.$inferInsert> = {}) {
  await rig.db.insert(purchaseOrders).values({
    number,
    supplierNumber: 'SUP-0001',
    currency: 'CNY',
    orderedAt: hours(-24 * 10),
    neededBy: '2026-12-10',
    state: 'ordered',
    createdAt: NOW,
    ...given,
  });
  await rig.db.insert(purchaseOrderLines).values({
    purchaseOrder: number,
    line: 1,
    sku: 'RM-BRG-6208',
    quantity: 100,
    unitPriceMinor: 2100,
    accepted: given.state === 'received' ? 100 : 0,
  });
}

const addShipment = (id: string, order: string, given: Partial<typeof shipments.$inferInsert>) =>
  rig.db.insert(shipments).values({
    id,
    carrier: 'SF',
    trackingNumber: id,
    orderNumber: order,
    warehouseId: 'WH-SH',
    promisedDay: '2026-11-26',
    status: 'booked',
    createdAt: NOW,
    ...given,
  });

describe('processing time', () => {
  const closeTen = async (days: number) => {
    for (let index = 0; index < 10; index += 1) {
      await rig.addOrder({ receivedAt: hours(-24 * (days + 20)), phase: 'closed', endedAt: hours(-24 * 20) });
    }
  };

  it('is measured against what is usual for the class; what is well below is not sampled', async () => {
    await closeTen(4);
    const slow = await rig.addOrder({ receivedAt: hours(-24 * 12) });
    await rig.addOrder({ receivedAt: hours(-24 * 2) });
    // Nobody knows what is usual for another class.
    await rig.addOrder({ receivedAt: hours(-24 * 12), class: 'urgent' });
    // The usual limit is half as much again as the median: six days.
    expect(bySubject(await rig.measure('processingTime'))).toEqual({ [slow]: 2 });
  });

  it('of too few closed orders is not known', async () => {
    await rig.addOrder({ receivedAt: hours(-24 * 300) });
    expect((await rig.measure('processingTime')).samples).toEqual([]);
  });
});

describe('promises', () => {
  it('count from the closing of the promised day, begun days too, until the goods have left', async () => {
    const late = await rig.addOrder({ requestedDelivery: '2026-11-22' });
    const promised = await rig.addOrder({
      requestedDelivery: '2026-11-20',
      promisedDelivery: '2026-11-24',
    });
    const projected = await rig.addOrder({
      requestedDelivery: '2026-11-30',
      projectedFinish: '2026-12-03',
    });
    const shipped = await rig.addOrder({ requestedDelivery: '2026-11-20' });
    await addShipment('SH-20261120-0001', shipped, { status: 'underway', lastScanAt: hours(-30) });
    const done = await rig.addOrder({ requestedDelivery: '2026-11-20' });
    await rig.db
      .insert(milestones)
      .values({ orderNumber: done, milestone: 'ship', done: true, at: NOW, by: 'x' });
    expect(bySubject(await rig.measure('pastPromise'))).toEqual({ [late]: 2, [projected]: 3 });
    const evening = '2026-11-24T09:00:00.001Z';
    expect(bySubject(await rig.measure('pastPromise', evening))[promised]).toBe(1);
    expect(bySubject(await rig.measure('pastPromise', '2026-11-24T09:00:00.000Z'))[promised]).toBeUndefined();
  });
});

describe('suppliers', () => {
  it('are silent once four working hours have passed; for a critical order one hour of the clock', async () => {
    // Monday 09:30: due at 14:30, and until Tuesday 09:30 four working hours.
    await addPurchase('PO-A', { orderedAt: '2026-11-23T01:30:00.000Z' });
    await addPurchase('PO-B', { orderedAt: hours(-1) });
    await addPurchase('PO-C', { orderedAt: hours(-3) });
    await addPurchase('PO-D', { state: 'confirmed', confirmedDate: '2026-12-01' });
    const critical = await rig.addOrder({ class: 'critical' });
    await rig.db
      .insert(purchaseWaits)
      .values({ purchaseOrder: 'PO-C', line: 1, orderNumber: critical, orderLine: 1 });
    const found = await rig.measure('supplierSilent');
    expect(bySubject(found)).toEqual({ 'PO-A': 4, 'PO-C': 2 });
    expect(found.samples.find(({ subject }) => subject === 'PO-C')?.details).toEqual({
      facts: { supplier: 'SUP-0001', purchaseOrder: 'PO-C', skus: ['RM-BRG-6208'] },
      orders: [critical],
    });
  });

  it('are late after the closing of the confirmed day, else of the day needed by', async () => {
    await addPurchase('PO-A', { neededBy: '2026-11-22' });
    await addPurchase('PO-B', { neededBy: '2026-11-20', confirmedDate: '2026-11-24', state: 'confirmed' });
    await addPurchase('PO-C', { neededBy: '2026-11-20', state: 'received' });
    expect(bySubject(await rig.measure('receiptOverdue'))).toEqual({ 'PO-A': 2 });
    expect(bySubject(await rig.measure('receiptOverdue', hours(8)))).toEqual({ 'PO-A': 3, 'PO-B': 1 });
  });
});

it('stock is low where what is available is below its level; what has none is not watched', async () => {
  await rig.db.insert(stock).values([
    {
      warehouseId: 'WH-SH',
      sku: 'RM-BRG-6208',
      onHand: 190,
      reserved: 150,
      reorderLevel: 200,
      countedAt: NOW,
    },
    { warehouseId: 'WH-SH', sku: 'RM-SEAL-62', onHand: 60, reserved: 10, reorderLevel: 50, countedAt: NOW },
    { warehouseId: 'WH-SH', sku: 'RM-FAN-180', onHand: 0, countedAt: NOW },
  ]);
  expect(bySubject(await rig.measure('stockBelowLevel'))).toEqual({ 'RM-BRG-6208@WH-SH': 160 });
});

it('payments count by provider, those of the window that failed or came through', async () => {
  const order = await rig.addOrder();
  const pay = (id: string, state: 'failed' | 'succeeded' | 'pending', at: string) => ({
    id,
    orderNumber: order,
    amountMinor: 1,
    currency: 'CNY',
    provider: 'alipay',
    reference: id,
    state,
    at,
    createdAt: at,
  });
  await rig.db
    .insert(payments)
    .values([
      pay('P1', 'failed', minutesOn(-29)),
      pay('P2', 'failed', minutesOn(-30)),
      pay('P3', 'succeeded', minutesOn(-1)),
      pay('P4', 'pending', minutesOn(-1)),
    ]);
  const { samples } = await rig.measure('paymentFailures');
  expect(samples.map(({ value, details }) => [value, details?.facts?.payment])).toEqual([
    [1, 'P1'],
    [0, undefined],
  ]);
});

it('scans are missing a day after the last one, of what is on its way', async () => {
  const order = await rig.addOrder();
  await addShipment('SH-1', order, { status: 'underway', lastScanAt: hours(-25) });
  await addShipment('SH-2', order, { status: 'underway', lastScanAt: hours(-23) });
  await addShipment('SH-3', order, { status: 'signedFor', lastScanAt: hours(-99) });
  await addShipment('SH-4', order, { status: 'booked' });
  expect(bySubject(await rig.measure('scansMissing'))).toEqual({ 'SH-1': 25 });
});

it('a courier has not come past the time agreed, while nothing was scanned', async () => {
  const order = await rig.addOrder();
  await addShipment('SH-1', order, { pickupBy: minutesOn(-7) });
  await addShipment('SH-2', order, { pickupBy: minutesOn(7) });
  await addShipment('SH-3', order, {
    pickupBy: minutesOn(-7),
    status: 'underway',
    lastScanAt: minutesOn(-8),
  });
  await addShipment('SH-4', order, {});
  const found = await rig.measure('courierNoPickup');
  expect(bySubject(found)).toEqual({ 'SH-1': 7 });
  expect(found.samples[0]?.details).toEqual({
    facts: { carrier: 'SF', warehouse: 'WH-SH', shipment: 'SH-1' },
    orders: [order],
  });
});

describe('failure rates', () => {
  const counted = (
    part: 'activities' | 'api',
    at: string,
    calls: number,
    failed: number,
    process = 'p1',
  ) => ({
    part,
    minute: at,
    process,
    calls,
    failed,
  });

  it('are shares by minute of all processes together; each rule sees its own part', async () => {
    await rig.db
      .insert(callCounts)
      .values([
        counted('api', minutesOn(-2), 10, 1),
        counted('api', minutesOn(-2), 30, 9, 'p2'),
        counted('api', minutesOn(-1), 0, 0),
        counted('api', minutesOn(-11), 99, 99),
        counted('activities', minutesOn(-1), 50, 5),
      ]);
    const api = await rig.measure('failureRate', NOW, { only: ['api'] });
    expect(api.samples).toEqual([{ at: minutesOn(-2), subject: 'api', value: 0.25, weight: 40 }]);
    const work = await rig.measure('failureRate', NOW, { only: ['activities'] });
    expect(work.samples).toEqual([{ at: minutesOn(-1), subject: 'activities', value: 0.1, weight: 50 }]);
  });

  it('of a part that has not written for three minutes are not seen', async () => {
    await rig.db.insert(callCounts).values([counted('api', minutesOn(-4), 10, 0)]);
    const { samples } = await rig.measure('failureRate', NOW, { only: ['api'] });
    expect(samples).toContainEqual({ at: NOW, subject: 'api', value: null });
  });
});

describe('endpoints', () => {
  const endpoint = (id: string, given: Partial<typeof endpoints.$inferInsert> = {}) => ({
    id,
    name: id,
    kind: 'http' as const,
    address: `http://127.0.0.1:1/${id}`,
    intervalSeconds: 30,
    serves: 'x',
    severityHint: 2 as const,
    ownerId: 'dong.chao',
    updatedAt: NOW,
    ...given,
  });

  it('are probed when their interval is over, and what came of it is on record', async () => {
    const probed: string[] = [];
    rig.setProbe(async ({ address }) => {
      probed.push(address);
      const ok = !address.endsWith('down');
      return { ok, tookMs: 3, error: ok ? null : 'ECONNREFUSED' };
    });
    await rig.db
      .insert(endpoints)
      .values([endpoint('up'), endpoint('down', { intervalSeconds: 5 }), endpoint('off', { active: false })]);
    const first = await rig.measure('endpointProbe');
    expect(bySubject(first)).toEqual({ up: 0, down: 1 });
    expect(first.samples[0]?.details).toEqual({ facts: { endpoint: 'down' }, severity: 2 });
    await rig.measure('endpointProbe', minutesOn(10 / 60));
    // Half a minute is not over for one; for the other ten seconds are the least.
    expect(probed.filter((address) => address.endsWith('up'))).toHaveLength(1);
    expect(probed.filter((address) => address.endsWith('down'))).toHaveLength(2);
    const { rows } = await rig.db.$client.query(
      'select endpoint_id, ok, error from probes order by at, endpoint_id',
    );
    expect(rows).toEqual([
      { endpoint_id: 'down', ok: false, error: 'ECONNREFUSED' },
      { endpoint_id: 'up', ok: true, error: null },
      { endpoint_id: 'down', ok: false, error: 'ECONNREFUSED' },
    ]);
  });

  it('are probed once by a look that is repeated', async () => {
    await rig.db.insert(endpoints).values(endpoint('up'));
    await rig.measure('endpointProbe');
    await rig.measure('endpointProbe');
    expect((await rig.db.$client.query('select from probes')).rowCount).toBe(1);
  });
});

it('notices wait by channel, from when they were asked for until one took them', async () => {
  const notice = (
    key: string,
    channel: string,
    minutes: number,
    state: 'queued' | 'delivered' | 'failed',
  ) => ({
    key,
    step: key,
    recipient: 'ops',
    channel,
    template: 'watchmanAlarm',
    state,
    createdAt: minutesOn(-minutes),
  });
  await rig.db
    .insert(notices)
    .values([
      notice('n1', 'mail', 31, 'queued'),
      notice('n2', 'mail', 12, 'queued'),
      notice('n3', 'wecom', 99, 'delivered'),
      notice('n4', 'wecom', 99, 'failed'),
    ]);
  expect(bySubject(await rig.measure('unsentNotices'))).toEqual({ mail: 31 });
});

it('a collector that throws says that nothing was seen, and why, without a value', async () => {
  await rig.owner.$client.query('alter table stock rename to stock_elsewhere');
  try {
    const { samples, error } = await rig.measure('stockBelowLevel');
    expect(samples).toEqual([{ at: NOW, value: null }]);
    expect(error).toContain('42P01');
  } finally {
    await rig.owner.$client.query('alter table stock_elsewhere rename to stock');
  }
});
