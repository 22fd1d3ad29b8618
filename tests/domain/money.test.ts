import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineAmountMinor, orderAmountMinor } from '../../domain/assessment/line-amount.js';
import { convertMinor, tradesIn } from '../../domain/money/convert-minor.js';
import { formatAmount, majorUnits } from '../../domain/money/format-amount.js';
import { compareFractions, fractionOf } from '../../domain/money/fraction.js';
import { isCurrency, minorDigits } from '../../domain/money/minor-digits.js';
import { MAX_AMOUNT_MINOR } from '../../domain/money/shape.js';

const policy = { currency: 'CNY', rates: { USD: 7.1, JPY: 0.048, KWD: 23.1 } };

describe('the amount of a line', () => {
  it.each([
    [3, 128_000, 0, 384_000],
    [1, 128_000, 250, 124_800],
    [1, 1, 5_000, 1],
    [1, 1, 5_001, 0],
    [1, 3, 5_000, 2],
    [7, 999, 333, 6_760],
    [1_000_000, 0, 0, 0],
    [5, 128_000, 10_000, 0],
  ])(
    '%i × %i less %i basis points is %i, a half rounded up',
    (quantity, unitPriceMinor, discountBp, amount) => {
      expect(lineAmountMinor({ quantity, unitPriceMinor, discountBp })).toBe(amount);
    },
  );

  it('is exact where a double is not', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1_000_000 }),
        fc.integer({ min: 0, max: 1_000_000_000 }),
        fc.integer({ min: 0, max: 10_000 }),
        (quantity, unitPriceMinor, discountBp) => {
          const tenThousandths = BigInt(quantity) * BigInt(unitPriceMinor) * BigInt(10_000 - discountBp);
          const whole = tenThousandths / 10_000n + (tenThousandths % 10_000n >= 5_000n ? 1n : 0n);
          expect(BigInt(lineAmountMinor({ quantity, unitPriceMinor, discountBp }))).toBe(whole);
        },
      ),
    );
  });

  it('past the limit is refused, and so is the sum of an order', () => {
    const most = { quantity: 1, unitPriceMinor: MAX_AMOUNT_MINOR };
    expect(lineAmountMinor(most)).toBe(MAX_AMOUNT_MINOR);
    expect(() => lineAmountMinor({ ...most, quantity: 2 })).toThrow('the amount of the line is too large');
    expect(() => orderAmountMinor([most, { quantity: 1, unitPriceMinor: 1 }])).toThrow(
      'the amount of the order is too large',
    );
  });

  it('is rounded line by line, as it is shown', () => {
    const half = { quantity: 1, unitPriceMinor: 1, discountBp: 5_000 };
    expect(orderAmountMinor([half, half])).toBe(2);
    expect(orderAmountMinor([])).toBe(0);
  });
});

describe('conversion', () => {
  it.each([
    [100, 'USD', 'CNY', 710],
    [1, 'JPY', 'CNY', 5],
    [1_000, 'JPY', 'CNY', 4_800],
    [1_000, 'KWD', 'CNY', 2_310],
    [1, 'KWD', 'CNY', 2],
    [710, 'CNY', 'USD', 100],
    [4_800, 'CNY', 'JPY', 1_000],
    [2_310, 'CNY', 'KWD', 1_000],
    [48, 'USD', 'JPY', 71],
    [12_345, 'JPY', 'JPY', 12_345],
  ])(
    'of %i minor units of %s to %s gives %i: JPY has none, KWD a thousandth',
    (amount, from, to, converted) => {
      expect(convertMinor(amount, from, to, policy)).toBe(converted);
    },
  );

  it('there and back is the same amount, wherever the other unit is the finer one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (amount) => {
        expect(convertMinor(convertMinor(amount, 'USD', 'CNY', policy), 'CNY', 'USD', policy)).toBe(amount);
      }),
    );
  });

  it('of a currency without a rate is refused, and names from objects are none', () => {
    expect(() => convertMinor(1, 'CHF', 'CNY', policy)).toThrow('no rate for CHF');
    expect(() => convertMinor(1, 'CNY', 'constructor', policy)).toThrow('no rate for constructor');
    expect([tradesIn('CNY', policy), tradesIn('JPY', policy), tradesIn('CHF', policy)]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('currencies', () => {
  it('have the decimals of ISO 4217', () => {
    expect(['CNY', 'USD', 'JPY', 'KRW', 'KWD', 'IQD', 'CLF'].map(minorDigits)).toEqual([2, 2, 0, 0, 3, 3, 4]);
  });

  it('are known by their code', () => {
    expect(['CNY', 'KWD', 'XXQ', 'cny', ''].map(isCurrency)).toEqual([true, true, false, false, false]);
  });

  it.each([
    [128_000, 'CNY', '1280.00', '¥1,280.00', 'CN¥1,280.00'],
    [5, 'CNY', '0.05', '¥0.05', 'CN¥0.05'],
    [1_280, 'JPY', '1280', 'JP¥1,280', '¥1,280'],
    [1_280, 'USD', '12.80', 'US$12.80', '$12.80'],
    [1_280_500, 'KWD', '1280.500', 'KWD 1,280.500', 'KWD 1,280.500'],
    [MAX_AMOUNT_MINOR, 'CNY', '10000000000000.00', '¥10,000,000,000,000.00', 'CN¥10,000,000,000,000.00'],
  ])('%i of %s are %s, written %s and %s', (amount, currency, plain, zh, en) => {
    expect(majorUnits(amount, currency)).toBe(plain);
    const spaced = (text: string) => text.replace(/\s/g, ' ');
    expect(spaced(formatAmount(amount, currency, 'zh-CN'))).toBe(zh);
    expect(spaced(formatAmount(amount, currency, 'en'))).toBe(en);
  });
});

describe('fractions', () => {
  it('hold a decimal as it is written', () => {
    expect(fractionOf(0.048)).toEqual({ numerator: 48n, denominator: 1000n });
    expect(fractionOf(1e-7)).toEqual({ numerator: 1n, denominator: 10_000_000n });
    expect(fractionOf(1.5e21)).toEqual({ numerator: 1_500_000_000_000_000_000_000n, denominator: 1n });
    expect(() => fractionOf(Number.NaN)).toThrow(RangeError);
  });

  it('compare exactly, where doubles would not', () => {
    // 0.1 + 0.2 is more than 0.3 in doubles.
    const sum = { numerator: 3n, denominator: 10n };
    expect(compareFractions(sum, fractionOf(0.3))).toBe(0);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e9 }), fc.integer({ min: 1, max: 1e6 }), (n, d) => {
        const fraction = { numerator: BigInt(n), denominator: BigInt(d) };
        expect(compareFractions(fraction, { numerator: BigInt(n) * 7n, denominator: BigInt(d) * 7n })).toBe(
          0,
        );
        expect(compareFractions(fraction, { numerator: BigInt(n) + 1n, denominator: BigInt(d) })).toBe(-1);
      }),
    );
  });
});
