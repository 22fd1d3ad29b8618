import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { toFieldErrors } from '../../app/field-errors.js';
import { orderInputSchema } from '../../domain/order/shape.js';

const errorsOf = (schema: z.ZodType, input: unknown, root?: string) => {
  const read = schema.safeParse(input);
  if (read.success) throw new Error('was accepted');
  return toFieldErrors(read.error, root).map(({ field, message }) => `${field}: ${message}`);
};

const order = {
  channel: 'online',
  customer: { name: '上海浦江机电有限公司' },
  lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
  requestedDelivery: '2026-12-01',
  shipTo: { name: 'A', country: 'CN', city: '上海', line1: '世纪大道 100 号' },
};

describe('field errors', () => {
  it.each<[what: string, part: object, says: string]>([
    ['a missing field', { shipTo: undefined }, 'shipTo: is missing'],
    ['an unknown field', { colour: 1 }, 'colour: is not a field here'],
    [
      'an unknown field of a line',
      { lines: [{ sku: 'A', quantity: 1, colour: 1 }] },
      'lines.0.colour: is not a field here',
    ],
    ['half a piece', { lines: [{ sku: 'A', quantity: 1.5 }] }, 'lines.0.quantity: must be a whole number'],
    [
      'a negative price',
      { lines: [{ sku: 'A', quantity: 1, unitPriceMinor: -1 }] },
      'lines.0.unitPriceMinor: must be at least 0',
    ],
    ['one that is no choice', { channel: 'fax' }, 'channel: must be one of online, email, phone'],
    ['a type', { lines: {} }, 'lines: must be a list'],
    [
      'a day that is none',
      { requestedDelivery: '2026-02-31' },
      'requestedDelivery: must be a real date, like 2026-11-24',
    ],
    ['a NUL', { process: 'a\u0000' }, 'process: must not contain a NUL character'],
  ])('name the field by its path and say what would be right: %s', (_what, part, says) => {
    expect(errorsOf(orderInputSchema, { ...order, ...part })).toEqual([says]);
  });

  it('name the whole input where that is wrong', () => {
    expect(errorsOf(orderInputSchema, 'text')).toEqual(['body: must be an object']);
    expect(errorsOf(z.record(z.string(), z.number()), null, 'query')).toEqual(['query: must be an object']);
  });

  it('give the values of a union of literals as one list', () => {
    const grade = z.union([z.literal(1), z.literal(2), z.literal(3)]);
    expect(errorsOf(z.object({ grade }), { grade: 7 })).toEqual(['grade: must be one of 1, 2, 3']);
  });

  it('give of a union the branch that came closest', () => {
    const who = z.union([
      z.strictObject({ id: z.string() }),
      z.strictObject({ name: z.string(), age: z.number() }),
    ]);
    expect(errorsOf(z.object({ who }), { who: { name: 'A', age: 'x' } })).toEqual([
      'who.age: must be a number',
    ]);
    const kind = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]);
    expect(errorsOf(kind, { kind: 'c' })[0]).toMatch(/^kind: /);
  });

  it('name the bad key of a record, and bad elements within', () => {
    const rates = z.record(z.string().regex(/^[A-Z]{3}$/, 'must be a code'), z.number().positive());
    expect(errorsOf(z.object({ rates }), { rates: { usd: 1, EUR: 0 } })).toEqual([
      'rates.usd: must be a code',
      'rates.EUR: must be above 0',
    ]);
  });

  it('say bounds in words', () => {
    const schema = z.object({
      list: z.array(z.string()).min(1),
      text: z.string().max(2),
      share: z.number().lt(1),
      flag: z.boolean(),
    });
    expect(errorsOf(schema, { list: [], text: 'abc', share: 1, flag: 'x' })).toEqual([
      'list: must be a list of at least 1 entries',
      'text: must be a text of at most 2 characters',
      'share: must be below 1',
      'flag: must be true or false',
    ]);
  });

  it('stop at fifty, and cut a name that is a whole text', () => {
    const input = { ...order, lines: Array.from({ length: 100 }, () => ({ sku: 'A', quantity: 0 })) };
    expect(errorsOf(orderInputSchema, input)).toHaveLength(50);
    const [said] = errorsOf(z.strictObject({}), { ['x'.repeat(10_000)]: 1 });
    expect(said?.length).toBeLessThan(200);
  });
});
