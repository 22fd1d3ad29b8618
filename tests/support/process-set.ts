import { existsSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { connectTemporal } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { appRole } from '../../db/grant-app-role.js';
import { migrate } from '../../db/migrate.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { loadDemo } from '../../local/demo/load-demo.js';
import type { DemoTokens } from '../../local/demo/store-tokens.js';
import { databaseName, projectFolder } from '../../local/instance.js';
import { hasSaid, type Part, startPart, stopPart, waitUntilReady } from '../../local/part.js';
import { findPort } from '../../local/ports.js';
import { postgresUrl, startPostgres, stopPostgres } from '../../local/postgres.js';
import { findPostgresPlace } from '../../local/postgres-place.js';
import { createAppRole, createDatabase } from '../../local/postgres-roles.js';
import { startTemporalServer } from '../../local/temporal-server.js';
import { startMailbox } from './mailbox.js';

export type SetPart = 'postgres' | 'temporal' | 'api' | 'worker' | 'watchman';
export type ProcessSet = Awaited<ReturnType<typeof createProcessSet>>;

const ownerPassword = 'owner-of-a-set';
const appPassword = 'application-of-a-set';
const entries = { api: 'api/server.js', worker: 'worker.js', watchman: 'watchman.js' };

/**
 * The whole of Redmark as real processes of dist, with nobody who restarts what dies: PostgreSQL that syncs to its disk
 * as in production, a Temporal dev server with a file, API, worker, watchman; a mailbox in the test's own process. The
 * demo company is loaded and everything but the named parts is up. `more`: settings besides. `stop()` it in `afterAll`.
 */
export async function createProcessSet({
  without = [] as readonly SetPart[],
  env: more = {} as Readonly<Record<string, string>>,
} = {}) {
  if (!existsSync(join(projectFolder, 'dist', entries.worker))) {
    throw new Error('dist is missing: run `node local/prepare.mjs build`, as `npm test` does');
  }
  const folder = await mkdtemp(join(tmpdir(), 'redmark-set-'));
  await chmod(folder, 0o711);
  const ports = await findPorts();
  const place = await findPostgresPlace(folder, basename(folder));
  const server = { port: ports.postgres, password: ownerPassword };
  const mailbox = await startMailbox();
  const origin = `http://127.0.0.1:${ports.api}`;
  const env: Record<string, string> = {
    EMBEDDED: '1',
    TZ: 'UTC',
    LOG_LEVEL: 'info',
    // What a monitor finds in the demo company would be incidents that no test asked for.
    MONITORS: '0',
    DATABASE_URL: postgresUrl({ ...server, password: appPassword }, databaseName, appRole),
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    TEMPORAL_NAMESPACE: 'default',
    SMTP_URL: mailbox.smtpUrl,
    API_PORT: String(ports.api),
    PUBLIC_URL: origin,
    LINK_SECRET: 'a secret of the tests, long enough for it',
    ...more,
  };
  const tokens = Object.fromEntries(
    (['client', ...ROLES] as const).map((role) => [role, `dev-${role}-of-a-process-set`]),
  ) as DemoTokens;
  const parts = new Map<SetPart, Part>();
  const db = connectDatabase(postgresUrl(server, databaseName), 5);
  const { client, connection } = connectTemporal({
    address: env.TEMPORAL_ADDRESS ?? '',
    namespace: 'default',
  });
  const logFileOf = (part: SetPart) => join(folder, `${part}.log`);

  async function startOne(name: SetPart): Promise<Part> {
    const logFile = logFileOf(name);
    if (name === 'postgres') return startPostgres({ ...server, place, logFile });
    if (name === 'temporal') {
      return startTemporalServer({
        binary: inject('services').binaries.temporal,
        port: ports.temporal,
        namespace: 'default',
        databaseFile: join(folder, 'temporal.db'),
        logFile,
      });
    }
    const args = ['--enable-source-maps', join(projectFolder, 'dist', entries[name])];
    const part = startPart({ command: process.execPath, args, cwd: projectFolder, env, logFile });
    // Known before it is ready: it may be killed, or left over, while it starts.
    parts.set(name, part);
    await waitUntilReady(name, part, () => hasSaid(part, '"ready":true'), 60_000);
    return part;
  }

  async function prepareDatabase(): Promise<void> {
    const owner = new pg.Client({ connectionString: postgresUrl(server, 'postgres') });
    await owner.connect();
    try {
      await createAppRole(owner, appPassword);
      await createDatabase(owner, databaseName);
    } finally {
      await owner.end();
    }
    await migrate(postgresUrl(server, databaseName));
    await loadDemo({ databaseUrl: postgresUrl(server, databaseName), tokens });
  }

  const set = {
    origin,
    /** Host and port of Temporal. */
    temporal: `127.0.0.1:${ports.temporal}`,
    /** As the owner of the tables. */
    db,
    client,
    mailbox,

    /** What a part has written that holds `text`, line by line. */
    linesOf: async (name: SetPart, text: string) =>
      (await readFile(logFileOf(name), 'utf8')).split('\n').filter((line) => line.includes(text)),

    async start(name: SetPart): Promise<void> {
      parts.set(name, await startOne(name));
    },

    /** As `kill -9` does, with all that the part has started itself; waits until it is gone. */
    async kill(name: SetPart): Promise<void> {
      const part = parts.get(name);
      if (!part || part.hasEnded()) return;
      process.kill(name === 'postgres' ? part.pid : -part.pid, 'SIGKILL');
      await part.ended;
    },

    /** Stops a part in good order, as an operator does. */
    async end(name: SetPart, withinMs = 8_000): Promise<void> {
      const part = parts.get(name);
      if (!part) return;
      parts.delete(name);
      await (name === 'postgres' ? stopPostgres(part, withinMs) : stopPart(part, withinMs));
    },

    /** The signal alone: SIGSTOP freezes a part, SIGCONT lets it go on. */
    signal(name: SetPart, signal: NodeJS.Signals): void {
      const part = parts.get(name);
      if (part && !part.hasEnded()) process.kill(-part.pid, signal);
    },

    /** The parts that were started and not stopped. */
    get running(): SetPart[] {
      return [...parts.keys()];
    },

    /** How a part ended, in words; undefined while it runs. */
    how: async (name: SetPart) => (parts.get(name)?.hasEnded() ? parts.get(name)?.ended : undefined),

    /** One request as a role, or as the API client. Throws when nobody answers within 10 s. */
    async request(
      as: 'client' | Role,
      method: 'GET' | 'POST' | 'PUT',
      path: string,
      { body, key }: { body?: unknown; key?: string } = {},
    ): Promise<{ status: number; headers: Headers; body: Record<string, unknown> }> {
      const response = await fetch(`${origin}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${tokens[as]}`,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(key === undefined ? {} : { 'idempotency-key': key }),
        },
        body: body === undefined ? undefined : JSON.stringify(body),
        signal: AbortSignal.timeout(10_000),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: text ? JSON.parse(text) : {} };
    },

    async stop(): Promise<void> {
      await connection.close();
      await db.$client.end();
      for (const name of ['api', 'worker', 'watchman', 'temporal', 'postgres'] as const) {
        set.signal(name, 'SIGCONT');
        await set.end(name, 5_000);
      }
      await mailbox.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };

  try {
    await set.start('postgres');
    await prepareDatabase();
    const others = (['temporal', 'api', 'worker', 'watchman'] as const).filter(
      (name) => !without.includes(name),
    );
    // Temporal first: worker and API look for it at once, and would wait a second where it is not there yet.
    if (others.includes('temporal')) await set.start('temporal');
    await Promise.all(others.filter((name) => name !== 'temporal').map((name) => set.start(name)));
    return set;
  } catch (error) {
    await set.stop();
    throw error;
  }
}

/**
 * Below the ports that the system gives to outgoing connections: a part that was killed finds its own free again, not
 * taken by somebody's client meanwhile.
 */
async function findPorts() {
  const from = 20_000 + Math.floor(Math.random() * 10_000);
  const postgres = await findPort([from]);
  const temporal = await findPort([postgres + 1]);
  const api = await findPort([temporal + 1]);
  return { postgres, temporal, api };
}
