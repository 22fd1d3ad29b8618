import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres';
import pg from 'pg';
import { NamingClient } from './naming-client.js';
import * as schema from './schema/index.js';

export type Database = NodePgDatabase<typeof schema> & { $client: pg.Pool };
/** What queries take: the database itself or a transaction of it. */
export type Queryable = Pick<
  NodePgDatabase<typeof schema>,
  'select' | 'insert' | 'update' | 'delete' | 'execute' | 'query' | '$with' | 'with'
>;

/** Connections wait at most 5 s for a place and a statement runs at most 30 s: nothing hangs without an end. */
const LIMITS = {
  connectionTimeoutMillis: 5_000,
  statement_timeout: 30_000,
  idle_in_transaction_session_timeout: 30_000,
};

/** Opens a pool on `url`; `max` connections. The caller ends it with `db.$client.end()`. */
export function connectDatabase(url: string, max = 10): Database {
  const pool = new pg.Pool({ connectionString: url, max, ...LIMITS, Client: NamingClient });
  // A connection that breaks while idle (the server was killed) must not take the process down: the pool opens another.
  pool.on('error', () => {});
  // The same while it is in a transaction, between two statements; the next statement of the transaction fails.
  pool.on('connect', (client) => client.on('error', () => {}));
  return drizzle(pool, { schema });
}
