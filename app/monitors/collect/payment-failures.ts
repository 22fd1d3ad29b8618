import { findSettledPayments } from '../../../db/queries/monitor-deliveries.js';
import { type Collect, windowOf } from './collector.js';

/** Payments of the window by provider: 1 a failed one, 0 one that came through (P17.1, P17.4). */
export const collectPaymentFailures: Collect = async (measuring) =>
  (await findSettledPayments(measuring.db, windowOf(measuring))).map(
    ({ id, provider, order, failed, at }) => ({
      at,
      subject: provider,
      value: failed ? 1 : 0,
      details: failed ? { facts: { payment: id }, orders: [order] } : {},
    }),
  );
