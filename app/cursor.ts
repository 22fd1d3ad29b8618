import type { z } from 'zod';
import { lineText } from '../domain/text/shape.js';
import { instantInputSchema } from '../domain/time/shape.js';
import { AppError } from './errors.js';

/** The parts of a key: what PostgreSQL cannot hold (a NUL, a year 0) is no part of any, whoever made the cursor. */
export const textKey = lineText(1000);
export const instantKey = instantInputSchema;

/**
 * A place in a list as text: the sort key of the last item of a page. Opaque to clients; it holds nothing that the
 * item itself did not show.
 */
export function writeCursor(key: readonly (string | number | null)[]): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url');
}

/** Reads a cursor by the shape of its list's key. Throws `invalid-parameter` for one that is not of this list. */
export function readCursor<T>(cursor: string | undefined, shape: z.ZodType<T>): T | undefined {
  if (cursor === undefined) return undefined;
  const read = shape.safeParse(parse(cursor));
  if (read.success) return read.data;
  const message = 'must be the `next` of an earlier page of this list';
  throw new AppError('invalid-parameter', `cursor: ${message}`, [{ field: 'cursor', message }]);
}

function parse(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}

/** What a list is asked for. */
export interface PageRequest {
  /** 1 to 200. */
  limit: number;
  cursor?: string;
}

/** One page, and the cursor of the next; null on the last one. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/**
 * Makes a page of rows that were read with one row more than the limit: that one only tells whether there is a next
 * page.
 */
export function toPage<Row, Item>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => readonly (string | number | null)[],
  toItem: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return { items: shown.map(toItem), next: rows.length > limit && last ? writeCursor(keyOf(last)) : null };
}
