import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import type { PlaybookSource } from '../../domain/playbooks/shape.js';
import { OBLIGATIONS } from '../../domain/procedures/obligations.js';
import { readSources, root } from '../structure/source-files.js';
import { citedObligations } from './cited-obligations.js';
import { filesThatRun, reachedFrom } from './reached-files.js';

/** What serves an obligation: playbooks' steps by type, files of rules, those no process loads, files of tests. */
export type Servers = { playbooks: Map<string, string[]>; rules: string[]; unrun: string[]; tests: string[] };

/** What is read to find out who serves what. */
export type Project = {
  playbooks: readonly PlaybookSource[];
  /** The product's files by path, with their text. */
  sources: Map<string, string>;
  tests: Map<string, string>;
  scripts: Record<string, string>;
};

const folders = ['domain', 'app', 'workflows', 'contracts', 'api', 'local', 'activities'];
const playbookIndex = 'domain/playbooks/index.ts';

/** The project as it lies on disk. */
export function readProject(): Project {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const tests = readdirSync(join(root, 'tests'), { recursive: true, encoding: 'utf8' })
    .map((path) => `tests/${path.replaceAll('\\', '/')}`)
    .filter((path) => path.endsWith('.test.ts') && !path.startsWith('tests/docs/'));
  return {
    playbooks: BUILT_IN_PLAYBOOKS,
    sources: readSources(),
    tests: new Map(tests.map((path) => [path, readFileSync(join(root, path), 'utf8')])),
    scripts,
  };
}

/** A playbook is data, with the pieces that several share; its schema and its interpreter are not. */
function playbookFiles(sources: Map<string, string>): Set<string> {
  const reached = [...reachedFrom([playbookIndex], sources)];
  return new Set(reached.filter((file) => !file.endsWith('/shape.ts')));
}

/** Who serves each obligation, all of them in order. Throws Error for a citation of one that does not exist. */
export function findServers({ playbooks, sources, tests, scripts }: Project): Map<string, Servers> {
  const servers = new Map<string, Servers>(
    OBLIGATIONS.map(({ id }) => [id, { playbooks: new Map(), rules: [], unrun: [], tests: [] }]),
  );
  const serversOf = (id: string, where: string) => {
    const found = servers.get(id);
    if (!found) throw new Error(`${where} cites ${id}, which is no obligation`);
    return found;
  };

  for (const { type, cites, steps } of playbooks) {
    for (const id of cites) serversOf(id, type).playbooks.set(type, []);
    for (const { key, cites: ofStep } of steps) {
      for (const id of ofStep) {
        const named = serversOf(id, `${type}: ${key}`).playbooks;
        named.set(type, [...(named.get(type) ?? []), key]);
      }
    }
  }

  const isData = playbookFiles(sources);
  const running = filesThatRun(sources, scripts);
  for (const [file, text] of [...sources].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const folder = file.split('/')[0] ?? '';
    if (!folders.includes(folder) || file.startsWith('domain/procedures/') || isData.has(file)) continue;
    for (const id of citedObligations(text)) {
      const { rules, unrun } = serversOf(id, file);
      (running.has(file) ? rules : unrun).push(file);
    }
  }

  for (const [file, text] of [...tests].sort(([a], [b]) => (a < b ? -1 : 1))) {
    for (const id of citedObligations(text)) serversOf(id, file).tests.push(file);
  }
  return servers;
}
