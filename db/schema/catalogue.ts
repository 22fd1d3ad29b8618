import { sql } from 'drizzle-orm';
import { bigint, boolean, check, index, integer, pgTable, text, uniqueIndex } from 'drizzle-orm/pg-core';
import type { LeadTimeKind, Tier } from '../../domain/assessment/shape.js';
import { instant } from './columns.js';
import { apiClients, people } from './people.js';

/** What the company sells. */
export const products = pgTable(
  'products',
  {
    sku: text('sku').primaryKey(),
    nameZh: text('name_zh').notNull(),
    nameEn: text('name_en').notNull(),
    unit: text('unit').notNull().default('件'),
    leadTimeKind: text('lead_time_kind').$type<LeadTimeKind>().notNull(),
    /** The product's own normal lead time in calendar days; without it the policy's for its kind. */
    leadTimeDays: integer('lead_time_days'),
    /** Whether the policy's quantity factors lengthen the lead time. */
    scalesWithQuantity: boolean('scales_with_quantity').notNull().default(true),
    priceMinor: bigint('price_minor', { mode: 'number' }).notNull(),
    currency: text('currency').notNull(),
    discontinued: boolean('discontinued').notNull().default(false),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (t) => [check('products_price_not_negative', sql`${t.priceMinor} >= 0`)],
);

/**
 * Who orders. A customer belongs to the API client that brought it, or to the company's own book (`clientId` null);
 * e-mail and telephone are unique within that. Personal data lives here, where it can be erased.
 */
export const customers = pgTable(
  'customers',
  {
    id: text('id').primaryKey(),
    clientId: text('client_id').references(() => apiClients.id),
    name: text('name').notNull(),
    email: text('email'),
    phone: text('phone'),
    locale: text('locale').notNull().default('zh-CN'),
    tier: text('tier').$type<Tier>().notNull().default('regular'),
    /** 业务员: each customer has a sales owner. */
    salesOwnerId: text('sales_owner_id').references(() => people.id),
    createdAt: instant('created_at').notNull().default(sql`now()`),
  },
  (t) => [
    uniqueIndex('customers_email')
      .on(sql`coalesce(${t.clientId}, '')`, t.email)
      .where(sql`${t.email} is not null`),
    uniqueIndex('customers_phone')
      .on(sql`coalesce(${t.clientId}, '')`, t.phone)
      .where(sql`${t.phone} is not null`),
    index('customers_name').on(t.name),
  ],
);
