import pg from 'pg';
import { migrate } from '../db/migrate.js';
import { databaseName, type Instance } from './instance.js';
import { postgresUrl } from './postgres.js';
import { createAppRole, createDatabase } from './postgres-roles.js';

/**
 * Brings the database to what this version needs. On the embedded server the database and the application's role are
 * made first; on the user's own the migrations alone run.
 */
export async function prepareDatabase({ settings, ports, replaced, config }: Instance): Promise<void> {
  if (!replaced.database) {
    const server = { port: ports.postgres, password: settings.ownerPassword };
    const client = new pg.Client({ connectionString: postgresUrl(server, 'postgres') });
    await client.connect();
    try {
      await createAppRole(client, settings.appPassword);
      await createDatabase(client, databaseName);
    } finally {
      await client.end();
    }
  }
  await migrate(config.migrationDatabaseUrl);
}
