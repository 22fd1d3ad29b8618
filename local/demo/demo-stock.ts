export const demoWarehouses = [
  { id: 'WH-SH', name: '上海仓', country: 'CN', region: '上海', city: '上海' },
  { id: 'WH-SZ', name: '苏州仓', country: 'CN', region: '江苏', city: '苏州' },
] as const;

export interface DemoStock {
  warehouseId: 'WH-SH' | 'WH-SZ';
  sku: string;
  onHand: number;
  reserved: number;
  reorderLevel: number;
}

type Row = [sku: string, sh: [number, number, number], sz: [number, number, number]];

// On hand, reserved, reorder level, in Shanghai and in Suzhou.
const rows: Row[] = [
  ['RM-SEAL-62', [820, 150, 300], [640, 0, 300]],
  // Under its level while the supplier is late.
  ['RM-BRG-6208', [190, 150, 200], [420, 80, 200]],
  ['RM-BELT-B1500', [180, 60, 80], [210, 0, 80]],
  ['RM-COUP-L4', [36, 20, 30], [44, 0, 30]],
  ['RM-FAN-180', [75, 30, 30], [28, 0, 20]],
  ['RM-WPA-80', [18, 6, 8], [14, 0, 8]],
  ['RM-WPA-100', [9, 3, 8], [12, 0, 6]],
  ['RM-NMRV-63', [26, 0, 10], [31, 0, 10]],
  ['RM-NMRV-90', [16, 5, 8], [19, 0, 8]],
  ['RM-DRILL-16', [5, 0, 2], [7, 0, 2]],
  ['RM-VISE-160', [12, 0, 6], [9, 8, 6]],
  ['RM-SHAFT-45', [22, 0, 10], [40, 0, 10]],
  ['RM-GEAR-M4', [14, 0, 8], [25, 0, 8]],
  ['RM-R57', [6, 0, 3], [4, 0, 2]],
  ['RM-K77', [3, 0, 2], [2, 0, 1]],
  ['RM-F87', [3, 0, 1], [2, 0, 1]],
  ['RM-S67', [5, 0, 3], [4, 0, 2]],
];

/** Seventeen articles in two warehouses; four of those places are under their reorder level. */
export const demoStock: readonly DemoStock[] = rows.flatMap(([sku, ...places]) =>
  places.map(([onHand, reserved, reorderLevel], index) => ({
    warehouseId: index === 0 ? ('WH-SH' as const) : ('WH-SZ' as const),
    sku,
    onHand,
    reserved,
    reorderLevel,
  })),
);
