import type { Queryable } from '../../db/connect.js';
import { findKnownKeys, type ReferenceKind } from '../../db/queries/known-keys.js';
import { AppError, type FieldError } from '../errors.js';

/** A field that names something on record. */
export interface Reference {
  kind: ReferenceKind;
  key: string;
  field: string;
}

const WORDS: Record<ReferenceKind, string> = {
  product: 'no product has the SKU',
  supplier: 'no supplier has the number',
  warehouse: 'no warehouse has the id',
  order: 'no order has the number',
  orderLine: 'no order has the line',
  purchaseOrder: 'no purchase order has the number',
  purchaseLine: 'no purchase order has the line',
  person: 'nobody has the id',
  endpoint: 'no endpoint has the id',
};

/** A sentence for each field that names something which is not there; one query a kind. */
export async function findMissing(db: Queryable, references: readonly Reference[]): Promise<FieldError[]> {
  const kinds = new Map<ReferenceKind, Set<string>>();
  for (const { kind, key } of references) kinds.set(kind, (kinds.get(kind) ?? new Set()).add(key));
  const known = new Map<ReferenceKind, Set<string>>();
  for (const [kind, keys] of kinds) known.set(kind, await findKnownKeys(db, kind, keys));
  return references
    .filter(({ kind, key }) => !known.get(kind)?.has(key))
    .map(({ kind, key, field }) => ({ field, message: `${WORDS[kind]} ${key}` }));
}

/** As {@link findMissing}; throws `invalid-input` with every one. */
export async function requireKnown(db: Queryable, references: readonly Reference[]): Promise<void> {
  refuseFields(await findMissing(db, references));
}

/** Throws `invalid-input` with these fields, if there are any. */
export function refuseFields(errors: readonly FieldError[]): void {
  const [first] = errors;
  if (first) throw new AppError('invalid-input', `${first.field}: ${first.message}`, [...errors]);
}

/** A sentence for each item whose key an earlier one has. */
export function findTwice<Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string,
  fieldOf: (index: number) => string,
): FieldError[] {
  const seen = new Set<string>();
  return items.flatMap((item, index) => {
    const key = keyOf(item);
    if (seen.has(key)) return [{ field: fieldOf(index), message: 'stands twice' }];
    seen.add(key);
    return [];
  });
}
