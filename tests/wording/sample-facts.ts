import type { Grade, OrderClass } from '../../domain/order/shape.js';
import type { NoticeFacts, OrderFacts, TaskFacts } from '../../domain/wording/facts.js';
import type { TemplateName } from '../../domain/wording/notices/registry.js';

/** An order with every fact filled, in Latin letters alone: what is Chinese in a notice comes from its wording. */
export function sampleOrder(change: Partial<OrderFacts> = {}): OrderFacts {
  return {
    number: 'SO-20261124-0001',
    class: 'urgent',
    grade: 2,
    keyOrder: true,
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
    phase: 'evaluating',
    channel: 'online',
    receivedAt: '2026-11-24T01:30:00.000Z',
    requestedDelivery: '2026-12-09',
    promisedDelivery: '2026-12-08',
    projectedFinish: '2026-12-11',
    measure: 'overtime',
    currency: 'CNY',
    amountMinor: 256_000,
    customerName: 'Pujiang Ltd',
    customerPhone: '+862155500104',
    customerLocale: 'zh-CN',
    customerReference: 'PO-77',
    destination: { country: 'CN', region: 'Jiangsu', city: 'Suzhou' },
    shippingMethod: 'air freight',
    process: 'hardened',
    specialRequirements: 'seaworthy crate',
    priorityReason: 'line is down',
    ground: 'property',
    groundStatement: 'a dam gate is stuck',
    confirmedAt: '2026-11-25T03:00:00.000Z',
    confirmedByName: 'Zheng',
    salesOwner: { name: 'Chen', phone: '+862155500001', email: 'chen@redmark.example' },
    team: [
      { role: 'lead', name: 'Wu' },
      { role: 'liaison', name: 'Chen' },
    ],
    lines: [{ sku: 'RM-SHAFT-45', nameZh: 'Shaft 45', nameEn: 'Shaft 45', quantity: 2, unit: 'pc' }],
    milestones: [{ milestone: 'ship', done: true, at: '2026-12-05T02:00:00.000Z' }],
    deadlines: [
      {
        id: 'SO-20261124-0001.evaluation',
        kind: 'evaluation',
        dueAt: '2026-11-24T09:00:00.000Z',
        provisional: false,
        state: 'open',
      },
      {
        id: 'SO-20261124-0001.confirmation',
        kind: 'confirmation',
        dueAt: '2026-11-26T09:00:00.000Z',
        provisional: false,
        state: 'open',
      },
    ],
    questions: [
      {
        id: 'SO-20261124-0001.evaluate.technical.process',
        point: 'process',
        department: 'technical',
        text: 'Which hardness?',
        answer: null,
        answeredBy: null,
      },
    ],
    proposals: [
      {
        id: 'SO-20261124-0001.proposal',
        round: 1,
        measure: 'overtime',
        promisedDelivery: '2026-12-09',
        currency: 'CNY',
        amountMinor: 256_000,
        state: 'rejected',
        note: 'too dear',
        decidedByName: 'Zheng',
        decidedAt: '2026-11-25T02:00:00.000Z',
      },
    ],
    objections: [{ department: 'quality', point: 'process', note: 'cannot be hardened', question: null }],
    rejectionWords: 'the material is not to be had',
    declinedWords: 'too late for us',
    ...change,
  };
}

/** A task of a kind with what such a task holds. */
export function sampleTask(kind: string, change: Partial<TaskFacts> = {}): TaskFacts {
  return {
    id: `SO-20261124-0001.${kind}.quality`,
    kind,
    role: 'quality',
    department: 'quality',
    dueAt: '2026-11-24T09:00:00.000Z',
    assigneeName: 'Qin',
    facts: {
      evaluation: 'SO-20261124-0001.evaluate.technical',
      points: ['process'],
      offeredDelivery: '2026-12-15',
      proposal: 'SO-20261124-0001.proposal',
    },
    step: null,
    link: 'https://orders.example.com/t/token',
    ...change,
  };
}

const taskOf: Partial<Record<TemplateName, string>> = {
  departmentsTold: 'evaluate',
  taskOpened: 'evaluate',
  customerQuestion: 'question',
  alternativeOffered: 'alternative',
  signOffRejected: 'evaluate',
  deliveryQuestion: 'customerContact',
  deliveryDisputed: 'customerContact',
  deadlineWarning: 'evaluate',
  deadlineBreached: 'evaluate',
  deadlineEscalated: 'evaluate',
  noticeUndelivered: 'reach',
  orderHeld: 'releaseHold',
};

/** Facts that fill a template for one kind of reader. */
export function sampleFacts(
  template: TemplateName,
  kind: NoticeFacts['recipient']['kind'],
  order: { class: OrderClass; grade: Grade } = { class: 'urgent', grade: 2 },
): NoticeFacts {
  const task = taskOf[template];
  const facts = sampleOrder(order);
  return {
    zone: 'Asia/Shanghai',
    recipient: { kind, name: 'Lin' },
    at: '2026-11-24T11:00:00.000Z',
    order: template === 'watchmanAlarm' ? null : facts,
    incident: null,
    tasks: task ? [sampleTask(task)] : [],
    deadline: template.startsWith('deadline') ? (facts.deadlines[0] ?? null) : null,
    trackingLink: kind === 'customer' ? 'https://orders.example.com/t/view' : null,
    processLink:
      kind === 'customer' ? null : 'http://127.0.0.1:8233/namespaces/default/workflows/order%2FSO-1',
    told: ['Lin', 'Bai'],
    undelivered: ['Qin'],
    given: {
      percent: 80,
      rung: 3,
      role: 'orderManager',
      projectedFinish: '2026-12-11',
      hold: 'SO-20261124-0001.hold',
      reason: 'customerAsked',
      dueAt: '2026-11-27T09:00:00.000Z',
      note: 'stock-taking until Thursday',
      incident: 'IN-20261124-0001',
      type: { zh: '质量问题', en: 'Quality problem' },
      overdue: [
        { deadline: 'SO-20261124-0001.evaluation', kind: 'evaluation', at: '2026-11-24T09:00:00.000Z' },
      ],
    },
  };
}
