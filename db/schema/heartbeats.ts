import { pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';

/** When a process that others rely on was last at work; one row a kind of process, however many run. */
export const heartbeats = pgTable('heartbeats', {
  /** `watchman`. */
  name: text('name').primaryKey(),
  at: instant('at').notNull(),
});
