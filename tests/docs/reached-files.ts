import { importsOf } from '../structure/source-files.js';

/** Where processes begin; the workflows' code is loaded by its path. */
const entries = ['worker.ts', 'watchman.ts', 'api/server.ts', 'workflows/index.ts'];

/** The files that a package's scripts run from `dist/`. */
const scriptEntries = (scripts: Record<string, string>) =>
  Object.values(scripts).flatMap((script) =>
    [...script.matchAll(/\bdist\/([\w/-]+)\.js\b/g)].map(([, path]) => `${path}.ts`),
  );

/** A file with types alone is never loaded, and holds for whoever imports a type of it. */
const hasValues = (text = '') =>
  /^(?:export )?(?:default |async )?(?:const|let|function|class|enum)\b/m.test(text);

/** The files that are imported from, beginning at some and as far as it goes, these included. */
export function reachedFrom(begin: readonly string[], sources: Map<string, string>): Set<string> {
  const reached = new Set<string>();
  const open = begin.filter((file) => sources.has(file));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (reached.has(file)) continue;
    reached.add(file);
    for (const { to, typeOnly } of importsOf(file, sources.get(file) ?? '')) {
      if (sources.has(to) && !(typeOnly && hasValues(sources.get(to)))) open.push(to);
    }
  }
  return reached;
}

/** What some process of the product loads: a rule outside of it is written and not in force. */
export const filesThatRun = (sources: Map<string, string>, scripts: Record<string, string>) =>
  reachedFrom([...entries, ...scriptEntries(scripts)], sources);
