import pg from 'pg';
import { inject } from 'vitest';
import { appRole } from '../../db/grant-app-role.js';
import { postgresUrl } from '../../local/postgres.js';

let made = 0;

export type TestDatabase = {
  /** As the owner of the tables. */
  url: string;
  /** As the application: it cannot change or delete audit rows. */
  appUrl: string;
  drop: () => Promise<void>;
};

/** A fresh, migrated database of the run's own server. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { port, password, appPassword, template } = inject('services').postgres;
  made += 1;
  const name = `t_${process.pid}_${made}`;
  await onServer(`create database ${name} template ${template}`);
  return {
    url: postgresUrl({ port, password }, name),
    appUrl: postgresUrl({ port, password: appPassword }, name, appRole),
    drop: () => onServer(`drop database if exists ${name} with (force)`),
  };
}

async function onServer(statement: string): Promise<void> {
  const { port, password } = inject('services').postgres;
  const client = new pg.Client({ connectionString: postgresUrl({ port, password }, 'postgres') });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
