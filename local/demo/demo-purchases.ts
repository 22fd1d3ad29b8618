/** What was ordered of a supplier; days from today, before it when negative. */
export interface DemoPurchase {
  /** Place in the list of suppliers, from 1. */
  supplier: number;
  warehouse: 'WH-SH' | 'WH-SZ';
  orderedOn: number;
  neededBy: number;
  /** The day the supplier said it delivers on; null while it has not answered. */
  confirmedFor: number | null;
  sku: string;
  quantity: number;
  /** What came of it, when, and how much of that incoming inspection rejected. */
  arrived?: { on: number; accepted: number; rejected: number };
  /** The order that waits for it, by its key. */
  waiting?: string;
}

type Row = [
  supplier: number,
  warehouse: 'SH' | 'SZ',
  orderedOn: number,
  neededBy: number,
  confirmedFor: number | null,
  sku: string,
  quantity: number,
  more?: Pick<DemoPurchase, 'arrived' | 'waiting'>,
];

const all = (on: number, accepted: number, rejected = 0) => ({ arrived: { on, accepted, rejected } });

const rows: Row[] = [
  // Received.
  [1, 'SH', -40, -32, -33, 'RM-BRG-6208', 200, all(-33, 200)],
  [3, 'SH', -38, -28, -29, 'RM-SEAL-62', 500, all(-29, 500, 12)],
  [4, 'SZ', -36, -30, -31, 'RM-BELT-B1500', 150, all(-31, 150)],
  [6, 'SZ', -35, -24, -24, 'RM-WPA-80', 20, all(-25, 20)],
  [7, 'SH', -33, -22, -23, 'RM-NMRV-63', 30, all(-23, 30, 1)],
  [8, 'SZ', -32, -18, -18, 'RM-DRILL-16', 6, all(-19, 6)],
  [5, 'SH', -30, -21, -22, 'RM-FAN-180', 60, all(-21, 60)],
  [6, 'SH', -28, -16, -17, 'RM-WPA-100', 12, all(-17, 12)],
  // Received in part.
  [7, 'SZ', -18, 3, 2, 'RM-NMRV-90', 20, all(-4, 12, 2)],
  [2, 'SH', -16, 5, 4, 'RM-BRG-6208', 400, all(-3, 150)],
  // Overdue.
  [1, 'SH', -14, -2, -3, 'RM-BRG-6208', 500, { waiting: 'w1' }],
  [4, 'SZ', -12, -1, -1, 'RM-COUP-L4', 60, { waiting: 'w3' }],
  // Not confirmed yet.
  [3, 'SH', -2, 9, null, 'RM-SEAL-62', 600, { waiting: 'w2' }],
  [10, 'SZ', -1, 20, null, 'RM-GEAR-M4', 10],
  [5, 'SZ', -1, 8, null, 'RM-FAN-180', 40],
  // Confirmed, still to come.
  [6, 'SH', -8, 8, 7, 'RM-WPA-100', 15, { waiting: 'w4' }],
  [9, 'SZ', -7, 12, 11, 'RM-SHAFT-45', 30],
  [10, 'SZ', -7, 14, 13, 'RM-GEAR-M4', 8, { waiting: 'w5' }],
  [8, 'SZ', -6, 10, 9, 'RM-VISE-160', 24, { waiting: 'w6' }],
  [11, 'SH', -5, 28, 27, 'RM-S67', 12],
];

/** Twenty purchase orders: eight received, two in part, two overdue, three unconfirmed, five still to come. */
export const demoPurchases: readonly DemoPurchase[] = rows.map(
  ([supplier, warehouse, orderedOn, neededBy, confirmedFor, sku, quantity, more]) => ({
    supplier,
    warehouse: `WH-${warehouse}`,
    orderedOn,
    neededBy,
    confirmedFor,
    sku,
    quantity,
    ...more,
  }),
);
