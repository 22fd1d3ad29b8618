import type { OpenTask, OrderPlan, OrderState } from '../../contracts/order-state.js';
import { MILESTONES } from '../../domain/order/terms/shape.js';
import { ROLE_WORDS, type Role } from '../../domain/roles/shape.js';
import { local } from '../local-time.js';

const PHASES: Record<OrderState['phase'], string> = {
  evaluating: '订单评估 evaluating',
  proposing: '选定措施 proposing',
  signing: '待签字 signing',
  executing: '执行 executing',
  delivering: '发运 delivering',
  closed: '已关闭 closed',
  rejected: '已驳回 rejected',
  declined: '客户未接受 declined',
  cancelled: '已取消 cancelled',
};

const CLASSES = { critical: '急难订单 critical', urgent: '紧急订单 urgent', normal: '普通订单 normal' };

/**
 * What ops read in the Temporal UI (design §7): phase, what is waited for, who, until when, the last three events,
 * links. Ids and roles only: no personal data enters Temporal. Costs no event of history.
 */
export function describeOrder(plan: OrderPlan, order: OrderState): string {
  const bars = order.grade > 0 ? `${'▮'.repeat(order.grade)} 红色标识 red ` : '';
  const waits = Object.entries(order.tasks).map(([id, task]) => waitLine(plan, order, id, task));
  const next = order.milestones.length < MILESTONES.length && order.phase === 'executing';
  const lines = [
    `## ${bars}${CLASSES[order.class]} ${plan.number}`,
    `**阶段 phase:** ${PHASES[order.phase]}${order.breached ? ' · **超期 breached**' : ''}`,
    '',
    '**等待 waiting for:**',
    ...(waits.length > 0 ? waits : [next ? milestoneLine(order) : '- —']),
    ...holdLines(order),
    '',
    '**期限 deadlines:**',
    ...order.deadlines.map(
      (deadline) =>
        `- ${deadline.kind}: ${local(deadline.dueAt, plan.zone)}${deadline.provisional ? ' (暂定 provisional)' : ''}`,
    ),
    ...(order.stopped ?? []).map(({ kind }) => `- ${kind}: 暂停计时 stopped`),
    ...incidentLines(order),
    '',
    '**最近事件 last events:**',
    ...[...order.events].reverse().map(({ at, what }) => `- ${local(at, plan.zone)} ${what}`),
    '',
    `[订单 order](${plan.orderUrl}) · [时间线 timeline](${plan.orderUrl}/timeline)`,
  ];
  return lines.join('\n');
}

function waitLine(plan: OrderPlan, order: OrderState, id: string, task: OpenTask): string {
  const due = order.deadlines.find((deadline) => deadline.id === task.deadline)?.dueAt;
  const words = ROLE_WORDS[task.role as Role];
  const until = due ? `, 至 until ${local(due, plan.zone)}` : '';
  return `- \`${id}\` — ${words ? `${words.zh} ${words.en}` : task.role}${until}`;
}

/** Why it stands still, and who sees to the end of it. */
function holdLines({ holds = [] }: OrderState): string[] {
  if (holds.length === 0) return [];
  return [
    '',
    '**暂停 on hold:**',
    ...holds.map(({ id, reason, owner, shipping }) => {
      const goods = shipping ? ' · 不得发货 not to be shipped' : '';
      return `- \`${id}\` ${reason} — ${owner}${goods}`;
    }),
  ];
}

function incidentLines({ incidents = [] }: OrderState): string[] {
  return incidents.length === 0 ? [] : ['', `**突发情况 incidents:** ${incidents.join(', ')}`];
}

function milestoneLine(order: OrderState): string {
  const next = MILESTONES.find((milestone) => !order.milestones.includes(milestone));
  return `- 进度 milestone \`${next}\``;
}
