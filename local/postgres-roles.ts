import type pg from 'pg';
import { appRole } from '../db/grant-app-role.js';

/**
 * Makes the application's role, or gives it this password. It may read every table, so that a person with its
 * address can look around; what it may change is granted by the migrations, and audit rows are never among it.
 */
export async function createAppRole(client: pg.Client, password: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
  const verb = rows.length > 0 ? 'alter' : 'create';
  await client.query(`${verb} role ${appRole} login password ${client.escapeLiteral(password)}`);
  await client.query(`grant pg_read_all_data to ${appRole}`);
}

/** Makes the database where there is none. `client` is connected to another one of the same server. */
export async function createDatabase(client: pg.Client, name: string): Promise<void> {
  const { rows } = await client.query('select 1 from pg_database where datname = $1', [name]);
  if (rows.length === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
}
