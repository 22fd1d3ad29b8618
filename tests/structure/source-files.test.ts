import { expect, test } from 'vitest';
import { importsOf, readSources } from './source-files.js';

test('imports are read in all their spellings', () => {
  const text = `
import pg from 'pg';
import type { A } from '../a.js';
import { type B, type C } from './b.js';
import {
  type D,
  e,
} from '../d.js';
import './f.js';
import data from './data.json' with { type: 'json' };
import * as schema from '../../schema/index.js';
export { g } from './g.js';
export type { H } from './h.js';
const late = await import('./i.js');
// import { no } from 'comment';
const words = "import { no } from 'text'";
`;
  expect(importsOf('app/x/y.ts', text).map(({ to, typeOnly }) => [to, typeOnly])).toEqual([
    ['pg', false],
    ['app/a.ts', true],
    ['app/x/b.ts', true],
    ['app/d.ts', false],
    ['app/x/f.ts', false],
    ['app/x/data.json', false],
    ['schema/index.ts', false],
    ['app/x/g.ts', false],
    ['app/x/h.ts', true],
    ['app/x/i.ts', false],
  ]);
});

test('as many imports are found as there are lines that begin one', () => {
  for (const [file, text] of readSources()) {
    const begun = text.match(/^import\s|^export (type )?[{*].*from '|\bimport\('/gm)?.length ?? 0;
    expect(importsOf(file, text).length, file).toBe(begun);
  }
});
