import { eq } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { apiClients, credentials, people } from '../schema/index.js';

/** A credential by the hash of its token, with the person or API client it stands for. */
export async function findCredential(db: Queryable, tokenHash: string) {
  const [found] = await db
    .select({
      id: credentials.id,
      kind: credentials.kind,
      role: credentials.role,
      revokedAt: credentials.revokedAt,
      client: { id: apiClients.id, active: apiClients.active, scopes: apiClients.scopes },
      person: {
        id: people.id,
        name: people.name,
        roles: people.roles,
        department: people.department,
        active: people.active,
      },
    })
    .from(credentials)
    .leftJoin(apiClients, eq(apiClients.id, credentials.clientId))
    .leftJoin(people, eq(people.id, credentials.personId))
    .where(eq(credentials.tokenHash, tokenHash));
  return found;
}
