import type { Role } from '../roles/shape.js';
import type { PlaybookSource } from './shape.js';

/** The five roles of the order's response team (P14.1), led by whose business the incident is. */
export function responseTeam(lead: Role): PlaybookSource['team'] {
  return [
    { key: 'lead', name: { zh: '负责人', en: 'Lead' }, role: lead },
    { key: 'order-clerk', name: { zh: '订单处理员', en: 'Order clerk' }, role: 'sales' },
    { key: 'stock', name: { zh: '库存管理员', en: 'Stock keeper' }, role: 'inventory' },
    { key: 'logistics', name: { zh: '物流协调员', en: 'Logistics coordinator' }, role: 'logistics' },
    { key: 'customer-service', name: { zh: '客服', en: 'Customer service' }, role: 'customerService' },
  ];
}
