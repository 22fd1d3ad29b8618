import { z } from 'zod';
import { lineText } from '../domain/text/shape.js';

/** How every list is paged. */
export const pageQuery = {
  /** How many items at most. */
  limit: z.coerce
    .number()
    .int('must be a whole number')
    .min(1)
    .max(200)
    .default(50)
    .describe('At most so many items'),
  /** `next` of the page before. */
  cursor: lineText(500).optional().describe('`next` of the page before'),
};

/** `true` or `false` in an address. */
export const flagSchema = z.enum(['true', 'false']).transform((text) => text === 'true');

/** A list: its items, and the cursor of the next page, null on the last. */
export const pageOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), next: z.string().nullable() });

/** A person, or the product itself, by id and name. */
export const namedSchema = z.object({ id: z.string(), name: z.string() });

/** Words in both languages. */
export const wordsSchema = z.object({ zh: z.string(), en: z.string() });
