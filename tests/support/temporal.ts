import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TestWorkflowEnvironment } from '@temporalio/testing';
import { inject } from 'vitest';
import { addSearchAttributes } from '../../app/search-attributes.js';
import { stopPart } from '../../local/part.js';
import { findAnyPort } from '../../local/ports.js';
import { startTemporalServer } from '../../local/temporal-server.js';

/**
 * A time-skipping server of the test file's own, its search attributes registered. One stuck workflow stops its clock
 * for all: one environment a file, and `teardown()` in `afterAll`, or the server is orphaned.
 */
export async function startTimeSkipping(): Promise<TestWorkflowEnvironment> {
  const path = inject('services').binaries.testServer;
  const environment = await TestWorkflowEnvironment.createTimeSkipping({
    server: { executable: { type: 'existing-path', path } },
  });
  // This server cannot list them, so there is nothing to wait for.
  await addSearchAttributes(environment.connection, environment.namespace ?? 'default');
  return environment;
}

export type DevServer = { address: string; namespace: string; stop: () => Promise<void> };

/** A real Temporal dev server in memory, on free ports. `stop()` it in `afterAll`. */
export async function startDevServer(): Promise<DevServer> {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-temporal-'));
  const port = await findAnyPort();
  const server = await startTemporalServer({
    binary: inject('services').binaries.temporal,
    port,
    namespace: 'default',
    logFile: join(folder, 'temporal.log'),
  });
  const stop = async () => {
    await stopPart(server, 5_000);
    await rm(folder, { recursive: true, force: true });
  };
  return { address: `127.0.0.1:${port}`, namespace: 'default', stop };
}

/** The run's one bundle of workflows, as a worker takes it. */
export function workflowBundle(): { codePath: string } {
  const codePath = inject('services').workflowBundle;
  if (!codePath) throw new Error('there are no workflows to bundle');
  return { codePath };
}
