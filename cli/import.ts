// npm run import -- <folder> [--mapping FILE]
// Imports products, customers, orders and lines from CSV files, as history: docs/import.md.
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readMachine } from '../app/config.js';
import { ImportRefused } from '../app/import-refused.js';
import { runImport } from './run-import.js';

// From the sources this file lies in cli/, built in dist/cli/: mappings and data stay in the project's folder.
const project = fileURLToPath(new URL(import.meta.url.includes('/dist/') ? '../..' : '..', import.meta.url));
const { env } = readMachine();

try {
  const text = await runImport({
    args: process.argv.slice(2),
    // npm runs its scripts in the project's folder, and says where it was called.
    calledIn: env.INIT_CWD ?? process.cwd(),
    env,
    runFile: join(project, '.redmark/run.json'),
    shippedMappings: join(project, 'cli/mappings'),
  });
  process.stdout.write(text);
} catch (error) {
  const text = error instanceof ImportRefused ? error.message : (error as Error).stack;
  process.stderr.write(`${text}\nNothing was imported.\n`);
  process.exitCode = 1;
}
