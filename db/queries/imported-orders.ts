import { and, asc, eq, gt, sql } from 'drizzle-orm';
import type { LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { orderLines, orderNumbers, orders } from '../schema/index.js';
import { inChunks } from './in-chunks.js';

type Order = typeof orders.$inferSelect;
type NewOrder = typeof orders.$inferInsert;
type Line = typeof orderLines.$inferSelect;

/** The orders of a source that were imported before, with their lines in order, by import key. */
export async function findImportedOrders(db: Queryable, source: string) {
  const ofSource = sql`starts_with(${orders.importKey}, ${`${source}/`})`;
  const found = await db.select().from(orders).where(ofSource);
  const lines = await db
    .select({ line: orderLines })
    .from(orderLines)
    .innerJoin(orders, eq(orders.number, orderLines.orderNumber))
    .where(ofSource)
    .orderBy(asc(orderLines.orderNumber), asc(orderLines.line));
  const byNumber = new Map<string, Line[]>(found.map(({ number }) => [number, []]));
  for (const { line } of lines) byNumber.get(line.orderNumber)?.push(line);
  return new Map<string, { order: Order; lines: Line[] }>(
    found.map((order) => [order.importKey ?? '', { order, lines: byNumber.get(order.number) ?? [] }]),
  );
}

/** Takes `count` numbers of each day; gives the last one taken by day. */
export async function takeOrderNumbers(db: Queryable, days: { day: LocalDate; count: number }[]) {
  const taken = await inChunks(days, (chunk) =>
    db
      .insert(orderNumbers)
      .values(chunk.map(({ day, count }) => ({ day, last: count })))
      .onConflictDoUpdate({
        target: orderNumbers.day,
        set: { last: sql`${orderNumbers.last} + excluded.last` },
      })
      .returning(),
  );
  return new Map(taken.map(({ day, last }) => [day, last]));
}

export async function insertOrders(db: Queryable, rows: readonly NewOrder[]): Promise<void> {
  await inChunks(rows, (chunk) => db.insert(orders).values(chunk).returning({ number: orders.number }));
}

/** Adds lines, or gives those that are there the facts of these. */
export async function writeLines(db: Queryable, rows: readonly Line[]): Promise<void> {
  await inChunks(rows, (chunk) =>
    db
      .insert(orderLines)
      .values(chunk)
      .onConflictDoUpdate({
        target: [orderLines.orderNumber, orderLines.line],
        set: {
          sku: sql`excluded.sku`,
          quantity: sql`excluded.quantity`,
          unitPriceMinor: sql`excluded.unit_price_minor`,
          discountBp: sql`excluded.discount_bp`,
          amountMinor: sql`excluded.amount_minor`,
        },
      })
      .returning({ line: orderLines.line }),
  );
}

/** Gives an order the facts its source has now; its lines are written by {@link writeLines}. */
export async function updateImportedOrder(
  db: Queryable,
  number: string,
  facts: Partial<NewOrder>,
  lineCount: number,
): Promise<void> {
  await db
    .update(orders)
    .set({ ...facts, stateVersion: sql`${orders.stateVersion} + 1` })
    .where(eq(orders.number, number));
  await db.delete(orderLines).where(and(eq(orderLines.orderNumber, number), gt(orderLines.line, lineCount)));
}
