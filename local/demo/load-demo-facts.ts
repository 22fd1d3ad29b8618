import { eq } from 'drizzle-orm';
import { prepareOrder } from '../../app/prepare-order.js';
import type { Principal } from '../../app/principal.js';
import { storeOrder } from '../../app/store-order.js';
import type { Database, Queryable } from '../../db/connect.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { addScans } from '../../db/queries/shipments.js';
import {
  orders,
  payments,
  purchaseOrderLines,
  purchaseOrders,
  purchaseWaits,
  receipts,
  shipments,
  stock,
  supplierOffers,
  suppliers,
  warehouses,
} from '../../db/schema/index.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { purchaseStateOf } from '../../domain/supply/purchase-state.js';
import type { Instant } from '../../domain/time/shape.js';
import { demoCustomers } from './demo-customers.js';
import { type DemoDays, demoDays } from './demo-days.js';
import { demoOrders } from './demo-orders.js';
import { demoPayments } from './demo-payments.js';
import { demoPurchases } from './demo-purchases.js';
import { demoShipments } from './demo-shipments.js';
import { demoStock, demoWarehouses } from './demo-stock.js';
import { demoOffers, demoSuppliers } from './demo-suppliers.js';

type Numbers = ReadonlyMap<string, { number: string; amountMinor: number }>;

/**
 * Loads what the demonstration's company has around its orders into the transaction that fills it: suppliers, stock,
 * orders of the last weeks, purchases, shipments, payments. All days lie around `at`.
 */
export async function loadDemoFacts(tx: Queryable, clientId: string, at: Instant): Promise<void> {
  const days = demoDays(at, defaultPolicy.workingTime.zone);
  const countedAt = days.moment(-1, '17:30');
  const supplierRows = demoSuppliers.map((one) => ({ ...one, createdAt: at, updatedAt: at }));
  const stockRows = demoStock.map((one) => ({ ...one, countedAt }));
  // They may have been imported before the first start.
  await tx.insert(suppliers).values(supplierRows).onConflictDoNothing();
  await tx
    .insert(supplierOffers)
    .values([...demoOffers])
    .onConflictDoNothing();
  await tx
    .insert(warehouses)
    .values([...demoWarehouses])
    .onConflictDoNothing();
  await tx.insert(stock).values(stockRows).onConflictDoNothing();
  const numbers = await placeOrders(tx, clientId, days);
  await placePurchases(tx, numbers, days);
  await ship(tx, numbers, days);
  await pay(tx, numbers, days);
}

/** Takes the orders in as the API would, each on its own day; none of them starts a process. */
async function placeOrders(tx: Queryable, clientId: string, days: DemoDays): Promise<Numbers> {
  const principal: Principal = { kind: 'client', id: clientId, credentialId: 'demo', credential: 'key' };
  const numbers = new Map<string, { number: string; amountMinor: number }>();
  for (const { key, customer, receivedAgo, deliveryIn, closedAgo, shipTo, ...line } of demoOrders) {
    const now = () => new Date(days.moment(-receivedAgo, '10:15'));
    // Nothing here asks Temporal, or opens a transaction of its own.
    const ctx = { db: tx as Database, now, publicUrl: '' } as Parameters<typeof prepareOrder>[0];
    const body = {
      channel: 'online' as const,
      customer: { id: demoCustomers[customer - 1]?.id },
      lines: [line],
      requestedDelivery: days.day(deliveryIn),
      shipTo,
    };
    const order = await prepareOrder(ctx, principal, body);
    if (order.start) throw new Error(`the demonstration's order ${key} would start a process`);
    await storeOrder(ctx, { principal, route: 'POST /v1/orders', body }, order);
    if (closedAgo !== undefined) {
      await tx
        .update(orders)
        .set({ phase: 'closed', endedAt: days.moment(-closedAgo, '16:00') })
        .where(eq(orders.number, order.number));
    }
    numbers.set(key, { number: order.number, amountMinor: order.amountMinor });
  }
  return numbers;
}

async function placePurchases(tx: Queryable, numbers: Numbers, { day, moment }: DemoDays): Promise<void> {
  for (const { supplier, warehouse, sku, quantity, waiting, ...when } of demoPurchases) {
    const supplierNumber = demoSuppliers[supplier - 1]?.number ?? '';
    const offer = demoOffers.find((one) => one.supplierNumber === supplierNumber && one.sku === sku);
    if (!offer) throw new Error(`${supplierNumber} does not offer ${sku}`);
    const { accepted, rejected } = when.arrived ?? { accepted: 0, rejected: 0 };
    const { confirmedFor } = when;
    const [number = ''] = await takeNumbers(tx, 'PO', day(when.orderedOn));
    const orderedAt = moment(when.orderedOn, '09:40');
    await tx.insert(purchaseOrders).values({
      number,
      supplierNumber,
      warehouseId: warehouse,
      currency: offer.currency,
      orderedAt,
      neededBy: day(when.neededBy),
      confirmedDate: confirmedFor === null ? null : day(confirmedFor),
      confirmedAt: confirmedFor === null ? null : moment(when.orderedOn, '15:20'),
      state: purchaseStateOf([{ quantity, accepted }], confirmedFor !== null),
      createdAt: orderedAt,
    });
    const line = { purchaseOrder: number, line: 1 };
    await tx
      .insert(purchaseOrderLines)
      .values({ ...line, sku, quantity, unitPriceMinor: offer.priceMinor, accepted, rejected });
    if (when.arrived) {
      const reference = `DN-${number.slice(3)}`;
      const arrivedAt = moment(when.arrived.on, '14:10');
      await tx
        .insert(receipts)
        .values({ id: `${number}/1/${reference}`, ...line, accepted, rejected, reference, at: arrivedAt });
    }
    if (waiting) {
      await tx
        .insert(purchaseWaits)
        .values({ ...line, orderNumber: numberOf(numbers, waiting), orderLine: 1 });
    }
  }
}

async function ship(tx: Queryable, numbers: Numbers, { day, moment }: DemoDays): Promise<void> {
  for (const [
    index,
    { order, carrier, warehouse, promisedDay, bookedOn, scans },
  ] of demoShipments.entries()) {
    const [id = ''] = await takeNumbers(tx, 'SH', day(bookedOn));
    await tx.insert(shipments).values({
      id,
      carrier,
      trackingNumber: `${carrier}${String(7_300_128_000 + index * 37)}`,
      orderNumber: numberOf(numbers, order),
      warehouseId: warehouse,
      promisedDay: day(promisedDay),
      pickupBy: moment(bookedOn, '20:00'),
      status: 'booked',
      createdAt: moment(bookedOn, '11:00'),
    });
    const made = scans.map(({ on, time, ...scan }) => ({ shipmentId: id, at: moment(on, time), ...scan }));
    if (made.length > 0) await addScans(tx, made, moment(0, '00:00'));
  }
}

async function pay(tx: Queryable, numbers: Numbers, { moment }: DemoDays): Promise<void> {
  await tx.insert(payments).values(
    demoPayments.map(({ order, on, ...payment }, index) => ({
      id: `PM-demo-${String(index + 1).padStart(4, '0')}`,
      orderNumber: numberOf(numbers, order),
      amountMinor: numbers.get(order)?.amountMinor ?? 0,
      currency: 'CNY',
      reference: `20${String(260_000_731 + index * 17)}`,
      ...payment,
      at: moment(on, '11:30'),
      createdAt: moment(on, '11:30'),
    })),
  );
}

function numberOf(numbers: Numbers, key: string): string {
  const found = numbers.get(key);
  if (!found) throw new Error(`the demonstration has no order ${key}`);
  return found.number;
}
