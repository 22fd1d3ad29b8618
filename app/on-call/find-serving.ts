import type { Queryable } from '../../db/connect.js';
import { selectServing } from '../../db/queries/on-call.js';
import type { Role } from '../../domain/roles/shape.js';
import { AppError, type FieldError } from '../errors.js';

export type Serving = Awaited<ReturnType<typeof selectServing>>[number];

/** A person named in a body, by the path of the field. */
export interface NamedPerson {
  field: string;
  id: string;
  /** The role they must hold, where it matters. */
  role?: Role;
}

/**
 * The people that a body names, by id. Throws `invalid-input` with each field whose person is unknown, has left, or
 * does not hold the role: on call is only who could do what the call is about.
 */
export async function findServing(
  db: Queryable,
  named: readonly NamedPerson[],
): Promise<Map<string, Serving>> {
  const rows = await selectServing(db, [...new Set(named.map(({ id }) => id))]);
  const known = new Map(rows.map((row) => [row.id, row]));
  const errors: FieldError[] = named.flatMap(({ field, id, role }) => {
    const person = known.get(id);
    if (!person?.active) return [{ field, message: 'must be the id of somebody active' }];
    if (role && !person.roles.includes(role)) return [{ field, message: `must hold the role ${role}` }];
    return [];
  });
  const [first] = errors;
  if (first) throw new AppError('invalid-input', `${first.field}: ${first.message}`, errors);
  return known;
}
