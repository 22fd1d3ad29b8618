import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { resolveRuns } from '../../domain/playbooks/interpret.js';
import { ROLE_WORDS, type Role } from '../../domain/roles/shape.js';
import { local } from '../local-time.js';

const PHASES: Record<IncidentState['phase'], string> = {
  reported: '待确认 reported',
  responding: '应急响应 responding',
  mitigated: '已控制 mitigated',
  resolved: '已解决 resolved',
  reviewed: '已总结 reviewed',
  archived: '已归档 archived',
  falseAlarm: '误报 false alarm',
  routine: '按常规处理 routine',
};

const LEVELS = { 1: '一级 level 1', 2: '二级 level 2', 3: '三级 level 3' } as const;

/** What ops read in the Temporal UI (design §7). Ids and roles only; costs no event of history. */
export function describeIncident(plan: IncidentPlan, incident: IncidentState): string {
  const { playbook, zone } = plan;
  const steps = resolveRuns(playbook, incident.steps, incident.severity);
  const over = steps.filter(({ state }) => state === 'done' || state === 'skipped' || state === 'leftOut');
  const waits = Object.entries(incident.tasks).map(([id, task]) => {
    const due = incident.deadlines.find((deadline) => deadline.id === task.deadline)?.dueAt;
    const words = ROLE_WORDS[task.role as Role];
    const until = due ? `, 至 until ${local(due, zone)}` : '';
    return `- \`${id}\` — ${words ? `${words.zh} ${words.en}` : task.role}${until}`;
  });
  const failed = steps.filter(({ state }) => state === 'failed');
  return [
    `## ${'▮'.repeat(incident.severity)} ${LEVELS[incident.severity]} · ${playbook.name.zh} ${playbook.name.en} ${plan.number}`,
    `**阶段 phase:** ${PHASES[incident.phase]}${incident.breached ? ' · **超期 breached**' : ''} · ${over.length}/${steps.length}`,
    ...(incident.parent ? [`**上级突发情况 part of:** ${incident.parent}`] : []),
    '',
    '**等待 waiting for:**',
    ...(waits.length > 0 ? waits : ['- —']),
    ...failed.map(({ key, outcome }) => `- ⚠ \`${key}\` 失败 failed: ${outcome ?? ''}`),
    '',
    '**期限 deadlines:**',
    ...incident.deadlines.map(({ kind, dueAt }) => `- ${kind}: ${local(dueAt, zone)}`),
    '',
    '**最近事件 last events:**',
    ...[...incident.events].reverse().map(({ at, what }) => `- ${local(at, zone)} ${what}`),
    '',
    `[突发情况 incident](${plan.incidentUrl}) · [时间线 timeline](${plan.incidentUrl}/timeline)`,
  ].join('\n');
}
