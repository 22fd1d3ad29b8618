import type { Decide, IncidentGist, IncidentTaskDone } from '../../contracts/incident-messages.js';
import type { Actor } from '../../contracts/messages.js';
import { outcomeOf } from '../../domain/playbooks/interpret.js';
import { finishTask, openDeadline, openTask, Refusal, settleKind } from '../draft.js';
import { advance, mark } from './advance.js';
import { closeAll, type Draft, enterPhase, stepOf, tell } from './draft.js';
import { takeTeam } from './take-people.js';
import { changeSeverity } from './take-severity.js';
import { askForUpdate, openTimes, tellHowItStands } from './times.js';

/** A form was finished: what it decides, by its kind. */
export function takeTask(
  draft: Draft,
  { task: id, gist, actor }: Pick<IncidentTaskDone, 'task' | 'gist' | 'actor'>,
): Refusal | undefined {
  const task = draft.next.tasks[id];
  if (!task || task.kind !== gist.kind) return new Refusal('task-not-open', `task ${id} is not open`);
  switch (gist.kind) {
    case 'confirm':
      return confirm(draft, id, gist);
    case 'decision':
      return decide(draft, id, gist.option, customerOf(actor, gist));
    case 'team':
      return takeTeam(draft, gist.team);
    case 'step':
    case 'wait':
    case 'action':
      finishTask(draft, id);
      mark(draft, stepOf(draft.plan.number, id) ?? '', 'done');
      advance(draft);
      return undefined;
    case 'review':
      return review(draft, id, gist.cause);
    case 'update':
      return update(draft, id);
    case 'report':
      finishTask(draft, id);
      tell(draft, 'incidentReport', ['emergencyManager']);
      advance(draft);
      return undefined;
    case 'reach':
      finishTask(draft, id);
      advance(draft);
      return undefined;
  }
}

/** False alarm, routine handling, or activated at a level (P13.6, P16.4). */
function confirm(
  draft: Draft,
  id: string,
  { outcome, severity }: Extract<IncidentGist, { kind: 'confirm' }>,
): undefined {
  const { next } = draft;
  finishTask(draft, id);
  settleKind(draft, 'confirm', 'met');
  draft.changes.push({ do: 'confirm', outcome });
  if (outcome !== 'activate') {
    closeAll(draft);
    draft.changes.push({ do: 'tellChildren', reviewed: false });
    enterPhase(draft, outcome);
    tell(draft, 'incidentEnded', ['owner', 'team', 'orderManager']);
    return;
  }
  // Whoever confirms has it.
  if (!next.acknowledged) {
    next.acknowledged = true;
    draft.changes.push({ do: 'acknowledge', undo: false });
    settleKind(draft, 'acknowledge', 'met');
  }
  next.activated = true;
  if (severity !== undefined && severity !== next.severity) changeSeverity(draft, severity);
  draft.changes.push({ do: 'linkAffected' }, { do: 'reassess' });
  enterPhase(draft, 'responding');
  tell(draft, 'incidentActivated', ['owner', 'team', 'orderManager', 'emergencyManager']);
  openTimes(draft);
  askForTeam(draft);
  advance(draft);
}

/** The order manager confirms the proposed team or changes it; without an answer it stands (P12.2). */
function askForTeam(draft: Draft): void {
  if (draft.next.teamConfirmed) return;
  const task = openTask(draft, {
    name: 'team.orderManager',
    kind: 'team',
    role: 'orderManager',
    department: 'management',
    assign: 'byLoad',
    deadline: openDeadline(draft, 'team', { rule: { elapsed: 'PT30M' } }),
  });
  tell(draft, 'incidentTask', [{ assigneesOf: [task] }]);
}

/** Where things stand is told, who is affected is looked at again, and the next update is due (P03.5). */
function update(draft: Draft, id: string): undefined {
  finishTask(draft, id);
  draft.changes.push({ do: 'linkAffected' }, { do: 'reassess' });
  askForUpdate(draft);
  tellHowItStands(draft, 'incidentUpdate');
  advance(draft);
}

export function takeDecision(
  draft: Draft,
  { step, option }: Pick<Decide, 'step' | 'option'>,
): Refusal | undefined {
  const [id] =
    Object.entries(draft.next.tasks).find(
      ([task, { kind }]) => kind === 'decision' && stepOf(draft.plan.number, task) === step,
    ) ?? [];
  return id ? decide(draft, id, option) : new Refusal('task-not-open', `decision ${step} is not open`);
}

/**
 * Where each customer is asked, one of them has answered, by link or to somebody of ours on the telephone; the step is
 * over when all have (see `owes`). Whoever decides without naming a customer decides for all who have not answered.
 */
function decide(draft: Draft, id: string, option: string, customer?: string): Refusal | undefined {
  const key = stepOf(draft.plan.number, id) ?? '';
  const step = draft.plan.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'decision' || !step.options.some((one) => one.key === option)) {
    return new Refusal('invalid-input', `${key} has no option ${option}`);
  }
  const choice = draft.next.choices?.[key];
  if (choice && customer !== undefined) {
    draft.changes.push({ do: 'answerChoice', task: id, step: key, option, customer });
    return undefined;
  }
  finishTask(draft, id);
  mark(draft, key, 'done', outcomeOf([...(choice?.options ?? []), option]));
  advance(draft);
  return undefined;
}

function customerOf(
  { principal }: Actor,
  { customer }: { customer?: string | undefined },
): string | undefined {
  return principal.startsWith('customer:') ? principal.slice('customer:'.length) : customer;
}

/** The cause is mandatory (P12.3); with the review the incident may be archived once nothing else is open. */
function review(draft: Draft, id: string, cause: string): Refusal | undefined {
  if (!draft.plan.playbook.causes.some(({ key }) => key === cause)) {
    return new Refusal('invalid-input', `${cause} is no cause of this playbook`);
  }
  finishTask(draft, id);
  draft.changes.push({ do: 'recordCause', category: cause }, { do: 'tellChildren', reviewed: true });
  enterPhase(draft, 'reviewed');
  advance(draft);
  return undefined;
}
