import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../structure/source-files.js';
import { findServers, type Project, readProject } from './find-servers.js';
import { reachedFrom } from './reached-files.js';
import { type Served, servedNow } from './served.js';
import { writeCoverage } from './write-coverage.js';

export const coveragePath = join(root, 'docs', 'coverage.md');
export const servedPath = join(root, 'docs', 'coverage-served.json');

/** The page and the list of what is served, as they ought to be for a project. */
export function makeCoverage(project: Project = readProject()): { page: string; served: Served } {
  const servers = findServers(project);
  // The API loads the interpreter as well, to simulate; only a workflow acts by it.
  const inWorkflows = reachedFrom(['workflows/index.ts'], project.sources);
  const page = writeCoverage(servers, inWorkflows.has('domain/playbooks/interpret.ts'));
  return { page, served: servedNow(servers) };
}

/** What was served when the list was last written. */
export const readServed = (): Served =>
  existsSync(servedPath) ? JSON.parse(readFileSync(servedPath, 'utf8')) : {};
