import { arrayContains } from 'drizzle-orm';
import type { AppContext } from '../app/context.js';
import type { PersonPrincipal } from '../app/principal.js';
import { people } from '../db/schema/index.js';
import type { Role } from '../domain/roles/shape.js';

/** Who holds a role in the demonstration's company; of a department, its head. */
export async function findHolder({ db }: Pick<AppContext, 'db'>, role: Role): Promise<PersonPrincipal> {
  const rows = await db
    .select()
    .from(people)
    .where(arrayContains(people.roles, [role]));
  const row = rows.find(({ head, department }) => head && department === role) ?? rows[0];
  if (!row) throw new Error(`nobody holds ${role}`);
  const { id, name, roles, department } = row;
  return { kind: 'person', id, name, roles, department, credentialId: `dev-${role}`, credential: 'token' };
}
