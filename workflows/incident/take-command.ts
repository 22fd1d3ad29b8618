import type { IncidentGist } from '../../contracts/incident-messages.js';
import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { isOver, restart } from '../../domain/playbooks/interpret.js';
import {
  beginDraft,
  finishTask,
  openDeadline,
  openReach,
  Refusal,
  settleDeadline,
  settleKind,
  withdrawTasks,
} from '../draft.js';
import { advance, begin, mark } from './advance.js';
import { closeAll, type Draft, enterPhase, stepOf, tell } from './draft.js';
import type { IncidentCommand } from './incident-command.js';

type Of<N extends IncidentCommand['name']> = Extract<IncidentCommand, { name: N }>;

/**
 * What a command does to an incident: the step to put on the record, or a refusal by the incident's own state. Whether
 * the person may do it is the record transaction's to say. Pure: the same command and state give the same step.
 */
export function takeCommand(
  plan: IncidentPlan,
  state: IncidentState,
  command: IncidentCommand,
): Draft | Refusal {
  const draft: Draft = beginDraft(plan, state, command.at);
  return take(draft, command) ?? draft;
}

function take(draft: Draft, command: IncidentCommand): Refusal | undefined {
  switch (command.name) {
    case 'acknowledge':
      return takeAcknowledgement(draft, command);
    case 'completeTask':
      return takeTask(draft, command);
    case 'decide':
      return takeDecision(draft, command);
    case 'setSeverity':
      return takeSeverity(draft, command);
    case 'skipStep':
      return takeSkip(draft, command.step);
    case 'retryStep':
      return takeRetry(draft, command.step);
    case 'resolve':
      return takeResolution(draft);
    case 'undelivered':
      return takeUndelivered(draft, command);
  }
}

/** Somebody has it (P03.3). Taken back, the deadline runs anew. */
function takeAcknowledgement(draft: Draft, { undo }: Of<'acknowledge'>): Refusal | undefined {
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

function takeTask(draft: Draft, { task: id, gist }: Of<'completeTask'>): Refusal | undefined {
  const task = draft.next.tasks[id];
  if (!task || task.kind !== gist.kind) return new Refusal('task-not-open', `task ${id} is not open`);
  switch (gist.kind) {
    case 'confirm':
      return confirm(draft, id, gist);
    case 'decision':
      return decide(draft, id, gist.option);
    case 'step':
    case 'wait':
    case 'action':
      finishTask(draft, id);
      mark(draft, stepOf(draft, id) ?? '', 'done');
      advance(draft);
      return undefined;
    case 'review':
      return review(draft, id, gist.cause);
    case 'report':
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
  enterPhase(draft, 'responding');
  const { times } = draft.plan.playbook;
  for (const kind of ['mitigate', 'update'] as const) openDeadline(draft, kind, { rule: times[kind] });
  tell(draft, 'incidentActivated', ['owner', 'team', 'orderManager', 'emergencyManager']);
  advance(draft);
}

function takeDecision(draft: Draft, { step, option }: Of<'decide'>): Refusal | undefined {
  const [id] =
    Object.entries(draft.next.tasks).find(
      ([task, { kind }]) => kind === 'decision' && stepOf(draft, task) === step,
    ) ?? [];
  return id ? decide(draft, id, option) : new Refusal('task-not-open', `decision ${step} is not open`);
}

function decide(draft: Draft, id: string, option: string): Refusal | undefined {
  const key = stepOf(draft, id) ?? '';
  const step = draft.plan.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'decision' || !step.options.some((one) => one.key === option)) {
    return new Refusal('invalid-input', `${key} has no option ${option}`);
  }
  finishTask(draft, id);
  mark(draft, key, 'done', option);
  advance(draft);
  return undefined;
}

/** The cause is mandatory (P12.3); with the review the incident may be archived once nothing else is open. */
function review(draft: Draft, id: string, cause: string): Refusal | undefined {
  if (!draft.plan.playbook.causes.some(({ key }) => key === cause)) {
    return new Refusal('invalid-input', `${cause} is no cause of this playbook`);
  }
  finishTask(draft, id);
  draft.changes.push({ do: 'recordCause', category: cause });
  enterPhase(draft, 'reviewed');
  advance(draft);
  return undefined;
}

/** A rise adds the higher level's steps; a fall never withdraws what was begun or promised. */
function takeSeverity(draft: Draft, { severity }: Of<'setSeverity'>): Refusal | undefined {
  if (severity === draft.next.severity) {
    return new Refusal('wrong-phase', `the incident has level ${severity} already`);
  }
  changeSeverity(draft, severity);
  tell(draft, 'incidentSeverity', ['owner', 'team', 'orderManager', 'emergencyManager']);
  advance(draft);
  return undefined;
}

function changeSeverity(draft: Draft, severity: 1 | 2 | 3): void {
  draft.next.severity = severity;
  draft.changes.push({ do: 'setSeverity', severity });
}

/** Passed over by a person with a reason, never silently. */
function takeSkip(draft: Draft, key: string): Refusal | undefined {
  const run = draft.next.steps.find((one) => one.key === key);
  if (!run) return new Refusal('not-found', `the playbook has no step ${key}`);
  if (isOver(run.state)) return new Refusal('wrong-phase', `step ${key} is ${run.state}`);
  skip(draft, key);
  advance(draft);
  return undefined;
}

function skip(draft: Draft, key: string): void {
  withdrawTasks(draft, (_, id) => stepOf(draft, id) === key);
  withdrawUnused(draft);
  mark(draft, key, 'skipped');
}

/** A deadline that no task hangs on any more ends with the last of them. */
function withdrawUnused(draft: Draft): void {
  const used = new Set(Object.values(draft.next.tasks).map(({ deadline }) => deadline));
  for (const { id, kind } of [...draft.next.deadlines]) {
    if (kind === 'step' && !used.has(id)) settleDeadline(draft, id, 'withdrawn');
  }
}

function takeRetry(draft: Draft, key: string): Refusal | undefined {
  const run = draft.next.steps.find((one) => one.key === key);
  const step = draft.plan.playbook.steps.find((one) => one.key === key);
  if (!run || !step) return new Refusal('not-found', `the playbook has no step ${key}`);
  if (run.state !== 'failed') return new Refusal('wrong-phase', `step ${key} is ${run.state}, not failed`);
  draft.next.steps = restart(draft.next.steps, key);
  draft.changes.push({ do: 'markStep', key, state: 'open' });
  begin(draft, step);
  advance(draft);
  return undefined;
}

/** Back to normal already: every step before the closing ones that is not over is passed over. */
function takeResolution(draft: Draft): Refusal | undefined {
  const { plan, next } = draft;
  if (next.phase !== 'responding' && next.phase !== 'mitigated') {
    return new Refusal('wrong-phase', `incident ${plan.number} is ${next.phase}`);
  }
  for (const step of plan.playbook.steps) {
    const state = next.steps.find(({ key }) => key === step.key)?.state;
    if (step.phase !== 'close' && state && !isOver(state)) skip(draft, step.key);
  }
  advance(draft);
  return undefined;
}

/** A notice that no channel takes is somebody's task; the policy of a level has no time for it. */
function takeUndelivered(draft: Draft, { since }: Of<'undelivered'>): undefined {
  const task = openReach(draft, since, { elapsed: 'PT30M' });
  if (task) tell(draft, 'noticeUndelivered', [{ assigneesOf: [task] }]);
}
