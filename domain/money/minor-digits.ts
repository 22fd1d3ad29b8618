/**
 * Currencies whose minor unit is not a hundredth (ISO 4217, list one). Not taken from Intl: its data gives some of
 * them the digits people pay with, IQD 0 for one.
 */
const digitsOf: Record<number, string> = {
  0: 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
  3: 'BHD IQD JOD KWD LYD OMR TND',
  4: 'CLF UYW',
};

const exceptions = new Map(
  Object.entries(digitsOf).flatMap(([digits, codes]) =>
    codes.split(' ').map((code) => [code, Number(digits)]),
  ),
);

/** Decimal digits of a currency's minor unit: CNY 2, JPY 0, KWD 3. */
export function minorDigits(currency: string): number {
  return exceptions.get(currency) ?? 2;
}

const known = new Set(Intl.supportedValuesOf('currency'));

/** Whether a code is that of a currency at all. */
export function isCurrency(code: string): boolean {
  return known.has(code);
}
