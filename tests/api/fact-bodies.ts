import type { ApiRig } from './api-rig.js';
import { goodOrder } from './api-rig.js';

/** Bodies that are accepted as they stand, once {@link stockCompany} has run. */
export const goodSupplier = {
  number: 'SUP-0901',
  name: '无锡宏达轴承有限公司',
  contactPerson: '张伟',
  email: 'sales@hongda.example',
  phone: '+86 510 5555 0901',
  standing: 'preferred',
  capabilities: ['轴承', '热处理'],
  offers: [
    { sku: 'RM-BRG-6208', priceMinor: 2100, currency: 'CNY', leadTimeDays: 5, minQuantity: 10 },
    { sku: 'RM-SEAL-62', priceMinor: 900, currency: 'CNY', leadTimeDays: 7 },
  ],
} as const;

export const goodStock = { onHand: 40, reserved: 5, reorderLevel: 50, countedAt: '2026-11-24T00:30:00Z' };

export const goodPurchase = {
  supplier: 'SUP-0900',
  warehouse: 'WH-SH',
  currency: 'CNY',
  neededBy: '2026-12-01',
  lines: [{ sku: 'RM-BRG-6208', quantity: 100, unitPriceMinor: 2100 }],
} as const;

export const goodShipment = {
  carrier: 'SF',
  trackingNumber: 'SF1000001',
  warehouse: 'WH-SH',
  promisedDay: '2026-11-26',
  pickupBy: '2026-11-24T18:00:00+08:00',
} as const;

export const goodPayment = {
  amountMinor: 128_000,
  currency: 'CNY',
  provider: 'alipay',
  reference: '2026112400001',
  state: 'succeeded',
  at: '2026-11-24T01:00:00Z',
} as const;

export const goodEndpoint = {
  id: 'web-shop',
  name: '网上商城',
  kind: 'http',
  address: 'https://shop.example.com/health',
  intervalSeconds: 30,
  serves: '网上订单',
  severityHint: 2,
  owner: 'dong.chao',
} as const;

/** Puts two warehouses, a supplier, and an order of a customer on record; gives the order's number. */
export async function stockCompany(rig: ApiRig): Promise<string> {
  const put = async (request: Parameters<ApiRig['send']>[0]) => {
    const answer = await rig.send(request);
    if (answer.statusCode !== 201) throw new Error(`${request.url}: ${answer.statusCode} ${answer.body}`);
    return answer.json();
  };
  const warehouse = (id: string, payload: object) =>
    put({ method: 'PUT', url: `/v1/warehouses/${id}`, as: 'inventory', payload });
  await warehouse('WH-SH', { name: '上海仓', region: '上海', city: '上海' });
  await warehouse('WH-SZ', { name: '苏州仓', region: '江苏', city: '苏州' });
  const supplier = { ...goodSupplier, number: 'SUP-0900' };
  await put({ method: 'POST', url: '/v1/suppliers', as: 'purchasing', payload: supplier });
  const order = await put({ method: 'POST', url: '/v1/orders', as: 'sales', payload: goodOrder });
  return order.number;
}
