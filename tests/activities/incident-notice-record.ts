import type { Database } from '../../db/connect.js';
import {
  customers,
  deadlines,
  incidentOrders,
  incidentSteps,
  incidents,
  notices,
  orders,
  people,
  playbooks,
  purchaseOrderLines,
  purchaseOrders,
  purchaseWaits,
  suppliers,
  tasks,
  warehouses,
} from '../../db/schema/index.js';
import { playbookSchema } from '../../domain/playbooks/shape.js';
import { supplierDelay } from '../../domain/playbooks/supplier-delay.js';
import { NUMBER as ORDER } from './notice-record.js';

export const INCIDENT = 'IN-20261124-0001';
export const EARLIER = 'IN-20260301-0002';
/** What the reporter typed: it names a customer, so it is for our people alone. */
export const SUMMARY = '浦江机电等用的轴承钢没有到货';
const at = '2026-11-24T01:30:00.000Z';
const playbook = playbookSchema.parse(supplierDelay);

/**
 * Writes a late supplier's incident beside the order of `recordOrder`, which waits for its goods; a second customer with
 * an order that is affected as well; and an incident of the year's spring that was reviewed.
 */
export async function recordIncident(db: Database): Promise<void> {
  await db.insert(people).values({
    id: 'fang.yu',
    name: '方宇',
    email: 'fang.yu@redmark.example',
    department: 'management',
    roles: ['emergencyManager'],
  });
  await db.insert(suppliers).values({
    number: 'S-001',
    name: '宁波轴承钢有限公司',
    email: 'sales@ningbo.example',
    standing: 'approved',
    createdAt: at,
    updatedAt: at,
  });
  await db.insert(customers).values({
    id: 'C-0002',
    name: 'Northern Pumps',
    email: 'buyer@pumps.example',
    locale: 'en',
    salesOwnerId: 'chen.jing',
  });
  const [order] = await db.select().from(orders);
  if (!order) throw new Error('recordOrder comes first');
  await db.insert(orders).values([
    { ...order, number: 'SO-20261124-0002', customerId: 'C-0002', customerReference: 'NP-5' },
    { ...order, number: 'SO-20261124-0003', customerId: 'C-0002' },
  ]);
  await db.insert(playbooks).values({
    type: 'supplier-delay',
    revision: 1,
    state: 'published',
    playbook,
    draftedBy: 'builtIn',
    draftedAt: at,
  });
  await recordPurchase(db);
  const base = {
    type: 'supplier-delay',
    playbookRevision: 1,
    severityBy: 'rules',
    severityBecause: { zh: '预计延误两天以上', en: 'two days late or more' },
    reportedBy: 'xu.bo',
    policyRevision: 1,
  };
  await db.insert(incidents).values([
    {
      ...base,
      number: INCIDENT,
      summary: SUMMARY,
      source: 'xu.bo',
      facts: { supplier: 'S-001', skus: ['RM-SHAFT-45'], delayHours: 50 },
      phase: 'responding',
      severity: 2,
      reportedAt: at,
      ownerId: 'xu.bo',
      confirmedBy: 'xu.bo',
      confirmedAt: at,
      team: { lead: 'xu.bo', production: 'wu.gang' },
      createdAt: at,
    },
    {
      ...base,
      number: EARLIER,
      summary: '轴承钢延迟',
      source: 'xu.bo',
      facts: { supplier: 'S-001' },
      phase: 'archived',
      severity: 1,
      reportedAt: '2026-03-01T01:00:00.000Z',
      resolvedAt: '2026-03-03T01:00:00.000Z',
      endedAt: '2026-03-08T01:00:00.000Z',
      rootCause: { category: playbook.causes[0]?.key ?? '', words: '炉子检修' },
      createdAt: '2026-03-01T01:00:00.000Z',
    },
  ]);
  await db.insert(incidentOrders).values(
    [ORDER, 'SO-20261124-0002'].map((number) => ({
      incident: INCIDENT,
      order: number,
      because: 'supplier:S-001',
      at,
    })),
  );
  await db.insert(incidentSteps).values({
    incident: EARLIER,
    key: 'which-way',
    state: 'done',
    outcome: 'reroute',
    openedAt: at,
    settledAt: at,
  });
  await addDeadline(db, 'update', '2026-11-24T15:00:00.000Z');
  await addDeadline(db, 'mitigate', '2026-11-25T09:00:00.000Z');
  await addDeadline(db, 'step', '2026-11-24T09:00:00.000Z');
  await addIncidentTask(db, { id: `${INCIDENT}.step.call-supplier`, kind: 'step', step: 'call-supplier' });
  await addIncidentTask(db, { id: `${INCIDENT}.confirm.purchasing`, kind: 'confirm' });
  await addIncidentTask(db, { id: `${EARLIER}.review.purchasing`, kind: 'review', incident: EARLIER });
  await db.$client.query(`update tasks set state = 'done', finished_at = $2, result = $3 where id = $1`, [
    `${EARLIER}.review.purchasing`,
    at,
    { worked: '派人驻厂催货' },
  ]);
}

async function recordPurchase(db: Database): Promise<void> {
  await db.insert(warehouses).values({ id: 'W1', name: '一号库', country: 'CN', city: '上海' });
  await db.insert(purchaseOrders).values({
    number: 'PO-20261110-0001',
    supplierNumber: 'S-001',
    warehouseId: 'W1',
    state: 'confirmed',
    currency: 'CNY',
    orderedAt: at,
    neededBy: '2026-11-20',
    createdAt: at,
  });
  await db.insert(purchaseOrderLines).values({
    purchaseOrder: 'PO-20261110-0001',
    line: 1,
    sku: 'RM-SHAFT-45',
    quantity: 10,
    unitPriceMinor: 100,
  });
  await db.insert(purchaseWaits).values({
    purchaseOrder: 'PO-20261110-0001',
    line: 1,
    orderNumber: ORDER,
    orderLine: 1,
  });
}

async function addDeadline(db: Database, kind: string, dueAt: string): Promise<void> {
  await db.insert(deadlines).values({
    id: `${INCIDENT}.${kind}`,
    workflowId: `incident/${INCIDENT}`,
    incidentNumber: INCIDENT,
    kind,
    class: 'level2',
    policyRevision: 1,
    from: at,
    dueAt,
    provisional: false,
    basis: 'rule',
    state: 'open',
  });
}

/** Adds an open task of an incident, for the purchaser unless another is named. */
export async function addIncidentTask(
  db: Database,
  task: { id: string; kind: string; step?: string; incident?: string; assigneeId?: string; role?: string },
): Promise<void> {
  const { id, kind, step, incident = INCIDENT, assigneeId = 'xu.bo', role = 'purchasing' } = task;
  await db.insert(tasks).values({
    id,
    workflowId: `incident/${incident}`,
    incidentNumber: incident,
    kind,
    role,
    department: role,
    assigneeId,
    state: 'open',
    facts: step ? { step } : {},
    deadlineId: step ? `${INCIDENT}.step` : null,
    openedAt: at,
    dueAt: '2026-11-24T09:00:00.000Z',
  });
}

/** Queues notices of one step of the incident, as its record transaction does. */
export async function queueIncidentNotices(
  db: Database,
  step: string,
  rows: { template: string; to: string; facts?: Record<string, unknown> }[],
): Promise<void> {
  await db.insert(notices).values(
    rows.map(({ template, to, facts = {} }) => ({
      key: `${step}/${template}/${to}`,
      step,
      incidentNumber: INCIDENT,
      recipient: to,
      template,
      facts,
      state: 'queued' as const,
      createdAt: '2026-11-24T01:30:01.000Z',
    })),
  );
}
