import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { findBinary } from '../../local/find-binary.js';
import { findDatabaseUser } from '../../local/operating-user.js';
import { findAnyPort } from '../../local/ports.js';
import { postgresUrl, startPostgres, stopPostgres } from '../../local/postgres.js';
import { findPostgresPlace, makeFolderFor } from '../../local/postgres-place.js';
import { createAppRole } from '../../local/postgres-roles.js';
import { runFolderPrefix, sweepOrphans } from './sweep-orphans.js';
import { buildWorkflowBundle } from './workflow-bundle.js';

/** What every test file may `inject`. */
export type Services = {
  postgres: { port: number; password: string; appPassword: string; template: string };
  binaries: { temporal: string; testServer: string };
  /** The bundle of the workflows; empty while there are none. */
  workflowBundle: string;
};

declare module 'vitest' {
  // Vitest's own way to type what a global set-up provides.
  interface ProvidedContext {
    services: Services;
  }
}

type Shared = { users: number; started: Promise<{ services: Services; stop: () => Promise<void> }> };

// Each project runs this set-up; all of them in one process, so that the run has one server.
const run = globalThis as { redmarkServices?: Shared };

export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  run.redmarkServices ??= { users: 0, started: startServices() };
  const shared = run.redmarkServices;
  shared.users += 1;
  const { services, stop } = await shared.started;
  project.provide('services', services);
  return async () => {
    shared.users -= 1;
    if (shared.users > 0) return;
    run.redmarkServices = undefined;
    await stop();
  };
}

async function startServices() {
  await sweepOrphans();
  const folder = await mkdtemp(join(tmpdir(), runFolderPrefix()));
  const password = 'owner-of-a-test-run';
  const appPassword = 'application-of-a-test-run';
  const port = await findAnyPort();
  const user = findDatabaseUser();
  await makeFolderFor(user, folder);
  const place = await findPostgresPlace(folder, basename(folder), undefined, user);
  const server = await startPostgres({
    place,
    port,
    password,
    logFile: join(folder, 'postgres.log'),
    fast: true,
  });
  const stop = async () => {
    await stopPostgres(server, 5_000);
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const template = 'redmark_template';
    await makeTemplate(postgresUrl({ port, password }, 'postgres'), template, appPassword);
    const binaries = {
      temporal: await findBinary('temporal'),
      testServer: await findBinary('temporal-test-server'),
    };
    const workflowBundle = await buildWorkflowBundle(folder);
    const services: Services = {
      postgres: { port, password, appPassword, template },
      binaries,
      workflowBundle,
    };
    return { services, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** The database that every test file's own is cloned from, migrated once. */
async function makeTemplate(serverUrl: string, template: string, appPassword: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl });
  await client.connect();
  try {
    await createAppRole(client, appPassword);
    await client.query(`create database ${template}`);
  } finally {
    await client.end();
  }
  const { migrate } = await import('../../db/migrate.js');
  await migrate(serverUrl.replace(/\/postgres$/, `/${template}`));
}
