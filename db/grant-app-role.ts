import type pg from 'pg';

/** The role that the application connects as; the tables' owner runs the migrations alone. */
export const appRole = 'redmark_app';

/**
 * Gives the application's role, where there is one, what it needs: to read and write every table, but audit rows and
 * the policy's revisions only to add. Run as the owner after each migration, for a new table grants nothing by itself.
 */
export async function grantAppRole(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query('select 1 from pg_roles where rolname = $1', [appRole]);
  if (rows.length === 0) return;
  await client.query(`
    begin;
    grant usage on schema public to ${appRole};
    grant select, insert, update, delete on all tables in schema public to ${appRole};
    grant usage on all sequences in schema public to ${appRole};
    revoke update, delete, truncate on audit, policies from ${appRole};
    commit`);
}
