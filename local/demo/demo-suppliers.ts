import type { SupplierStanding } from '../../domain/supply/shape.js';
import { demoProducts } from './demo-products.js';

export interface DemoSupplier {
  number: string;
  name: string;
  contactPerson: string;
  email: string;
  phone: string;
  locale: 'zh-CN' | 'en';
  standing: SupplierStanding;
  capabilities: string[];
}

export interface DemoOffer {
  supplierNumber: string;
  sku: string;
  /** Fen of CNY. */
  priceMinor: number;
  currency: string;
  leadTimeDays: number;
  minQuantity: number;
}

type Row = [
  name: string,
  contact: string,
  mail: string,
  standing: SupplierStanding,
  capabilities: string[],
  locale?: 'en',
];

const rows: Row[] = [
  ['无锡宏达轴承有限公司', '张伟', 'sales@hongda-bearing', 'preferred', ['轴承', '密封件']],
  ['洛阳中轴轴承股份有限公司', '李娜', 'order@zhongzhou-bearing', 'approved', ['轴承']],
  ['宁波甬江密封件有限公司', '王强', 'sales@yongjiang-seal', 'approved', ['密封件', '橡胶制品']],
  ['杭州之江传动带有限公司', '陈晨', 'sales@zhijiang-belt', 'approved', ['传动带', '联轴器']],
  ['佛山顺成电机配件厂', '黄志明', 'order@shuncheng-motor', 'onTrial', ['风扇', '制动片']],
  ['常州武进减速机壳体厂', '徐海', 'sales@wujin-casing', 'preferred', ['减速机', '铸件']],
  ['温州瓯江蜗轮有限公司', '林建国', 'order@oujiang-worm', 'approved', ['减速机', '蜗轮蜗杆']],
  ['山东鲁东机床附件有限公司', '孙丽', 'sales@ludong-tools', 'approved', ['钻床', '平口钳']],
  ['南通江海锻造有限公司', '周斌', 'sales@jianghai-forge', 'preferred', ['锻件', '轴', '热处理']],
  ['重庆渝州齿轮有限公司', '吴敏', 'order@yuzhou-gear', 'approved', ['齿轮', '热处理']],
  ['Penang Drive Components', 'Lim Wei', 'sales@penang-drive', 'approved', ['减速机', '齿轮'], 'en'],
  ['天津滨海轴类加工厂', '赵磊', 'sales@binhai-shaft', 'suspended', ['轴']],
];

const numberOf = (place: number) => `SUP-${String(place).padStart(4, '0')}`;

/** Twelve suppliers; one on trial, one suspended. Addresses end in `.example`: no mail can leave. */
export const demoSuppliers: readonly DemoSupplier[] = rows.map(
  ([name, contactPerson, mail, standing, capabilities, locale], index): DemoSupplier => ({
    number: numberOf(index + 1),
    name,
    contactPerson,
    email: `${mail}.example`,
    phone: `+86215560${String(index + 1).padStart(4, '0')}`,
    locale: locale ?? 'zh-CN',
    standing,
    capabilities,
  }),
);

type OfferRow = [supplier: number, percentOfPrice: number, leadTimeDays: number, minQuantity: number];

/**
 * Who offers which of the eighteen products that are bought: two to four each. The vice and the coupling have a single
 * source: when that one fails, nobody else delivers.
 */
const offersBySku: Record<string, OfferRow[]> = {
  'RM-SEAL-62': [
    [1, 55, 6, 50],
    [3, 50, 8, 100],
    [4, 60, 5, 20],
  ],
  'RM-BRG-6208': [
    [1, 60, 5, 20],
    [2, 56, 9, 100],
    [3, 64, 4, 10],
    [11, 50, 21, 500],
  ],
  'RM-BELT-B1500': [
    [4, 55, 4, 50],
    [3, 60, 6, 50],
  ],
  'RM-COUP-L4': [[4, 58, 7, 10]],
  'RM-FAN-180': [
    [5, 55, 7, 20],
    [6, 62, 5, 10],
  ],
  'RM-PAD-20': [
    [5, 52, 9, 40],
    [4, 58, 8, 40],
  ],
  'RM-WPA-80': [
    [6, 68, 10, 5],
    [7, 65, 12, 5],
    [11, 60, 28, 20],
  ],
  'RM-WPA-100': [
    [6, 68, 10, 5],
    [7, 64, 13, 5],
  ],
  'RM-NMRV-63': [
    [7, 62, 9, 10],
    [6, 66, 8, 5],
    [11, 58, 26, 50],
  ],
  'RM-NMRV-90': [
    [7, 63, 10, 10],
    [6, 67, 9, 5],
  ],
  'RM-DRILL-16': [
    [8, 70, 14, 1],
    [6, 74, 16, 1],
  ],
  'RM-VISE-160': [[8, 66, 12, 2]],
  'RM-SHAFT-45': [
    [9, 48, 12, 5],
    [12, 44, 15, 10],
  ],
  'RM-GEAR-M4': [
    [10, 52, 14, 5],
    [9, 56, 12, 5],
    [11, 47, 30, 20],
  ],
  'RM-R57': [
    [6, 70, 18, 2],
    [10, 72, 20, 2],
  ],
  'RM-K77': [
    [10, 71, 22, 1],
    [11, 66, 35, 2],
  ],
  'RM-F87': [
    [10, 70, 24, 1],
    [11, 67, 35, 2],
  ],
  'RM-S67': [
    [7, 69, 18, 2],
    [6, 72, 16, 2],
    [11, 64, 32, 4],
  ],
};

/** What each supplier offers, in CNY. */
export const demoOffers: readonly DemoOffer[] = Object.entries(offersBySku).flatMap(([sku, offers]) => {
  const price = demoProducts.find((product) => product.sku === sku)?.priceMinor ?? 0;
  return offers.map(([supplier, percent, leadTimeDays, minQuantity]) => ({
    supplierNumber: numberOf(supplier),
    sku,
    priceMinor: Math.round((price * percent) / 100),
    currency: 'CNY',
    leadTimeDays,
    minQuantity,
  }));
});
