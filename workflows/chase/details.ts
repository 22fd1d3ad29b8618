import type { ChasePlan, ChaseState } from '../../contracts/chase-state.js';
import { ROLE_WORDS, type Role } from '../../domain/roles/shape.js';
import { local } from '../local-time.js';

const KINDS: Record<ChasePlan['kind'], string> = {
  actionItem: '整改措施 action item',
  effectCheck: '验证整改效果 effect check',
  problem: '生产问题 production problem',
};

const PHASES: Record<ChaseState['phase'], string> = {
  open: '办理中 open',
  done: '已完成 done',
  givenUp: '已放弃 given up',
};

/** What ops read in the Temporal UI (design §7). Ids and roles only; costs no event of history. */
export function describeChase(plan: ChasePlan, chase: ChaseState): string {
  const { zone } = plan;
  const waits = Object.entries(chase.tasks).map(([id, task]) => {
    const due = chase.deadlines.find((deadline) => deadline.id === task.deadline)?.dueAt;
    const words = ROLE_WORDS[task.role as Role];
    const until = due ? `, 至 until ${local(due, zone)}` : '';
    return `- \`${id}\` — ${words ? `${words.zh} ${words.en}` : task.role}${until}`;
  });
  const about = [
    plan.order && `订单 order ${plan.order}`,
    plan.incident && `突发情况 incident ${plan.incident}`,
  ];
  return [
    `## ${KINDS[plan.kind]} ${plan.number}`,
    `**状态 phase:** ${PHASES[chase.phase]}${chase.breached ? ' · **超期 breached**' : ''}`,
    `**属于 belongs to:** ${about.filter(Boolean).join(' · ') || '—'}`,
    '',
    '**等待 waiting for:**',
    ...(waits.length > 0 ? waits : ['- —']),
    '',
    '**期限 deadlines:**',
    ...chase.deadlines.map(({ kind, dueAt }) => `- ${kind}: ${local(dueAt, zone)}`),
    '',
    '**最近事件 last events:**',
    ...[...chase.events].reverse().map(({ at, what }) => `- ${local(at, zone)} ${what}`),
  ].join('\n');
}
