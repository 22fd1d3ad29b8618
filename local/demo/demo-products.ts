import type { LeadTimeKind } from '../../domain/assessment/shape.js';

export interface DemoProduct {
  sku: string;
  nameZh: string;
  nameEn: string;
  unit: string;
  leadTimeKind: LeadTimeKind;
  leadTimeDays: number | null;
  scalesWithQuantity: boolean;
  /** Fen of CNY. */
  priceMinor: number;
  discontinued: boolean;
}

type Row = [sku: string, nameZh: string, nameEn: string, unit: string, priceYuan: number];

// Normal lead times come from the policy, by kind. Machining more pieces takes longer; fetching more from a shelf not.
const ofKind = (leadTimeKind: LeadTimeKind, scalesWithQuantity: boolean, rows: Row[]): DemoProduct[] =>
  rows.map(([sku, nameZh, nameEn, unit, priceYuan]) => ({
    sku,
    nameZh,
    nameEn,
    unit,
    leadTimeKind,
    leadTimeDays: null,
    scalesWithQuantity,
    priceMinor: priceYuan * 100,
    discontinued: false,
  }));

const discontinue = (sku: string) => (product: DemoProduct) =>
  product.sku === sku ? { ...product, discontinued: true } : product;

/** What a maker of gear reducers and small machine tools sells: six products of each lead-time kind. */
export const demoProducts: readonly DemoProduct[] = [
  ...ofKind('sparePart', false, [
    ['RM-SEAL-62', '骨架油封 62×85×10', 'Oil seal 62×85×10', '件', 18],
    ['RM-BRG-6208', '深沟球轴承 6208', 'Deep groove ball bearing 6208', '件', 36],
    ['RM-BELT-B1500', '三角带 B1500', 'V-belt B1500', '条', 28],
    ['RM-COUP-L4', '弹性联轴器 L4', 'Flexible coupling L4', '套', 165],
    ['RM-FAN-180', '冷却风扇 180', 'Cooling fan 180', '件', 95],
    ['RM-PAD-20', '制动片 20', 'Brake pad 20', '副', 76],
  ]),
  ...ofKind('standardFromStock', false, [
    ['RM-WPA-80', '蜗轮减速机 WPA80', 'Worm gear reducer WPA80', '台', 860],
    ['RM-WPA-100', '蜗轮减速机 WPA100', 'Worm gear reducer WPA100', '台', 1260],
    ['RM-NMRV-63', '铝壳蜗轮减速机 NMRV63', 'Aluminium worm gear reducer NMRV63', '台', 520],
    ['RM-NMRV-90', '铝壳蜗轮减速机 NMRV90', 'Aluminium worm gear reducer NMRV90', '台', 940],
    ['RM-DRILL-16', '台式钻床 Z516', 'Bench drilling machine Z516', '台', 2180],
    ['RM-VISE-160', '精密平口钳 160', 'Precision machine vice 160', '台', 680],
  ]),
  ...ofKind('standardToOrder', true, [
    ['RM-SHAFT-45', '输出轴 φ45', 'Output shaft φ45', '件', 1280],
    ['RM-GEAR-M4', '圆柱斜齿轮 M4', 'Helical gear M4', '件', 960],
    ['RM-R57', '斜齿轮减速机 R57', 'Helical gear reducer R57', '台', 3680],
    ['RM-K77', '螺旋锥齿轮减速机 K77', 'Bevel gear reducer K77', '台', 6850],
    ['RM-F87', '平行轴减速机 F87', 'Parallel shaft reducer F87', '台', 8240],
    ['RM-S67', '斜齿蜗轮减速机 S67', 'Helical worm reducer S67', '台', 4120],
  ]),
  ...ofKind('configured', true, [
    ['RM-ZLY-224', '硬齿面减速机 ZLY224', 'Hardened gear reducer ZLY224', '台', 28_600],
    ['RM-P3-17', '行星减速机 P3-17', 'Planetary reducer P3-17', '台', 46_500],
    ['RM-LATHE-6136', '普通车床 CA6136', 'Engine lathe CA6136', '台', 58_000],
    ['RM-MILL-X5032', '立式升降台铣床 X5032', 'Vertical knee milling machine X5032', '台', 86_000],
    ['RM-GRIND-618', '手摇平面磨床 618', 'Surface grinder 618', '台', 42_800],
    ['RM-LIFT-SWL5', '丝杆升降机 SWL5', 'Screw jack SWL5', '台', 7600],
  ]),
  ...ofKind('newDesign', true, [
    ['RM-HB-500', '大功率工业齿轮箱 HB500', 'Heavy industrial gearbox HB500', '台', 268_000],
    ['RM-WIND-3', '风电偏航减速机 3MW', 'Yaw drive for a 3 MW wind turbine', '台', 198_000],
    ['RM-SPM-CELL', '轴类加工专机', 'Special-purpose machine for shafts', '台', 680_000],
    ['RM-TURN-CNC', '双主轴数控车床', 'Twin-spindle CNC lathe', '台', 520_000],
    ['RM-HOIST-20T', '20 吨起升机构减速箱', 'Hoist gearbox for 20 t', '台', 156_000],
    ['RM-MARINE-300', '船用齿轮箱 300', 'Marine gearbox 300', '台', 132_000],
  ]),
]
  .map(discontinue('RM-PAD-20'))
  .map(discontinue('RM-GRIND-618'));
