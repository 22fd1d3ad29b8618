import type { PlaybookSource } from './shape.js';

/** The response team of the failures (P02.1, P19.1): a lead who coordinates, and the four who act. */
export const systemTeam: PlaybookSource['team'] = [
  { key: 'lead', name: { zh: '紧急响应团队负责人', en: 'Response team lead' }, role: 'orderManager' },
  {
    key: 'technical-support',
    name: { zh: '技术支持团队', en: 'Technical support' },
    role: 'technicalSupport',
  },
  { key: 'data', name: { zh: '数据管理部门', en: 'Data management' }, role: 'data' },
  { key: 'customer-service', name: { zh: '客服团队', en: 'Customer service' }, role: 'customerService' },
  { key: 'order-clerk', name: { zh: '订单处理员', en: 'Order clerk' }, role: 'sales' },
];
