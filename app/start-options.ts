import type { WorkflowOptions } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
} from '@temporalio/common';
import type { OrderPlan } from '../contracts/order-state.js';

const keys = {
  OrderClass: defineSearchAttributeKey('OrderClass', SearchAttributeType.KEYWORD),
  OrderPhase: defineSearchAttributeKey('OrderPhase', SearchAttributeType.KEYWORD),
  Red: defineSearchAttributeKey('Red', SearchAttributeType.BOOL),
  Breached: defineSearchAttributeKey('Breached', SearchAttributeType.BOOL),
  CustomerTier: defineSearchAttributeKey('CustomerTier', SearchAttributeType.KEYWORD),
  Drill: defineSearchAttributeKey('Drill', SearchAttributeType.BOOL),
  DueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
  Owner: defineSearchAttributeKey('Owner', SearchAttributeType.KEYWORD),
};

/** Search attributes an order's workflow starts with: they cost no event at the start, and one at each change. */
export function startAttributes(
  plan: OrderPlan,
): Pick<WorkflowOptions, 'typedSearchAttributes' | 'priority'> {
  const due = plan.deadlines.map((deadline) => deadline.dueAt).sort()[0];
  const pairs: SearchAttributePair[] = [
    { key: keys.OrderClass, value: plan.class },
    { key: keys.OrderPhase, value: 'evaluating' },
    { key: keys.Red, value: plan.red },
    { key: keys.Breached, value: false },
    { key: keys.CustomerTier, value: plan.tier },
    { key: keys.Drill, value: false },
  ];
  if (due) pairs.push({ key: keys.DueAt, value: new Date(due) });
  if (plan.salesOwnerId) pairs.push({ key: keys.Owner, value: plan.salesOwnerId });
  return {
    typedSearchAttributes: new TypedSearchAttributes(pairs),
    // P05.4: with a backlog, critical orders are worked on first, then key orders.
    priority: { priorityKey: plan.class === 'critical' ? 1 : plan.keyOrder ? 2 : 3 },
  };
}

/** The line the Temporal UI shows of an order; no personal data. */
export function startSummary(plan: OrderPlan): Pick<WorkflowOptions, 'staticSummary'> {
  const word = plan.class === 'critical' ? '急难订单 critical' : '紧急订单 urgent';
  const bars = plan.red ? ` ${'▮'.repeat(plan.grade)} 红色标识` : '';
  return { staticSummary: `${word}${bars} ${plan.number}${plan.keyOrder ? ' · 关键订单 key order' : ''}` };
}
