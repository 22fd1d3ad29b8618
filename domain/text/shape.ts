import { z } from 'zod';

const NUL = '\u0000';

/** A line of text a person typed: trimmed, no NUL (PostgreSQL cannot hold one), no line break. */
export const lineText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((s) => !s.includes(NUL), 'must not contain a NUL character')
    .refine((s) => !/[\r\n\u0085\u2028\u2029]/.test(s), 'must not contain a line break')
    .refine(isWellFormed, 'must be well-formed Unicode');

/** Text of several lines: trimmed, no NUL. */
export const blockText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, 'must not be empty')
    .max(max, `must have at most ${max} characters`)
    .refine((s) => !s.includes(NUL), 'must not contain a NUL character')
    .refine(isWellFormed, 'must be well-formed Unicode');

/** A mail address that can stand in a header: no line break, no list, at most 254 characters (RFC 5321). */
export const mailAddressSchema = z
  .string()
  // Looked for before the ends are trimmed: a line break is refused wherever it stands.
  .refine((s) => !/[\r\n\u0000,;<>]/.test(s), 'must be one address without line breaks')
  .trim()
  .max(254, 'must have at most 254 characters')
  .pipe(z.email('must be a mail address, e.g. wang@example.com'))
  .transform((s) => s.toLowerCase());

/** A telephone number as people write it; compared by its digits and a leading plus. */
export const phoneSchema = z
  .string()
  .trim()
  .regex(/^\+?[0-9][0-9 ()./-]{4,30}$/, 'must be a telephone number of digits, e.g. +86 21 5555 0100')
  .transform((s) => s.replace(/(?!^\+)[^0-9]/g, ''));

/** A lone surrogate cannot be encoded in UTF-8. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/.test(text);
}
