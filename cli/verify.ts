// npm run verify
// Recomputes the hash of every sealed incident, and says which archive was changed or is missing.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMachine } from '../app/config.js';
import { runVerify } from './run-verify.js';

// From the sources this file lies in cli/, built in dist/cli/: data stay in the project's folder.
const project = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../..' : '..', import.meta.url));
const { env } = readMachine();

try {
  const { text, sound } = await runVerify({ env, runFile: join(project, '.redmark/run.json') });
  process.stdout.write(text);
  if (!sound) process.exitCode = 1;
} catch (error) {
  process.stderr.write(`${(error as Error).message}\n`);
  process.exitCode = 2;
}
