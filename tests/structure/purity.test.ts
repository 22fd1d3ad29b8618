import { expect, test } from 'vitest';
import { importsOf, readSources } from './source-files.js';

const sources = [...readSources()];
const filesWith = (pattern: RegExp, among: (file: string) => boolean) =>
  sources.filter(([file, text]) => among(file) && pattern.test(text)).map(([file]) => file);

test('only app/config.ts reads the environment', () => {
  expect(filesWith(/\bprocess\.env\b/, () => true)).toEqual(['app/config.ts']);
});

test('the domain has no clock and no randomness of its own', () => {
  const clockOrDice =
    /\bDate\.now\(|\bnew Date\(\s*\)|\bMath\.random\(|\bcrypto\b|\bDateTime\.(now|local|utc)\(\s*\)/;
  expect(filesWith(clockOrDice, (file) => file.startsWith('domain/'))).toEqual([]);
});

test('the domain does no input or output', () => {
  const found = sources
    .filter(([file]) => file.startsWith('domain/'))
    .flatMap(([file, text]) => importsOf(file, text))
    .filter(
      ({ to }) => to.startsWith('node:') || /^(pg|pino|fastify|nodemailer|drizzle|@temporalio)/.test(to),
    );
  expect(found).toEqual([]);
});

test('a file’s name says what is in it', () => {
  const vague = /(^|\/|-)(utils?|helpers?|common|managers?|misc)(-|\.|\/)/;
  expect(sources.map(([file]) => file).filter((file) => vague.test(file))).toEqual([]);
  expect(
    sources.map(([file]) => file).filter((file) => !/^([a-z0-9-]+\/)*[a-z0-9-]+\.ts$/.test(file)),
  ).toEqual([]);
});

test('the quality department is 品管部', () => {
  expect(filesWith(/质检部/, () => true)).toEqual([]);
});

test('nothing is left to be done later', () => {
  expect(filesWith(/\b(TODO|FIXME|XXX)\b/, () => true)).toEqual([]);
});
