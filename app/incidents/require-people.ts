import type { Queryable } from '../../db/connect.js';
import { findActivePeople } from '../../db/queries/people.js';
import { AppError } from '../errors.js';

/** Everybody named is one of our people now. Throws `invalid-input` with each field that names somebody else. */
export async function requirePeople(
  db: Queryable,
  named: readonly { field: string; id: string }[],
): Promise<void> {
  if (named.length === 0) return;
  const known = await findActivePeople(
    db,
    named.map(({ id }) => id),
  );
  const errors = named
    .filter(({ id }) => !known.has(id))
    .map(({ field, id }) => ({ field, message: `nobody active in the company has the id ${id}` }));
  const [first] = errors;
  if (first) throw new AppError('invalid-input', `${first.field}: ${first.message}`, errors);
}
