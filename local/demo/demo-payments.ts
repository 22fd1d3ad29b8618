import type { PaymentState } from '../../domain/payments/shape.js';

export interface DemoPayment {
  /** The order's key. */
  order: string;
  provider: 'alipay' | 'wechat-pay' | 'bank-transfer';
  state: PaymentState;
  /** Days from today, before it when negative. */
  on: number;
  failure?: string;
}

type Row = [
  order: string,
  provider: DemoPayment['provider'],
  state: PaymentState,
  on: number,
  failure?: string,
];

const rows: Row[] = [
  ['d1', 'bank-transfer', 'succeeded', -32],
  ['d2', 'alipay', 'succeeded', -33],
  ['d3', 'wechat-pay', 'succeeded', -31],
  ['d4', 'alipay', 'refunded', -5],
  ['d5', 'bank-transfer', 'succeeded', -27],
  ['d6', 'alipay', 'succeeded', -28],
  ['s1', 'bank-transfer', 'succeeded', -22],
  ['s2', 'alipay', 'succeeded', -25],
  ['s3', 'bank-transfer', 'succeeded', -20],
  ['s4', 'wechat-pay', 'succeeded', -24],
  ['s5', 'alipay', 'succeeded', -23],
  ['s6', 'bank-transfer', 'pending', -6],
  ['s7', 'wechat-pay', 'failed', -21, '余额不足'],
  ['s7', 'wechat-pay', 'succeeded', -20],
  ['w1', 'bank-transfer', 'pending', -4],
  ['w3', 'alipay', 'failed', -1, '支付渠道超时'],
];

/** Sixteen payments: most succeeded, two pending, two failed of which one was paid the day after, one refunded. */
export const demoPayments: readonly DemoPayment[] = rows.map(([order, provider, state, on, failure]) => ({
  order,
  provider,
  state,
  on,
  failure,
}));
