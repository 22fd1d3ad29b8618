import type { OrderPlan } from '../../contracts/order-state.js';
import { defaultMatrix } from '../../domain/evaluation/defaults.js';
import { EVALUATORS } from '../../domain/order/shape.js';

const at = '2026-11-24T01:30:00.000Z';
const number = 'SO-20261124-0001';

/** A plan as intake makes one, for what needs no services. */
export function planOf(orderClass: 'urgent' | 'critical'): OrderPlan {
  const deadline = (kind: string) => ({
    id: `${number}.${kind}`,
    kind,
    dueAt: '2026-11-26T09:00:00.000Z',
    provisional: false,
    instants: [],
  });
  return {
    number,
    class: orderClass,
    grade: 2,
    red: true,
    keyOrder: false,
    tier: 'regular',
    receivedAt: at,
    requestedDelivery: '2026-12-04',
    policyRevision: 1,
    planNumber: 1,
    recordVersion: 0,
    ground: orderClass === 'critical',
    salesOwnerId: 'chen.jing',
    departments: [...EVALUATORS],
    matrix: defaultMatrix,
    signerRole: 'vp',
    deliveryBeforeConfirmation: false,
    zone: 'Asia/Shanghai',
    orderUrl: 'http://127.0.0.1:7300/v1/orders/SO-20261124-0001',
    contactAttempts: 3,
    rounds: { evaluation: 1, confirmation: 1 },
    deadlines: [deadline('evaluation'), deadline('confirmation')],
  };
}
