import { spawnSync } from 'node:child_process';
import type { TestContext } from 'vitest';
import { readMachine } from '../../app/config.js';

/**
 * Skips the running test, with the line that installs it, where the program of an apt package is missing. On a build
 * server, where nothing may be skipped, it fails the test instead.
 */
export function needsPackage(context: Pick<TestContext, 'skip'>, program: string, installLine: string): void {
  if (spawnSync('sh', ['-c', `command -v "$1"`, 'sh', program]).status === 0) return;
  const sentence = `${program} is missing: ${installLine}`;
  if (readMachine().isCi) throw new Error(sentence);
  context.skip(sentence);
}
