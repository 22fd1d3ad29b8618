import type { NoticeOrderRow, NoticeTaskRow } from '../../db/queries/notice-order.js';
import { POINTS } from '../../domain/order/shape.js';
import { TEAM_ROLES } from '../../domain/team/shape.js';
import type { ObjectionFacts, OrderFacts } from '../../domain/wording/facts.js';
import { toLocale } from '../../domain/wording/locale.js';

/** Brings an order from the record into the shape that wording reads. */
export function toOrderFacts(row: NoticeOrderRow): OrderFacts {
  const { ship_to: to } = row;
  const tasks = row.tasks ?? [];
  return {
    number: row.number,
    class: row.class,
    grade: row.grade,
    keyOrder: row.key_order,
    urgency: row.urgency,
    importance: row.importance,
    score: row.score,
    reasons: row.reasons,
    phase: row.phase,
    channel: row.channel,
    receivedAt: toUtc(row.received_at),
    requestedDelivery: row.requested_delivery,
    promisedDelivery: row.promised_delivery,
    projectedFinish: row.projected_finish,
    measure: row.measure,
    currency: row.currency,
    amountMinor: row.amount_minor,
    customerName: row.customer_name,
    customerPhone: row.customer_phone,
    customerLocale: toLocale(row.customer_locale),
    customerReference: row.customer_reference,
    destination: { country: to.country, region: to.region ?? null, city: to.city },
    shippingMethod: row.shipping_method,
    process: row.process,
    specialRequirements: row.special_requirements,
    priorityReason: row.priority_reason,
    ground: row.ground,
    groundStatement: row.ground_statement,
    confirmedAt: row.confirmed_at && toUtc(row.confirmed_at),
    confirmedByName: row.confirmed_by_name,
    salesOwner: row.sales_owner,
    team: TEAM_ROLES.flatMap((role) => {
      const name = row.team_names?.[row.team?.[role] ?? ''];
      return name === undefined ? [] : [{ role, name }];
    }),
    lines: (row.lines ?? []).map(({ sku, name_zh, name_en, quantity, unit }) => {
      return { sku, nameZh: name_zh, nameEn: name_en, quantity, unit };
    }),
    milestones: (row.milestones ?? []).map(({ milestone, done, at }) => ({ milestone, done, at: toUtc(at) })),
    deadlines: (row.deadlines ?? []).map(({ id, kind, due_at, provisional, state }) => {
      return { id, kind, dueAt: toUtc(due_at), provisional, state };
    }),
    questions: (row.questions ?? []).map(({ answered_by, ...question }) => {
      return { ...question, answeredBy: answered_by };
    }),
    proposals: (row.proposals ?? []).map((proposal) => ({
      id: proposal.id,
      round: proposal.round,
      measure: proposal.measure,
      promisedDelivery: proposal.promised_delivery,
      currency: proposal.currency,
      amountMinor: proposal.amount_minor,
      state: proposal.state,
      note: proposal.note,
      decidedByName: proposal.decided_by_name,
      decidedAt: proposal.decided_at && toUtc(proposal.decided_at),
    })),
    objections: objectionsOf(tasks),
    rejectionWords: wordsOfLast(tasks, 'conflict', 'reason'),
    declinedWords: wordsOfLast(tasks, 'alternative', 'words'),
  };
}

/** PostgreSQL's spelling of an instant in JSON, in ours. */
export function toUtc(at: string): string {
  return new Date(at).toISOString();
}

function wordsOfLast(tasks: NoticeTaskRow[], kind: string, field: string): string | null {
  const words = tasks.findLast((task) => task.kind === kind && task.state === 'done')?.result?.[field];
  return typeof words === 'string' && words !== '' ? words : null;
}

function objectionsOf(tasks: NoticeTaskRow[]): ObjectionFacts[] {
  const last = new Map<string, NoticeTaskRow>();
  for (const task of tasks) {
    if (task.kind === 'evaluate' && task.state === 'done') last.set(task.department, task);
  }
  return [...last.values()].flatMap(({ department, result }) => {
    const points = (result?.points ?? {}) as Record<string, { ok?: boolean; note?: string; ask?: string }>;
    return POINTS.flatMap((point) => {
      const answer = points[point];
      if (answer?.ok !== false) return [];
      return [{ department, point, note: answer.note ?? null, question: answer.ask ?? null }];
    });
  });
}
