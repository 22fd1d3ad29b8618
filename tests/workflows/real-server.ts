import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { inject } from 'vitest';
import { searchAttributes } from '../../app/search-attributes.js';
import { startPart, stopPart } from '../../local/part.js';
import { findAnyPort } from '../../local/ports.js';
import { waitUntil } from '../support/wait-until.js';
import type { TemporalForTest } from './rig.js';

/**
 * A real Temporal dev server, whose worker may come and go, and which suggests to continue as new already after
 * `cutAfterEvents` of history instead of thousands.
 */
export async function startRealServer({
  cutAfterEvents,
}: {
  cutAfterEvents: number;
}): Promise<TemporalForTest> {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-temporal-'));
  const port = await findAnyPort();
  const address = `127.0.0.1:${port}`;
  const part = startPart({
    command: inject('services').binaries.temporal,
    args: [
      ...[
        'server',
        'start-dev',
        '--ip',
        '127.0.0.1',
        '--port',
        String(port),
        '--headless',
        '--log-level',
        'error',
      ],
      ...['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${cutAfterEvents}`],
      ...Object.entries(searchAttributes).flatMap(([name, type]) => [
        '--search-attribute',
        `${name}=${type}`,
      ]),
    ],
    logFile: join(folder, 'temporal.log'),
  });
  const namespace = 'default';
  const connection = Connection.lazy({ address });
  await waitUntil(() => connection.workflowService.describeNamespace({ namespace }), { withinMs: 60_000 });
  const nativeConnection = await NativeConnection.connect({ address });
  return {
    client: new Client({ connection, namespace }) as TemporalForTest['client'],
    nativeConnection,
    namespace,
    currentTimeMs: async () => Date.now(),
    async sleep(duration) {
      const until = Date.now() + Number(duration);
      await waitUntil(() => Date.now() >= until, { withinMs: Number(duration) + 5_000 });
    },
    async teardown() {
      await nativeConnection.close();
      await connection.close();
      await stopPart(part, 5_000);
      await rm(folder, { recursive: true, force: true });
    },
  };
}
