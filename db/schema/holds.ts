import { index, pgTable, text } from 'drizzle-orm/pg-core';
import { instant } from './columns.js';
import { incidents } from './incidents.js';
import { orders } from './orders.js';

/**
 * 暂停: why an order's goods or work stand still. Several at once, each with its reason and owner, and each released by
 * its own id (design §4); the order goes on when the last one is released.
 */
export const holds = pgTable(
  'holds',
  {
    /** `SO-20261123-0001.hold`, from the second on `….2`; given by the order's process. */
    id: text('id').primaryKey(),
    order: text('order_number')
      .notNull()
      .references(() => orders.number),
    /** A machine word of the policy: `customerAsked`, `shipment`, `payment`, … */
    reason: text('reason').notNull(),
    /** Who sees to it that it ends: a person's id. */
    ownerId: text('owner_id').notNull(),
    note: text('note'),
    /** By when it is to be looked at again. */
    dueAt: instant('due_at'),
    /** The incident that asked for it, and its step, which releases it on a false alarm. */
    incident: text('incident_number').references(() => incidents.number),
    step: text('step'),
    heldBy: text('held_by').notNull(),
    heldAt: instant('held_at').notNull(),
    releasedBy: text('released_by'),
    releasedAt: instant('released_at'),
    releasedBecause: text('released_because'),
  },
  (t) => [index('holds_order').on(t.order), index('holds_incident').on(t.incident)],
);
