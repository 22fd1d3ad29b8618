import type { ScanCode } from '../../domain/logistics/shape.js';

/** What left for a customer; days from today, before it when negative. */
export interface DemoShipment {
  /** The order's key. */
  order: string;
  carrier: 'SF' | 'JD' | 'YTO' | 'DEPPON';
  warehouse: 'WH-SH' | 'WH-SZ';
  promisedDay: number;
  bookedOn: number;
  scans: { on: number; time: string; code: ScanCode; place?: string }[];
}

type ScanRow = [on: number, time: string, code: ScanCode, place?: string];
type Row = [
  order: string,
  carrier: DemoShipment['carrier'],
  warehouse: 'SH' | 'SZ',
  promisedDay: number,
  bookedOn: number,
  ...ScanRow[],
];

const rows: Row[] = [
  // Signed for.
  [
    'd1',
    'SF',
    'SH',
    -3,
    -5,
    [-5, '17:40', 'pickedUp', '上海'],
    [-4, '06:10', 'outForDelivery', '上海'],
    [-4, '10:25', 'signedFor', '上海'],
  ],
  ['d2', 'JD', 'SZ', -4, -6, [-6, '18:05', 'pickedUp', '苏州'], [-5, '09:30', 'signedFor', '苏州']],
  [
    'd3',
    'SF',
    'SH',
    -2,
    -4,
    [-4, '17:30', 'pickedUp', '上海'],
    [-3, '05:50', 'arrived', '杭州'],
    [-3, '11:15', 'signedFor', '杭州'],
  ],
  ['d4', 'YTO', 'SH', -5, -8, [-8, '19:00', 'pickedUp', '上海'], [-6, '14:20', 'signedFor', '温州']],
  [
    'd5',
    'DEPPON',
    'SZ',
    -2,
    -5,
    [-5, '18:30', 'pickedUp', '苏州'],
    [-4, '21:00', 'arrived', '济南'],
    [-3, '16:40', 'signedFor', '济南'],
  ],
  ['d6', 'SF', 'SH', -3, -6, [-6, '17:50', 'pickedUp', '上海'], [-4, '15:05', 'signedFor', '厦门']],
  // Under way.
  ['s1', 'SF', 'SH', 1, -1, [-1, '17:35', 'pickedUp', '上海'], [-1, '22:10', 'departed', '上海转运中心']],
  [
    's2',
    'DEPPON',
    'SZ',
    1,
    -3,
    [-3, '18:20', 'pickedUp', '苏州'],
    [-2, '20:45', 'departed', '南京'],
    [-1, '07:30', 'arrived', '佛山'],
  ],
  ['s3', 'JD', 'SZ', 2, -2, [-2, '18:00', 'pickedUp', '苏州'], [-1, '13:15', 'arrived', '武汉']],
  ['s4', 'DEPPON', 'SH', 2, -2, [-2, '17:20', 'pickedUp', '上海'], [-1, '09:00', 'departed', '合肥']],
  // Its promised day has passed, and for three days nobody scanned it.
  ['s5', 'YTO', 'SH', -1, -4, [-4, '19:10', 'pickedUp', '上海'], [-3, '23:40', 'departed', '徐州']],
  // Delivered to a closed door.
  [
    's6',
    'SF',
    'SH',
    0,
    -2,
    [-2, '17:45', 'pickedUp', '上海'],
    [-1, '08:20', 'outForDelivery', '杭州'],
    [-1, '14:55', 'attemptFailed', '杭州'],
  ],
  ['s7', 'YTO', 'SH', 2, -1, [-1, '18:40', 'pickedUp', '上海']],
  // Booked, and no courier came.
  ['s8', 'JD', 'SZ', 1, -1],
  ['s9', 'DEPPON', 'SZ', 4, -1, [-1, '19:05', 'pickedUp', '苏州']],
];

/** Fifteen shipments: six signed for, seven on their way or tried, one without a scan for days, one not fetched. */
export const demoShipments: readonly DemoShipment[] = rows.map(
  ([order, carrier, warehouse, promisedDay, bookedOn, ...scans]) => ({
    order,
    carrier,
    warehouse: `WH-${warehouse}`,
    promisedDay,
    bookedOn,
    scans: scans.map(([on, time, code, place]) => ({ on, time, code, place })),
  }),
);
