import type { WorkflowOptions } from '@temporalio/client';
import {
  defineSearchAttributeKey,
  type SearchAttributePair,
  SearchAttributeType,
  TypedSearchAttributes,
  WorkflowIdConflictPolicy,
} from '@temporalio/common';
import type { ChaseInput, ChasePlan, ChaseState } from '../contracts/chase-state.js';
import type { IncidentPlan, IncidentState, IncidentWorkflowInput } from '../contracts/incident-state.js';
import type { OrderPlan, OrderState, UrgentOrderInput } from '../contracts/order-state.js';

const keys = {
  OrderClass: defineSearchAttributeKey('OrderClass', SearchAttributeType.KEYWORD),
  OrderPhase: defineSearchAttributeKey('OrderPhase', SearchAttributeType.KEYWORD),
  Red: defineSearchAttributeKey('Red', SearchAttributeType.BOOL),
  Breached: defineSearchAttributeKey('Breached', SearchAttributeType.BOOL),
  CustomerTier: defineSearchAttributeKey('CustomerTier', SearchAttributeType.KEYWORD),
  Drill: defineSearchAttributeKey('Drill', SearchAttributeType.BOOL),
  IncidentType: defineSearchAttributeKey('IncidentType', SearchAttributeType.KEYWORD),
  Severity: defineSearchAttributeKey('Severity', SearchAttributeType.INT),
  DueAt: defineSearchAttributeKey('DueAt', SearchAttributeType.DATETIME),
  Owner: defineSearchAttributeKey('Owner', SearchAttributeType.KEYWORD),
};

/**
 * Search attributes an order's workflow starts with: they cost no event at the start, and one at each change. `resume`:
 * of one that is started again, what it has come to meanwhile.
 */
export function startAttributes(
  plan: OrderPlan,
  resume?: OrderState,
): Pick<WorkflowOptions, 'typedSearchAttributes' | 'priority'> {
  const now = resume ?? { ...plan, phase: 'evaluating', breached: false };
  const due = now.deadlines.map((deadline) => deadline.dueAt).sort()[0];
  const pairs: SearchAttributePair[] = [
    { key: keys.OrderClass, value: now.class },
    { key: keys.OrderPhase, value: now.phase },
    { key: keys.Red, value: plan.red },
    { key: keys.Breached, value: now.breached },
    { key: keys.CustomerTier, value: plan.tier },
    { key: keys.Drill, value: false },
  ];
  if (due) pairs.push({ key: keys.DueAt, value: new Date(due) });
  if (plan.salesOwnerId) pairs.push({ key: keys.Owner, value: plan.salesOwnerId });
  return {
    typedSearchAttributes: new TypedSearchAttributes(pairs),
    // P05.4: with a backlog, critical orders are worked on first, then key orders.
    priority: { priorityKey: now.class === 'critical' ? 1 : plan.keyOrder ? 2 : 3 },
  };
}

/** The line the Temporal UI shows of an order; no personal data. */
export function startSummary(plan: OrderPlan): Pick<WorkflowOptions, 'staticSummary'> {
  const word = plan.class === 'critical' ? '急难订单 critical' : '紧急订单 urgent';
  const bars = plan.red ? ` ${'▮'.repeat(plan.grade)} 红色标识` : '';
  return { staticSummary: `${word}${bars} ${plan.number}${plan.keyOrder ? ' · 关键订单 key order' : ''}` };
}

/** How a process is started, and the record step by which it is known to have begun. */
export interface StartOptions {
  options: Pick<
    WorkflowOptions,
    'typedSearchAttributes' | 'priority' | 'staticSummary' | 'workflowIdConflictPolicy'
  >;
  begun: string;
}

/** By workflow type; a new kind of process is a line here. */
export const START_OPTIONS: Record<string, (input: never) => StartOptions> = {
  urgentOrder: ({ plan, resume }: UrgentOrderInput) => ({
    options: {
      // A second delivery finds the first one's workflow. One started after the first has ended adopts the record's end.
      workflowIdConflictPolicy:
        plan.planNumber === 1 ? WorkflowIdConflictPolicy.USE_EXISTING : WorkflowIdConflictPolicy.FAIL,
      ...startAttributes(plan, resume),
      ...startSummary(plan),
    },
    begun: `begin/${plan.planNumber}`,
  }),
  incident: ({ plan, resume }: IncidentWorkflowInput) => ({
    options: {
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      ...incidentAttributes(plan, resume),
      staticSummary: `突发情况 incident ${'▮'.repeat(plan.severity)} ${plan.playbook.name.zh} ${plan.playbook.name.en} ${plan.number}`,
    },
    begun: 'begin/1',
  }),
  chase: ({ plan, resume }: ChaseInput) => ({
    options: {
      workflowIdConflictPolicy: WorkflowIdConflictPolicy.USE_EXISTING,
      ...chaseAttributes(plan, resume),
      staticSummary: `${CHASE_WORDS[plan.kind]} ${plan.number}${[plan.order, plan.incident].map((of) => (of ? ` · ${of}` : '')).join('')}`,
    },
    begun: 'begin/1',
  }),
};

const CHASE_WORDS: Record<ChasePlan['kind'], string> = {
  actionItem: '整改措施 action item',
  effectCheck: '验证整改效果 effect check',
  problem: '生产问题 problem',
};

function chaseAttributes(
  plan: ChasePlan,
  resume?: ChaseState,
): Pick<WorkflowOptions, 'typedSearchAttributes' | 'priority'> {
  const { deadlines, breached } = resume ?? { ...plan, breached: false };
  const due = deadlines.map(({ dueAt }) => dueAt).sort()[0];
  const pairs: SearchAttributePair[] = [
    { key: keys.Breached, value: breached },
    { key: keys.Drill, value: false },
  ];
  if (due) pairs.push({ key: keys.DueAt, value: new Date(due) });
  // A problem keeps an order waiting; an improvement has days.
  return {
    typedSearchAttributes: new TypedSearchAttributes(pairs),
    priority: { priorityKey: plan.kind === 'problem' ? 3 : 4 },
  };
}

/** `resume`: of one that is started again, what it has come to meanwhile. */
function incidentAttributes(
  plan: IncidentPlan,
  resume?: IncidentState,
): Pick<WorkflowOptions, 'typedSearchAttributes' | 'priority'> {
  const { deadlines, severity, breached } = resume ?? { ...plan, breached: false };
  const due = deadlines.map(({ dueAt }) => dueAt).sort()[0];
  const pairs: SearchAttributePair[] = [
    { key: keys.IncidentType, value: plan.playbook.type },
    { key: keys.Severity, value: severity },
    { key: keys.Breached, value: breached },
    { key: keys.Drill, value: plan.drill },
  ];
  if (due) pairs.push({ key: keys.DueAt, value: new Date(due) });
  return {
    typedSearchAttributes: new TypedSearchAttributes(pairs),
    priority: { priorityKey: severity === 3 ? 1 : severity === 2 ? 2 : 3 },
  };
}
