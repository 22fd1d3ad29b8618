import type { Database } from '../../db/connect.js';
import {
  customers,
  deadlines,
  notices,
  orderLines,
  orders,
  people,
  policies,
  products,
  tasks,
} from '../../db/schema/index.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';

export const NUMBER = 'SO-20261124-0001';
/** The step whose notices the tests send. */
export const STEP = `order/${NUMBER}/begin/1`;

/** Writes the people, a customer and one red order under evaluation, as intake and the first step leave them. */
export async function recordOrder(db: Database): Promise<void> {
  const at = '2026-11-24T01:30:00.000Z';
  await db.insert(policies).values({
    revision: 1,
    policy: { ...defaultPolicy, signOff: { ...defaultPolicy.signOff, byLink: true } },
    by: 'test',
    at,
  });
  await db
    .insert(people)
    .values([
      person('chen.jing', '陈静', 'sales', true),
      person('wu.gang', '吴刚', 'manufacturing', true),
      person('qin.lan', '秦岚', 'quality', true),
      person('lu.feng', '陆峰', 'technical', true),
      person('xu.bo', '徐波', 'purchasing', true),
      person('mark.lee', 'Mark Lee', 'outsourcing', true, 'en'),
      { ...person('zheng.hong', '郑宏', 'management', true), roles: ['vp' as const] },
      { ...person('ops.one', '運維', 'data', false), roles: ['ops' as const] },
      { ...person('gone', '已离职', 'logistics', false), active: false },
    ]);
  await db.insert(products).values({
    sku: 'RM-SHAFT-45',
    nameZh: '传动轴 45',
    nameEn: 'Drive shaft 45',
    leadTimeKind: 'standardToOrder',
    priceMinor: 128_000,
    currency: 'CNY',
  });
  await db.insert(customers).values({
    id: 'C-0001',
    name: '上海浦江机电有限公司',
    email: 'caigou@pujiang.example',
    phone: '+862155500104',
    tier: 'key',
    salesOwnerId: 'chen.jing',
  });
  await db.insert(orders).values({
    number: NUMBER,
    customerId: 'C-0001',
    salesOwnerId: 'chen.jing',
    channel: 'online',
    receivedAt: at,
    class: 'urgent',
    grade: 2,
    red: true,
    keyOrder: false,
    urgency: 75,
    importance: 70,
    score: 53,
    reasons: [
      {
        code: 'shortLeadTime',
        zh: '要求交期 15 天，短于正常交期 30 天',
        en: '15 days asked for, 30 are normal',
      },
    ],
    decisions: [],
    policyRevision: 1,
    phase: 'evaluating',
    currency: 'CNY',
    amountMinor: 256_000,
    requestedDelivery: '2026-12-09',
    promisedDelivery: '2026-12-09',
    confirmedAt: '2026-11-25T03:00:00.000Z',
    confirmedBy: 'zheng.hong',
    shipTo: { name: '仓库', country: 'CN', city: '上海', line1: '浦江路 1 号' },
    team: { lead: 'wu.gang', purchasing: 'xu.bo', outsourcing: 'mark.lee' },
    createdAt: at,
  });
  await db.insert(orderLines).values({
    orderNumber: NUMBER,
    line: 1,
    sku: 'RM-SHAFT-45',
    quantity: 2,
    unitPriceMinor: 128_000,
    amountMinor: 256_000,
  });
  await db.insert(deadlines).values({
    id: `${NUMBER}.evaluation`,
    workflowId: `order/${NUMBER}`,
    orderNumber: NUMBER,
    kind: 'evaluation',
    class: 'urgent',
    policyRevision: 1,
    from: at,
    dueAt: '2026-11-24T09:00:00.000Z',
    provisional: false,
    basis: 'rule',
    state: 'open',
  });
  await addTask(db, {
    id: `${NUMBER}.evaluate.quality`,
    kind: 'evaluate',
    role: 'quality',
    assigneeId: 'qin.lan',
  });
}

function person(
  id: string,
  name: string,
  department: 'sales',
  head: boolean,
  locale?: string,
): typeof people.$inferInsert;
function person(
  id: string,
  name: string,
  department: string,
  head: boolean,
  locale?: string,
): typeof people.$inferInsert;
function person(id: string, name: string, department: string, head: boolean, locale = 'zh-CN') {
  return { id, name, email: `${id}@redmark.example`, department, roles: [department], head, locale } as never;
}

type TaskRow = Partial<typeof tasks.$inferInsert> & { id: string; kind: string; role: string };

/** Adds an open task of the order. */
export async function addTask(db: Database, task: TaskRow): Promise<void> {
  await db.insert(tasks).values({
    workflowId: `order/${NUMBER}`,
    orderNumber: NUMBER,
    department: task.role,
    state: 'open',
    deadlineId: `${NUMBER}.evaluation`,
    openedAt: '2026-11-24T01:30:00.000Z',
    dueAt: '2026-11-24T09:00:00.000Z',
    ...task,
  });
}

/** Queues notices of one step, as a record transaction does. */
export async function queueNotices(
  db: Database,
  step: string,
  rows: {
    template: string;
    to: string;
    facts?: Record<string, unknown>;
    channel?: string;
    order?: string | null;
  }[],
): Promise<void> {
  await db.insert(notices).values(
    rows.map(({ template, to, facts = {}, channel = 'mail', order = NUMBER }) => ({
      key: `${step}/${template}/${to}`,
      step,
      orderNumber: order,
      recipient: to,
      channel,
      template,
      facts,
      state: 'queued' as const,
      createdAt: '2026-11-24T01:30:01.000Z',
    })),
  );
}
