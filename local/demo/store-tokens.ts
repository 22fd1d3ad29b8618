import { and, arrayContains, desc, ne, or, sql } from 'drizzle-orm';
import { findTokenHash } from '../../app/hash-token.js';
import type { Queryable } from '../../db/connect.js';
import { apiClients, credentials, people } from '../../db/schema/index.js';
import { type Department, ROLES, type Role } from '../../domain/roles/shape.js';

/** One token for the API client and one a role, as `run.json` has them. */
export type DemoTokens = Readonly<Record<'client' | Role, string>>;

type Credential = typeof credentials.$inferInsert;

/**
 * Makes each token the credential it is meant to be, and leaves alone what already is: the client's key, and for each
 * role a person who holds it (a department's head). Gives the roles that nobody holds.
 */
export async function storeTokens(
  tx: Queryable,
  client: { id: string; name: string },
  tokens: DemoTokens,
): Promise<Role[]> {
  await tx.insert(apiClients).values(client).onConflictDoNothing();
  const wanted: Credential[] = [
    { id: 'dev-client', tokenHash: findTokenHash(tokens.client), kind: 'key', clientId: client.id },
  ];
  const withoutHolder: Role[] = [];
  for (const role of ROLES) {
    const personId = await findHolder(tx, role);
    if (!personId) withoutHolder.push(role);
    else
      wanted.push({
        id: `dev-${role}`,
        tokenHash: findTokenHash(tokens[role]),
        kind: 'token',
        personId,
        role,
      });
  }
  await writeCredentials(tx, wanted);
  return withoutHolder;
}

/** The department's head, else the first holder; who holds the role alone before who holds another besides. */
async function findHolder(tx: Queryable, role: Role): Promise<string | undefined> {
  const isHeadOfIt = sql`(${people.head} and ${people.department} = ${role as Department})`;
  const [holder] = await tx
    .select({ id: people.id })
    .from(people)
    .where(and(people.active, arrayContains(people.roles, [role])))
    .orderBy(desc(isHeadOfIt), sql`cardinality(${people.roles})`, people.id)
    .limit(1);
  return holder?.id;
}

async function writeCredentials(tx: Queryable, wanted: Credential[]): Promise<void> {
  const { tokenHash, personId } = credentials;
  await tx
    .insert(credentials)
    .values(wanted)
    .onConflictDoUpdate({
      target: credentials.id,
      set: { tokenHash: sql`excluded.token_hash`, personId: sql`excluded.person_id` },
      setWhere: or(
        ne(tokenHash, sql`excluded.token_hash`),
        sql`${personId} is distinct from ${sql.raw('excluded.person_id')}`,
      ),
    });
}
