import { defineConfig } from 'vitest/config';

const services = ['tests/support/services.ts'];
const anyOf = (...folders: string[]) => folders.map((folder) => `tests/${folder}/**/*.test.ts`);

/**
 * Temporal's client keeps the timer of a retry after its connection was closed, and throws out of it: a test that leaves
 * a call unanswered, because the worker is away, ends before that timer. Nothing else is let through.
 */
const isLateRetry = (message: string, stack?: string) =>
  message === 'Channel has been shut down' && /@temporalio.client.lib.grpc-retry/.test(stack ?? '');

/**
 * Four projects, by what a test needs beside the code. `fast` needs nothing; `services` a PostgreSQL server and the
 * time-skipping Temporal server; `e2e` and `crash` real servers and processes, so their files run one at a time.
 */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    onUnhandledError: ({ message, stack }) => !isLateRetry(message, stack),
    projects: [
      {
        test: {
          name: 'fast',
          include: anyOf('domain', 'contracts', 'wording', 'structure', 'docs'),
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'services',
          include: anyOf('db', 'app', 'api', 'activities', 'workflows', 'replay', 'cli', 'local'),
          globalSetup: services,
          pool: 'forks',
          testTimeout: 60_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'e2e',
          include: anyOf('e2e'),
          globalSetup: services,
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 180_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 2 },
        },
      },
      {
        test: {
          name: 'crash',
          include: anyOf('crash'),
          globalSetup: services,
          pool: 'forks',
          maxWorkers: 1,
          fileParallelism: false,
          testTimeout: 300_000,
          hookTimeout: 180_000,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
