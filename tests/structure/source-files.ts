import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

export type Import = { from: string; to: string; typeOnly: boolean };

const folders = ['domain', 'contracts', 'db', 'app', 'activities', 'workflows', 'api', 'cli', 'local'];

/** Every TypeScript file of the product, by its path in the project, with its text. */
export function readSources(): Map<string, string> {
  const files = new Map<string, string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) walk(path);
      else if (entry.name.endsWith('.ts')) files.set(relative(root, path), readFileSync(path, 'utf8'));
    }
  };
  for (const folder of folders.map((name) => join(root, name)).filter(existsSync)) walk(folder);
  for (const name of ['worker.ts', 'watchman.ts']) files.set(name, readFileSync(join(root, name), 'utf8'));
  return files;
}

// A statement begins its line; what a comment or a text says of importing does not.
const statement = /^(?:import|export)\s+(type\s)?(?:([^'";]*?)\sfrom\s+)?'([^']+)'(?: with \{.*?\})?;?$/gms;
const dynamic = /\bimport\(\s*'([^']+)'\s*\)/g;

/** What a file imports: a path in the project for a relative import, else the package's name. */
export function importsOf(file: string, text: string): Import[] {
  const resolve = (specifier: string) =>
    specifier.startsWith('.') ? join(dirname(file), specifier).replace(/\.js$/, '.ts') : specifier;
  const fixed = [...text.matchAll(statement)].map(([, type, names = '', to = '']) => {
    const named = /^\{(.*)\}$/s
      .exec(names.trim())?.[1]
      ?.split(',')
      .map((name) => name.trim());
    const allTypes = !!named?.filter(Boolean).every((name) => name.startsWith('type '));
    return { from: file, to: resolve(to), typeOnly: type !== undefined || allTypes };
  });
  const late = [...text.matchAll(dynamic)].map(([, to = '']) => ({
    from: file,
    to: resolve(to),
    typeOnly: false,
  }));
  return [...fixed, ...late];
}
