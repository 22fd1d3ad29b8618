import { ne, type SQL } from 'drizzle-orm';
import { chases, incidents, orders } from '../db/schema/index.js';

/** A kind of record that has a process: where its rows are, and what its workflow is called. */
export interface ReconciledKind {
  /** First part of the workflow's id: `order/SO-20261123-0001`. */
  prefix: string;
  /** The workflow's type. */
  workflow: string;
  table: typeof orders | typeof incidents | typeof chases;
  /** Which rows have a process, where not all have. */
  having?: SQL;
}

/** What the reconciler looks after; a new kind of process is a line here. */
export const RECONCILED: readonly ReconciledKind[] = [
  // A normal order has no process.
  { prefix: 'order', workflow: 'urgentOrder', table: orders, having: ne(orders.class, 'normal') },
  { prefix: 'incident', workflow: 'incident', table: incidents },
  { prefix: 'chase', workflow: 'chase', table: chases },
];
