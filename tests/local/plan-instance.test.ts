import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { planInstance } from '../../local/instance.js';
import { findAnyPort } from '../../local/ports.js';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'redmark-plan-'));
});
afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
});

test.each(['80a', '65536', '99999', '123456'])('API_PORT=%s stops the start by its name', async (port) => {
  vi.stubEnv('API_PORT', port);
  await expect(planInstance(folder)).rejects.toThrow(/^API_PORT must be a port/);
});

test('API_PORT is taken as it is where it is free, and 0 means any', async () => {
  const free = await findAnyPort();
  vi.stubEnv('API_PORT', String(free));
  const { config, ports } = await planInstance(folder);
  expect([config.apiPort, ports.api]).toEqual([free, free]);

  vi.stubEnv('API_PORT', '0');
  const any = await planInstance(folder);
  expect(any.config.apiPort).toBe(any.ports.api);
  expect(any.ports.api).toBeGreaterThan(0);
});
