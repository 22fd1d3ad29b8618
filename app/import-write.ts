import { isDeepStrictEqual } from 'node:util';
import type { Queryable } from '../db/connect.js';
import {
  findImportedOrders,
  insertOrders,
  takeOrderNumbers,
  updateImportedOrder,
  writeLines,
} from '../db/queries/imported-orders.js';
import { inChunks } from '../db/queries/in-chunks.js';
import { audit } from '../db/schema/index.js';
import type { Instant, LocalDate } from '../domain/time/shape.js';
import type { HistoricalOrder } from './import-history.js';

/**
 * Writes the orders of a source, each with its lines and an audit row: the new ones with a number of their own date,
 * the changed ones over what was there. Gives how many of each.
 */
export async function writeHistory(
  tx: Queryable,
  history: HistoricalOrder[],
  source: string,
  run: { at: Instant; policyRevision: number },
) {
  const known = await findImportedOrders(tx, source);
  const fresh = history.filter(({ facts }) => !known.has(facts.importKey));
  const changed = history.flatMap((order) => {
    const before = known.get(order.facts.importKey);
    return before && !isSame(order, before) ? [{ ...order, before: before.order }] : [];
  });

  const numbered = await giveNumbers(tx, fresh);
  await insertOrders(
    tx,
    numbered.map(({ number, facts }) => ({
      number,
      ...facts,
      policyRevision: run.policyRevision,
      // Lists are sorted by it: history stands behind what came in since.
      createdAt: facts.receivedAt,
    })),
  );
  for (const { before, facts, lines } of changed) {
    await updateImportedOrder(tx, before.number, facts, lines.length);
  }
  const written = [
    ...numbered.map((order) => ({ ...order, version: 0 })),
    ...changed.map((order) => ({
      ...order,
      number: order.before.number,
      version: order.before.stateVersion + 1,
    })),
  ];
  await writeLines(
    tx,
    written.flatMap(({ number, lines }) => lines.map((line) => ({ orderNumber: number, ...line }))),
  );
  await writeAudit(tx, written, run.at);
  return {
    new: fresh.length,
    changed: changed.length,
    unchanged: history.length - fresh.length - changed.length,
  };
}

type Known = Awaited<ReturnType<typeof findImportedOrders>> extends Map<string, infer K> ? K : never;

/** Whether the record says what the files say; of the record only what comes from the files is compared. */
function isSame({ facts, lines }: HistoricalOrder, known: Known): boolean {
  const columns = Object.keys(facts) as (keyof typeof facts)[];
  const recorded = Object.fromEntries(columns.map((column) => [column, known.order[column]]));
  const recordedLines = known.lines.map(({ orderNumber: _number, ...line }) => line);
  return isDeepStrictEqual(recorded, { ...facts }) && isDeepStrictEqual(recordedLines, lines);
}

/** A number of its own date for each, in the files' order: `SO-19960704-0001`. */
async function giveNumbers(tx: Queryable, fresh: HistoricalOrder[]) {
  const counts = new Map<LocalDate, number>();
  const placed = fresh.map((order) => {
    const place = (counts.get(order.orderedOn) ?? 0) + 1;
    counts.set(order.orderedOn, place);
    return { order, place };
  });
  const last = await takeOrderNumbers(
    tx,
    [...counts].map(([day, count]) => ({ day, count })),
  );
  return placed.map(({ order, place }) => {
    const day = order.orderedOn;
    const sequence = (last.get(day) ?? 0) - (counts.get(day) ?? 0) + place;
    return { ...order, number: `SO-${day.replaceAll('-', '')}-${String(sequence).padStart(4, '0')}` };
  });
}

async function writeAudit(
  tx: Queryable,
  written: (HistoricalOrder & { number: string; version: number })[],
  at: Instant,
): Promise<void> {
  const rows = written.map(({ number, version, facts }) => ({
    key: `import/${facts.importKey}/${version}`,
    at,
    subject: number,
    actor: 'redmark',
    credential: 'import',
    action: 'import',
    detail: {
      importKey: facts.importKey,
      class: facts.class,
      grade: facts.grade,
      reasons: facts.reasons.map(({ code }) => code),
    },
  }));
  await inChunks(rows, (chunk) => tx.insert(audit).values(chunk).returning({ seq: audit.seq }));
}
