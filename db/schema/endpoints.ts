import { boolean, index, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { EndpointKind } from '../../domain/endpoints/shape.js';
import { instant } from './columns.js';
import { people } from './people.js';

/** Servers and endpoints that the company relies on, to be probed. */
export const endpoints = pgTable('endpoints', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  kind: text('kind').$type<EndpointKind>().notNull(),
  address: text('address').notNull(),
  intervalSeconds: integer('interval_seconds').notNull(),
  serves: text('serves').notNull(),
  severityHint: integer('severity_hint').$type<1 | 2 | 3>().notNull(),
  ownerId: text('owner_id')
    .notNull()
    .references(() => people.id),
  active: boolean('active').notNull().default(true),
  updatedAt: instant('updated_at').notNull(),
});

/** Signed deliveries that were taken: the same id of a source is taken once. */
export const webhookDeliveries = pgTable(
  'webhook_deliveries',
  {
    source: text('source').notNull(),
    id: text('id').notNull(),
    receivedAt: instant('received_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.source, t.id] }), index('webhook_deliveries_received').on(t.receivedAt)],
);
