// Writes docs/coverage.md and docs/coverage-served.json: npm run coverage
// Refuses where an obligation lost what served it; npm run coverage -- --drop P07.4 lets that one go.
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { OBLIGATIONS } from '../../domain/procedures/obligations.js';
import { coveragePath, makeCoverage, readServed, servedPath } from './coverage.js';
import { lostSince, writeServed } from './served.js';

const { values } = parseArgs({ options: { drop: { type: 'string', multiple: true, default: [] } } });
const unknown = values.drop.filter((id) => !OBLIGATIONS.some((one) => one.id === id));
const { page, served } = makeCoverage();
const lost = lostSince(readServed(), served, values.drop);

if (unknown.length > 0) {
  process.stderr.write(`No such obligation: ${unknown.join(', ')}.\n`);
  process.exitCode = 1;
} else if (lost.length > 0) {
  const ids = [...new Set(lost.map(({ id }) => id))].map((id) => `--drop ${id}`).join(' ');
  process.stderr.write(
    `${lost.map(({ words }) => words).join('\n')}\nNothing was written. Cite it where it is served now, or let it go by: npm run coverage -- ${ids}\n`,
  );
  process.exitCode = 1;
} else {
  writeFileSync(coveragePath, page);
  writeFileSync(servedPath, writeServed(served));
  process.stdout.write(
    `docs/coverage.md: ${Object.keys(served).length} of ${OBLIGATIONS.length} obligations are served.\n`,
  );
}
