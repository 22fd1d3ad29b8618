import type { Acknowledge, HandOver } from '../../contracts/incident-messages.js';
import { finishTask, openDeadline, Refusal, settleKind } from '../draft.js';
import type { Draft } from './draft.js';

/** Somebody has it (P03.3). Taken back, the deadline runs anew from that moment. */
export function takeAcknowledgement(draft: Draft, { undo }: Pick<Acknowledge, 'undo'>): Refusal | undefined {
  const { next } = draft;
  if (next.acknowledged !== undo) {
    return new Refusal('wrong-phase', undo ? 'it is not acknowledged' : 'it is acknowledged already');
  }
  next.acknowledged = !undo;
  draft.changes.push({ do: 'acknowledge', undo });
  if (undo) openDeadline(draft, 'acknowledge', { rule: draft.plan.playbook.times.acknowledge });
  else settleKind(draft, 'acknowledge', 'met');
  return undefined;
}

/** The team as it was proposed or otherwise, and nobody is asked for it any more (P12.2). */
export function takeTeam(draft: Draft, team: Record<string, string>): Refusal | undefined {
  const { plan, next } = draft;
  const unknown = Object.keys(team).find((key) => !plan.playbook.team.some((role) => role.key === key));
  if (unknown !== undefined) {
    return new Refusal('invalid-input', `the team of this playbook has no role ${unknown}`);
  }
  for (const [id, { kind }] of Object.entries(next.tasks)) if (kind === 'team') finishTask(draft, id);
  next.teamConfirmed = true;
  draft.changes.push({ do: 'setTeam', team });
  return undefined;
}

/** From one owner to another (P03.3). What was acknowledged stays so: somebody has had it all the time. */
export function takeHandOver(draft: Draft, { to }: Pick<HandOver, 'to'>): Refusal | undefined {
  if (draft.next.owner === to) return new Refusal('wrong-phase', `${to} has it already`);
  draft.changes.push({ do: 'handOver', to });
  return undefined;
}
