import { fileURLToPath } from 'node:url';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate as applyMigrations } from 'drizzle-orm/node-postgres/migrator';
import pg from 'pg';
import { grantAppRole } from './grant-app-role.js';

// From the sources this file lies in db/, built in dist/db/: the SQL stays in the sources.
const folder = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../db/migrations' : './migrations', import.meta.url),
);

/** Brings the database of `url` (its owner's) to the newest migration; two at once wait for each other. */
export async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  await client.connect();
  try {
    await client.query('select pg_advisory_lock(728163)');
    await applyMigrations(drizzle(client), { migrationsFolder: folder });
    await grantAppRole(client);
  } finally {
    await client.end();
  }
}
