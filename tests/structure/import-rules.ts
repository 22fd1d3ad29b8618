import type { Import } from './source-files.js';

/** A rule about imports: whether one breaks it. `isOurs` tells a file of the project from a package. */
export type ImportRule = (found: Import, isOurs: (path: string) => boolean) => boolean;

export const layerOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
const isShape = (path: string) => /^domain\/(.*\/)?shape\.ts$/.test(path);

/** Each layer, and those it may import beside itself. */
export const mayImport: Record<string, readonly string[]> = {
  domain: [],
  contracts: ['domain'],
  db: ['domain', 'contracts'],
  app: ['domain', 'contracts', 'db', 'workflows'],
  activities: ['domain', 'contracts', 'db', 'app'],
  workflows: ['domain', 'contracts', 'activities'],
  api: ['domain', 'contracts', 'db', 'app', 'workflows'],
  cli: ['domain', 'contracts', 'db', 'app'],
  local: ['domain', 'contracts', 'db', 'app'],
};

/** The one way from a workflow to the playbooks' interpreter. */
const interpreter = 'domain/playbooks/interpret.ts';
const isInterpreter = (path: string) =>
  path === interpreter || path.startsWith('domain/playbooks/interpret/');

const packagesOfWorkflows = ['@temporalio/workflow', '@temporalio/common', 'zod'];

/** What the design says of imports, each rule by its words. */
export const importRules: Record<string, ImportRule> = {
  'imports point one way': ({ from, to }, isOurs) => {
    const layer = layerOf(from);
    if (layer === '' || !isOurs(to) || layerOf(to) === layer) return false;
    return !mayImport[layer]?.includes(layerOf(to));
  },

  'a relative import names a file that exists': ({ to }, isOurs) =>
    /^(\.\.\/|[a-z]+\/).*\.ts$/.test(to) && !isOurs(to),

  'a shape imports zod and other shapes alone': ({ from, to }) =>
    isShape(from) && to !== 'zod' && !isShape(to),

  'contracts compose shapes: calendar, assessment and feasibility never enter the workflow bundle': ({
    from,
    to,
    typeOnly,
  }) =>
    layerOf(from) === 'contracts' && !typeOnly && to !== 'zod' && !isShape(to) && layerOf(to) !== 'contracts',

  'workflows see of the domain only shapes and the playbooks’ interpreter, of activities only types, and nothing of Node':
    ({ from, to, typeOnly }, isOurs) => {
      if (layerOf(from) !== 'workflows' || typeOnly) return false;
      if (!isOurs(to)) return !packagesOfWorkflows.includes(to);
      return layerOf(to) === 'activities' || (layerOf(to) === 'domain' && !isShape(to) && to !== interpreter);
    },

  // It enters the bundle with all that it imports.
  'the playbooks’ interpreter imports shapes and itself alone': ({ from, to, typeOnly }) =>
    isInterpreter(from) && !typeOnly && !isShape(to) && !isInterpreter(to),

  'app and api see workflows only through their messages, and types': ({ from, to, typeOnly }) =>
    ['app', 'api'].includes(layerOf(from)) &&
    layerOf(to) === 'workflows' &&
    !typeOnly &&
    to !== 'workflows/messages.ts',

  // One that is made elsewhere would show the values of a query that failed.
  'every process has its log from createLog': ({ from, to, typeOnly }) =>
    to === 'pino' && !typeOnly && from !== 'app/create-log.ts' && !['bench', 'tests'].includes(layerOf(from)),

  'nothing imports an entry point': ({ to }) => ['worker.ts', 'watchman.ts', 'api/server.ts'].includes(to),
};
