import { inArray, sql } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { upsertRows } from '../../db/queries/upsert-rows.js';
import { purchaseOrderLines, purchaseOrders, purchaseWaits, receipts } from '../../db/schema/index.js';
import { settleState } from '../facts/receive-goods.js';
import { onlyMapped } from './only-mapped.js';
import type { ReadFacts } from './read-facts.js';
import type { FactsRun } from './write-facts.js';

/** Writes purchase orders with their lines, what waits for them and what arrived; gives how many were new or changed. */
export async function writePurchases(tx: Queryable, facts: ReadFacts, run: FactsRun) {
  const written = {
    purchaseOrders: await writeHeads(tx, facts, run),
    purchaseLines: await upsertRows(
      tx,
      purchaseOrderLines,
      facts.purchaseLines.map(({ record }) => record),
      { key: [purchaseOrderLines.purchaseOrder, purchaseOrderLines.line] },
    ),
    purchaseWaits: await upsertRows(
      tx,
      purchaseWaits,
      facts.purchaseWaits.map(({ record: { order, ...wait } }) => ({ orderNumber: order, ...wait })),
      {
        key: [
          purchaseWaits.purchaseOrder,
          purchaseWaits.line,
          purchaseWaits.orderNumber,
          purchaseWaits.orderLine,
        ],
      },
    ),
    receipts: await writeReceipts(tx, facts),
  };
  await settle(tx, [
    ...facts.purchaseOrders.map(({ record }) => record.number),
    ...facts.purchaseLines.map(({ record }) => record.purchaseOrder),
    ...facts.receipts.map(({ record }) => record.purchaseOrder),
  ]);
  return written;
}

function writeHeads(tx: Queryable, facts: ReadFacts, { at, tables }: FactsRun) {
  const rows = facts.purchaseOrders.map(({ record }) => {
    const { supplier: supplierNumber, warehouse, ...stated } = onlyMapped(tables.purchaseOrders, record);
    return {
      ...stated,
      supplierNumber,
      ...(warehouse === undefined ? {} : { warehouseId: warehouse }),
      currency: record.currency,
    } as Partial<typeof purchaseOrders.$inferInsert>;
  });
  const onInsert = { state: 'ordered' as const, createdAt: at };
  return upsertRows(tx, purchaseOrders, rows, { key: [purchaseOrders.number], onInsert });
}

/** Known by line and delivery note, whether they were booked by hand or imported before. */
async function writeReceipts(tx: Queryable, facts: ReadFacts) {
  const records = facts.receipts.map(({ record }) => record);
  const keyOf = (receipt: { purchaseOrder: string; line: number; reference: string | null }) =>
    `${receipt.purchaseOrder}/${receipt.line}/${receipt.reference}`;
  const known = await tx
    .select()
    .from(receipts)
    .where(inArray(receipts.purchaseOrder, [...new Set(records.map((record) => record.purchaseOrder))]));
  const ids = new Map(known.map((receipt) => [keyOf(receipt), receipt.id]));
  return upsertRows(
    tx,
    receipts,
    records.map(({ note = null, ...receipt }) => {
      const key = keyOf(receipt);
      return { id: ids.get(key) ?? key, note, ...receipt };
    }),
    { key: [receipts.id] },
  );
}

/** Sums up the receipts of purchase orders and gives each the state its lines say. */
async function settle(tx: Queryable, numbers: readonly string[]): Promise<void> {
  const touched = [...new Set(numbers)];
  if (touched.length === 0) return;
  const sumOf = (column: 'accepted' | 'rejected') =>
    sql<number>`(select coalesce(sum(r.${sql.identifier(column)}), 0) from ${receipts} r
      where r.purchase_order = ${purchaseOrderLines.purchaseOrder} and r.line = ${purchaseOrderLines.line})`;
  await tx
    .update(purchaseOrderLines)
    .set({ accepted: sumOf('accepted'), rejected: sumOf('rejected') })
    .where(inArray(purchaseOrderLines.purchaseOrder, touched));
  for (const number of touched) await settleState(tx, number);
}
