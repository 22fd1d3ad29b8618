import { sql } from 'drizzle-orm';
import type { Queryable } from '../db/connect.js';
import { unhurried } from '../db/queries/unhurried.js';
import type { LocalDate } from '../domain/time/shape.js';

/**
 * The next order number of a day of the company's zone: `SO-20261123-0001`, at least four digits. Unique whatever
 * happens; a number whose order was not stored after all is not given out again.
 *
 * Its commit does not wait for the disk: the commit of the order that bears the number comes after it in the same log
 * and does, so that no order can be there without its number having been taken.
 */
export async function nextOrderNumber(db: Queryable, day: LocalDate): Promise<string> {
  const { rows } = await db.execute<{ last: number }>(sql`
    insert into order_numbers (day, last) select ${day}::date, 1 where ${unhurried}
    on conflict (day) do update set last = order_numbers.last + 1
    returning last`);
  return `SO-${day.replaceAll('-', '')}-${String(rows[0]?.last).padStart(4, '0')}`;
}
