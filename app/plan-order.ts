import type { OpenDeadline, OpenHold, OrderPlan } from '../contracts/order-state.js';
import type { Assessment } from '../domain/assessment/shape.js';
import { DeadlineRefused } from '../domain/deadlines/deadline-refused.js';
import { planDeadline } from '../domain/deadlines/plan-deadline.js';
import type { PlannedDeadline } from '../domain/deadlines/shape.js';
import { EVALUATORS, type OrderClass } from '../domain/order/shape.js';
import type { Role } from '../domain/roles/shape.js';
import { refuseField } from './errors.js';
import type { Rules } from './load-rules.js';

/** Confirmation and evaluation of an order, planned; empty for a normal order, which no process runs for. */
export interface PlannedStart {
  evaluation: PlannedDeadline;
  confirmation: PlannedDeadline;
}

/**
 * Plans the deadlines an urgent or critical order begins with, counted from `from` (design §6). Throws `invalid-input`
 * for a reply time that has passed.
 */
export function planStart(
  rules: Rules,
  order: {
    class: OrderClass;
    from: string;
    now: string;
    requestedDelivery: string;
    requestedReplyBy?: string | null;
  },
): PlannedStart {
  const common = {
    orderClass: order.class,
    from: order.from,
    now: order.now,
    policy: rules.policy.deadlines,
    calendar: rules.calendar,
    replyBy: order.requestedReplyBy ?? undefined,
    requestedDelivery: order.requestedDelivery,
  };
  try {
    return {
      evaluation: planDeadline({ ...common, kind: 'evaluation' }),
      confirmation: planDeadline({ ...common, kind: 'confirmation' }),
    };
  } catch (error) {
    if (error instanceof DeadlineRefused && error.code === 'replyByPassed') {
      throw refuseField('requestedReplyBy', error.message);
    }
    throw error;
  }
}

/** The workflow's input: everything it may know about dates and rules from the start (design §3.3). */
export function makePlan(
  rules: Rules,
  order: {
    number: string;
    assessment: Pick<Assessment, 'class' | 'grade' | 'red' | 'keyOrder'>;
    tier: string;
    receivedAt: string;
    requestedDelivery: string;
    planNumber: number;
    recordVersion: number;
    ground: boolean;
    salesOwnerId: string | null;
    deliveryBeforeConfirmation: boolean;
    rounds: Record<string, number>;
    deadlines: OpenDeadline[];
    /** What holds it already. */
    holds?: OpenHold[];
    publicUrl: string;
  },
): OrderPlan {
  const { assessment, publicUrl, ...facts } = order;
  const { class: orderClass, grade, red, keyOrder } = assessment;
  return {
    ...facts,
    class: orderClass,
    grade,
    red,
    keyOrder,
    policyRevision: rules.revision,
    departments: [...EVALUATORS],
    matrix: rules.policy.matrix,
    signerRole: rules.policy.signOff.roles[0] as Role,
    contactAttempts: rules.policy.contactAttempts,
    zone: rules.policy.workingTime.zone,
    orderUrl: `${publicUrl}/v1/orders/${order.number}`,
  };
}
