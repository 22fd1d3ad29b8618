import type { Address } from '../../domain/address/shape.js';

export interface DemoOrder {
  /** By which the rest of the demonstration names it. */
  key: string;
  /** Place in the list of customers, from 1. */
  customer: number;
  /** Days before today on which it came in. */
  receivedAgo: number;
  /** Days from today on which it is to be delivered. */
  deliveryIn: number;
  sku: string;
  quantity: number;
  shipTo: Address;
  /** Days before today on which it was delivered and closed; open where absent. */
  closedAgo?: number;
}

const place = (region: string, city: string, name: string, line1: string): Address => ({
  name,
  country: 'CN',
  region,
  city,
  line1,
});

const PLACES = {
  shanghai: place('上海', '上海', '刘洋', '浦东新区川沙路 1200 号'),
  suzhou: place('江苏', '苏州', '王磊', '工业园区星湖街 328 号'),
  hangzhou: place('浙江', '杭州', '沈琳', '余杭区文一西路 969 号'),
  wenzhou: place('浙江', '温州', '叶蓓', '龙湾区滨海大道 88 号'),
  jinan: place('山东', '济南', '韩冰', '历城区工业北路 60 号'),
  wuhan: place('湖北', '武汉', '田野', '青山区冶金大道 7 号'),
  foshan: place('广东', '佛山', '梁家豪', '南海区桂城街道 21 号'),
  xiamen: place('福建', '厦门', '许文', '集美区杏林湾路 5 号'),
  chengdu: place('四川', '成都', '邓超然', '龙泉驿区成龙大道 300 号'),
  tianjin: place('天津', '天津', '郝建', '滨海新区新港路 15 号'),
} as const;

type Row = [
  key: string,
  customer: number,
  receivedAgo: number,
  deliveryIn: number,
  sku: string,
  quantity: number,
  place: keyof typeof PLACES,
  closedAgo?: number,
];

const rows: Row[] = [
  // Delivered.
  ['d1', 4, 34, -2, 'RM-BRG-6208', 60, 'shanghai', 3],
  ['d2', 5, 33, -3, 'RM-WPA-80', 4, 'suzhou', 4],
  ['d3', 10, 31, -1, 'RM-BELT-B1500', 40, 'hangzhou', 2],
  ['d4', 11, 30, -4, 'RM-NMRV-63', 6, 'wenzhou', 5],
  ['d5', 7, 29, -1, 'RM-SEAL-62', 200, 'jinan', 2],
  ['d6', 14, 28, -2, 'RM-DRILL-16', 2, 'xiamen', 3],
  // Under way, or about to leave.
  ['s1', 4, 26, 2, 'RM-WPA-100', 3, 'shanghai'],
  ['s2', 9, 25, 1, 'RM-NMRV-90', 5, 'foshan'],
  ['s3', 6, 24, 3, 'RM-FAN-180', 30, 'wuhan'],
  ['s4', 15, 24, 2, 'RM-VISE-160', 8, 'chengdu'],
  ['s5', 12, 23, -1, 'RM-COUP-L4', 20, 'jinan'],
  ['s6', 10, 22, 4, 'RM-WPA-80', 6, 'hangzhou'],
  ['s7', 11, 21, 3, 'RM-BELT-B1500', 60, 'wenzhou'],
  ['s8', 5, 21, 2, 'RM-BRG-6208', 80, 'suzhou'],
  ['s9', 13, 20, 5, 'RM-SEAL-62', 150, 'tianjin'],
  // Waiting for goods that were bought.
  ['w1', 4, 12, 26, 'RM-BRG-6208', 300, 'shanghai'],
  ['w2', 7, 11, 24, 'RM-SEAL-62', 400, 'jinan'],
  ['w3', 10, 10, 20, 'RM-COUP-L4', 40, 'hangzhou'],
  ['w4', 14, 9, 22, 'RM-WPA-100', 8, 'xiamen'],
  ['w5', 5, 8, 40, 'RM-GEAR-M4', 1, 'suzhou'],
  ['w6', 16, 7, 25, 'RM-VISE-160', 10, 'tianjin'],
];

/** Twenty-one normal orders of the last weeks, none of them urgent: six delivered, nine shipped, six that wait. */
export const demoOrders: readonly DemoOrder[] = rows.map(
  ([key, customer, receivedAgo, deliveryIn, sku, quantity, where, closedAgo]) => ({
    key,
    customer,
    receivedAgo,
    deliveryIn,
    sku,
    quantity,
    shipTo: PLACES[where],
    closedAgo,
  }),
);
