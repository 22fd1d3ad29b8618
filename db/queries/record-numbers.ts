import { sql } from 'drizzle-orm';
import type { LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { recordNumbers } from '../schema/index.js';

/** Takes `count` numbers of a series for a day; gives them, like `PO-20261124-0001`, of at least four digits. */
export async function takeNumbers(
  db: Queryable,
  series: string,
  day: LocalDate,
  count = 1,
): Promise<string[]> {
  const [taken] = await db
    .insert(recordNumbers)
    .values({ series, day, last: count })
    .onConflictDoUpdate({
      target: [recordNumbers.series, recordNumbers.day],
      set: { last: sql`${recordNumbers.last} + ${count}` },
    })
    .returning({ last: recordNumbers.last });
  const last = taken?.last ?? 0;
  return Array.from(
    { length: count },
    (_, index) => `${series}-${day.replaceAll('-', '')}-${String(last - count + 1 + index).padStart(4, '0')}`,
  );
}
