import { expect, test } from 'vitest';
import { type Import, importsOf, readSources } from './source-files.js';

const sources = readSources();
const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));

const layerOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '') : '');
const isShape = (path: string) => /^domain\/(.*\/)?shape\.ts$/.test(path);
const isLocalPath = (path: string) => sources.has(path);
const show = (found: Import[]) => found.map(({ from, to }) => `${from} → ${to}`);

// Each layer, and those it may import beside itself.
const mayImport: Record<string, readonly string[]> = {
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

test('the rules see the project: its files, and imports in each layer', () => {
  expect(sources.size).toBeGreaterThan(100);
  for (const layer of Object.keys(mayImport)) {
    expect(
      imports.some(({ from }) => layerOf(from) === layer),
      layer,
    ).toBe(true);
  }
});

test('imports point one way', () => {
  const wrong = imports.filter(({ from, to }) => {
    const layer = layerOf(from);
    if (layer === '' || !isLocalPath(to) || layerOf(to) === layer) return false;
    return !mayImport[layer]?.includes(layerOf(to));
  });
  expect(show(wrong)).toEqual([]);
});

test('a relative import names a file that exists', () => {
  const wrong = imports.filter(({ to }) => /^(\.\.\/|[a-z]+\/).*\.ts$/.test(to) && !isLocalPath(to));
  expect(show(wrong)).toEqual([]);
});

test('a shape imports zod and other shapes alone', () => {
  const wrong = imports.filter(({ from, to }) => isShape(from) && to !== 'zod' && !isShape(to));
  expect(show(wrong)).toEqual([]);
});

test('contracts compose shapes: calendar, assessment and feasibility never enter the workflow bundle', () => {
  const wrong = imports.filter(({ from, to, typeOnly }) => {
    if (layerOf(from) !== 'contracts' || typeOnly) return false;
    return to !== 'zod' && !isShape(to) && layerOf(to) !== 'contracts';
  });
  expect(show(wrong)).toEqual([]);
});

test('workflows see of the domain only shapes, of activities only types, and nothing of Node', () => {
  const allowed = ['@temporalio/workflow', '@temporalio/common', 'zod'];
  const wrong = imports.filter(({ from, to, typeOnly }) => {
    if (layerOf(from) !== 'workflows' || typeOnly) return false;
    if (!isLocalPath(to)) return !allowed.includes(to);
    return layerOf(to) === 'activities' || (layerOf(to) === 'domain' && !isShape(to));
  });
  expect(show(wrong)).toEqual([]);
});

test('app and api see workflows only through their messages, and types', () => {
  const wrong = imports.filter(
    ({ from, to, typeOnly }) =>
      ['app', 'api'].includes(layerOf(from)) &&
      layerOf(to) === 'workflows' &&
      !typeOnly &&
      to !== 'workflows/messages.ts',
  );
  expect(show(wrong)).toEqual([]);
});

test('only entry points are imported by nobody else’s code: nothing imports worker, watchman or server', () => {
  const wrong = imports.filter(({ to }) => ['worker.ts', 'watchman.ts', 'api/server.ts'].includes(to));
  expect(show(wrong)).toEqual([]);
});
