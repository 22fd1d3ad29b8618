import { defineConfig } from 'vitest/config';

/** Runs `record.ts`, which no ordinary test run does. */
export default defineConfig({
  test: {
    env: { TZ: 'UTC' },
    include: ['tests/replay/record.ts'],
    globalSetup: ['tests/support/services.ts'],
    pool: 'forks',
    testTimeout: 60_000,
    hookTimeout: 120_000,
  },
});
