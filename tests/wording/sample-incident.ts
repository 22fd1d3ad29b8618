import { playbookSchema, type Step } from '../../domain/playbooks/shape.js';
import { supplierDelay } from '../../domain/playbooks/supplier-delay.js';
import type { NoticeFacts, TaskFacts } from '../../domain/wording/facts.js';
import { type IncidentTold, stepNamed } from '../../domain/wording/incident-told.js';
import type { TemplateName } from '../../domain/wording/notices/registry.js';

/** Words that a person typed of an incident and its orders: for our people alone. */
export const TYPED = 'Pujiang waits for shafts';

/** An incident of a late supplier with every fact filled; what is Chinese comes from its playbook and the wording. */
export function sampleIncident(change: Partial<IncidentTold> = {}): IncidentTold {
  const playbook = playbookSchema.parse(supplierDelay);
  return {
    number: 'IN-20261124-0001',
    name: playbook.name,
    summary: { zh: TYPED, en: TYPED },
    count: 3,
    source: 'monitor/supplier',
    drill: false,
    severity: 2,
    severityBecause: { zh: '预计延误两天以上', en: 'two days late or more' },
    phase: 'responding',
    reportedAt: '2026-11-24T01:30:00.000Z',
    reporterName: 'Chen',
    confirmedAt: '2026-11-24T02:00:00.000Z',
    confirmerName: 'Xu',
    resolvedAt: null,
    owner: { name: 'Xu', phone: '+862155500009', email: 'xu@redmark.example' },
    team: playbook.team.slice(0, 2).map(({ name }) => ({ role: name, name: 'Xu', person: 'xu.bo' })),
    concerns: {
      supplier: 'Steel Ltd',
      skus: ['RM-SHAFT-45'],
      warehouse: 'W1',
      carrier: 'SF',
      region: 'Suzhou',
      endpoint: 'erp',
      purchaseOrder: 'PO-20261110-0001',
      shipment: 'SH-1',
      payment: 'PAY-1',
      delayHours: 50,
      peopleInDanger: true,
    },
    scope: { orders: 22, customers: 9, critical: 1, first: ['SO-20261124-0001', 'SO-20261124-0002'] },
    own: {
      orders: [
        {
          number: 'SO-20261124-0001',
          customerReference: 'PO-77',
          requestedDelivery: '2026-12-09',
          promisedDelivery: '2026-12-08',
          trackingLink: 'https://orders.example.com/t/view',
          salesOwner: { name: 'Chen', phone: '+862155500001', email: 'chen@redmark.example' },
        },
      ],
      purchases: ['PO-20261110-0001'],
    },
    cause: { category: { zh: '供应商产能不足', en: 'capacity' }, words: TYPED },
    report: TYPED,
    deadlines: [
      deadline('mitigate', '2026-11-25T09:00:00.000Z'),
      deadline('update', '2026-11-24T15:00:00.000Z'),
      deadline('report', '2026-11-26T09:00:00.000Z'),
      deadline('review', '2026-12-02T09:00:00.000Z'),
      deadline('step', '2026-11-24T09:00:00.000Z'),
    ],
    nextUpdateAt: '2026-11-24T15:00:00.000Z',
    contained: false,
    playbook,
    done: playbook.steps.slice(0, 2).map(({ title }) => title),
    similar: [
      {
        number: 'IN-20260301-0002',
        at: '2026-03-01T01:00:00.000Z',
        summary: { zh: 'shafts were late before', en: 'shafts were late before' },
        supplier: 'Steel Ltd',
        skus: ['RM-SHAFT-45'],
        cause: { category: { zh: '运输延误', en: 'transport' }, words: 'a truck broke down' },
        chosen: [{ step: { zh: '确定供应方案', en: 'Supply' }, option: { zh: '等待现供应商', en: 'Wait' } }],
        worked: 'calling the driver',
      },
    ],
    ...change,
  };
}

const deadline = (kind: string, dueAt: string) => ({
  id: `IN-20261124-0001.${kind}`,
  kind,
  dueAt,
  provisional: false,
  state: 'open',
});

/** A task of the incident; `step` for one of the playbook, which its key names. */
export function sampleIncidentTask(kind: string, step?: string, change: Partial<TaskFacts> = {}): TaskFacts {
  return {
    id: `IN-20261124-0001.${kind}.${step ?? 'purchasing'}`,
    kind,
    role: 'purchasing',
    department: 'purchasing',
    dueAt: '2026-11-24T09:00:00.000Z',
    assigneeName: 'Xu',
    facts: step ? { step } : {},
    step: stepOf(step),
    link: 'https://orders.example.com/t/token',
    ...change,
  };
}

function stepOf(key: string | undefined): Step | null {
  return stepNamed(sampleIncident(), key);
}

const PURCHASE = { number: 'PO-20261110-0001', neededBy: '2026-11-27', confirmedDate: '2026-12-01' };

/** What each notice of an incident is about by itself. */
const TASKS: Partial<Record<TemplateName, TaskFacts[]>> = {
  incidentReported: [sampleIncidentTask('confirm')],
  incidentTask: [sampleIncidentTask('step', 'call-supplier')],
  deadlineWarning: [sampleIncidentTask('step', 'call-supplier')],
  deadlineBreached: [sampleIncidentTask('step', 'call-supplier')],
  deadlineEscalated: [sampleIncidentTask('step', 'call-supplier')],
  noticeUndelivered: [sampleIncidentTask('reach')],
  expediteRequest: [sampleIncidentTask('action', 'expedite')],
};

/** Facts that fill a notice of an incident for one kind of reader. */
export function sampleIncidentFacts(
  template: TemplateName,
  kind: NoticeFacts['recipient']['kind'],
  change: Partial<IncidentTold> = {},
): NoticeFacts {
  const incident = sampleIncident(change);
  const outside = kind === 'customer' || kind === 'supplier';
  const tasks =
    kind === 'customer' && template === 'incidentTask'
      ? [sampleIncidentTask('decision', 'customer-choice')]
      : (TASKS[template] ?? []);
  const step = { customer: 'tell-customers', supplier: 'tell-supplier' }[kind as string] ?? 'tell-team';
  return {
    zone: 'Asia/Shanghai',
    recipient: { kind, name: 'Lin' },
    at: '2026-11-24T11:00:00.000Z',
    order: null,
    incident,
    tasks,
    deadline: template.startsWith('deadline') ? (incident.deadlines.at(-1) ?? null) : null,
    trackingLink: null,
    processLink: outside ? null : 'http://127.0.0.1:8233/namespaces/default/workflows/incident%2FIN-1',
    told: ['Lin', 'Bai'],
    undelivered: ['Qin'],
    given: { percent: 80, rung: 2, role: 'emergencyManager', step, audience: 'team', purchases: [PURCHASE] },
  };
}
