import { and, inArray, isNull, or } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { customers, products } from '../schema/index.js';
import { inChunks } from './in-chunks.js';

type NewProduct = typeof products.$inferInsert;
type NewCustomer = typeof customers.$inferInsert;

/** Adds the products that are not there yet; gives how many. Those that are there stay as people left them. */
export async function insertNewProducts(db: Queryable, rows: readonly NewProduct[]): Promise<number> {
  const inserted = await inChunks(rows, (chunk) =>
    db
      .insert(products)
      .values(chunk)
      .onConflictDoNothing({ target: products.sku })
      .returning({ sku: products.sku }),
  );
  return inserted.length;
}

/**
 * Adds the customers that are not there yet to the company's own book; gives how many. A mail address or telephone
 * that another customer of the book has already is left out: it could not tell the two apart.
 */
export async function insertNewCustomers(db: Queryable, rows: readonly NewCustomer[]): Promise<number> {
  const known = await inChunks(rows, (chunk) => findLike(db, chunk));
  const ids = new Set(known.map(({ id }) => id));
  const own = known.filter(({ clientId }) => clientId === null);
  const claimEmail = claimFrom(own.map(({ email }) => email));
  const claimPhone = claimFrom(own.map(({ phone }) => phone));
  const fresh = rows
    .filter(({ id }) => !ids.has(id))
    .map((row) => ({ ...row, email: claimEmail(row.email), phone: claimPhone(row.phone) }));
  await inChunks(fresh, (chunk) => db.insert(customers).values(chunk).returning({ id: customers.id }));
  return fresh.length;
}

/** Customers with the id of one of these, and those of the own book with its mail address or telephone. */
function findLike(db: Queryable, rows: readonly NewCustomer[]) {
  const given = (values: (string | null | undefined)[]) => values.filter((value): value is string => !!value);
  const sameContact = or(
    inArray(customers.email, given(rows.map(({ email }) => email))),
    inArray(customers.phone, given(rows.map(({ phone }) => phone))),
  );
  const sameId = inArray(
    customers.id,
    rows.map(({ id }) => id),
  );
  return db
    .select({
      id: customers.id,
      clientId: customers.clientId,
      email: customers.email,
      phone: customers.phone,
    })
    .from(customers)
    .where(or(sameId, and(isNull(customers.clientId), sameContact)));
}

/** Gives each value out once, and none that is taken. */
function claimFrom(taken: (string | null)[]) {
  const claimed = new Set(taken);
  return (value: string | null | undefined): string | null => {
    if (!value || claimed.has(value)) return null;
    claimed.add(value);
    return value;
  };
}
