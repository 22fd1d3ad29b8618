import { expect, it } from 'vitest';
import { OBLIGATIONS, PROCEDURES } from '../../domain/procedures/obligations.js';

/** How many obligations the company's procedures hold, P01 first. */
const counts = [7, 6, 8, 6, 7, 7, 8, 7, 5, 7, 5, 5, 6, 8, 8, 7, 4, 7, 4, 2];
const pad = (n: number) => String(n).padStart(2, '0');

it('the twenty procedures hold every obligation, numbered without a gap', () => {
  const expected = counts.map((count, at) =>
    Array.from({ length: count }, (_, n) => `P${pad(at + 1)}.${n + 1}`),
  );
  expect(PROCEDURES.map(({ id }) => id)).toEqual(counts.map((_, at) => `P${pad(at + 1)}`));
  expect(PROCEDURES.map(({ obligations }) => obligations.map(({ id }) => id))).toEqual(expected);
  expect(OBLIGATIONS).toHaveLength(124);
});

it('each says in Chinese and in English what it asks', () => {
  const words = [...PROCEDURES.map(({ title }) => title), ...OBLIGATIONS];
  expect(words.filter(({ zh }) => !/[\p{Script=Han}]/u.test(zh))).toEqual([]);
  expect(words.filter(({ en }) => !/^[A-Z]/.test(en) || /\p{Script=Han}/u.test(en))).toEqual([]);
  expect(OBLIGATIONS.filter(({ en }) => !/[.]$/.test(en)).map(({ id }) => id)).toEqual([]);
});

it('no two ask for the same in the same words', () => {
  expect(new Set(OBLIGATIONS.map(({ en }) => en)).size).toBe(OBLIGATIONS.length);
});
