import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { outcomeOf } from '../../domain/playbooks/interpret.js';
import type { Instant } from '../../domain/time/shape.js';
import { beginDraft, finishTask, settleDeadline, withdrawTasks } from '../draft.js';
import type { OwnStep } from '../process-spec.js';
import { advance, mark } from './advance.js';
import { type Draft, isReleased, isUnresolved, stepOf, tell } from './draft.js';
import { rise } from './take-severity.js';

/**
 * What the incident owes by its own state, asked by nobody: the documented default of a decision that nobody took in
 * time (P18), the proposed team that nobody changed (P12.2), the level that the rules say now (P11.1). It is found in
 * the state and not said by a message, so that no crash, restart or continue-as-new loses it.
 */
export function owes(plan: IncidentPlan, state: IncidentState, at: Instant): OwnStep<Draft> | undefined {
  const { assessed = 0, severity } = state;
  if (assessed > severity && isUnresolved(state)) return ownRise(plan, state, at);
  if (isReleased(state)) return ownRelease(plan, state, at);
  const answered = allAnswered(plan, state);
  if (answered) return ownChoice(plan, state, at, answered);
  const id = lapsing(plan, state).find((task) => hasLapsed(state, task));
  if (id === undefined) return undefined;
  return state.tasks[id]?.kind === 'team' ? ownTeam(plan, state, at, id) : ownDefault(plan, state, at, id);
}

/** Deadlines of tasks that are over at their due without a breach, for what follows is documented. */
export function lapses(plan: IncidentPlan, state: IncidentState): string[] {
  return lapsing(plan, state).flatMap((id) => state.tasks[id]?.deadline ?? []);
}

function lapsing(plan: IncidentPlan, state: IncidentState): string[] {
  return Object.entries(state.tasks).flatMap(([id, { kind }]) =>
    kind === 'team' || (kind === 'decision' && defaultOf(plan, id) !== undefined) ? [id] : [],
  );
}

/** The clock has looked at its due: whoever answered in the last second has been waited for. */
function hasLapsed(state: IncidentState, task: string): boolean {
  const deadline = state.deadlines.find(({ id }) => id === state.tasks[task]?.deadline);
  return deadline !== undefined && deadline.instants.length === 0;
}

function defaultOf(plan: IncidentPlan, task: string): string | undefined {
  const key = stepOf(plan.number, task);
  const step = plan.playbook.steps.find((one) => one.key === key);
  return step?.kind === 'decision' ? step.otherwise : undefined;
}

function ownRise(plan: IncidentPlan, state: IncidentState, at: Instant): OwnStep<Draft> {
  const draft: Draft = beginDraft(plan, state, at);
  const level = state.assessed ?? state.severity;
  rise(draft, level);
  return { key: `rise/${level}`, about: { action: 'rise', detail: { severity: level } }, draft };
}

function ownDefault(plan: IncidentPlan, state: IncidentState, at: Instant, id: string): OwnStep<Draft> {
  const draft: Draft = beginDraft(plan, state, at);
  const step = stepOf(plan.number, id) ?? '';
  // Who has answered has what they chose; the default is for the others.
  const option = outcomeOf([...(state.choices?.[step]?.options ?? []), defaultOf(plan, id) ?? '']);
  tell(draft, 'incidentDefault', ['owner', { assigneesOf: [id] }], { step, option: defaultOf(plan, id) });
  close(draft, id);
  mark(draft, step, 'done', option);
  advance(draft);
  return { key: `otherwise/${id}`, about: { action: 'otherwise', detail: { step, option } }, draft };
}

/** The record said at its resolution how the parent stands. */
function ownRelease(plan: IncidentPlan, state: IncidentState, at: Instant): OwnStep<Draft> {
  const draft: Draft = beginDraft(plan, state, at);
  advance(draft);
  return { key: 'release/1', about: { action: 'released' }, draft };
}

/** The open decision that the last customer has answered. */
function allAnswered(plan: IncidentPlan, state: IncidentState): string | undefined {
  return Object.keys(state.tasks).find((id) => state.choices?.[stepOf(plan.number, id) ?? '']?.left === 0);
}

function ownChoice(plan: IncidentPlan, state: IncidentState, at: Instant, id: string): OwnStep<Draft> {
  const draft: Draft = beginDraft(plan, state, at);
  const step = stepOf(plan.number, id) ?? '';
  const option = outcomeOf(state.choices?.[step]?.options ?? []);
  finishTask(draft, id);
  mark(draft, step, 'done', option);
  advance(draft);
  return { key: `chosen/${id}`, about: { action: 'chosen', detail: { step, option } }, draft };
}

function ownTeam(plan: IncidentPlan, state: IncidentState, at: Instant, id: string): OwnStep<Draft> {
  const draft: Draft = beginDraft(plan, state, at);
  close(draft, id);
  advance(draft);
  return { key: `stands/${id}`, about: { action: 'teamStands' }, draft };
}

/** Nobody answered: the task is withdrawn, not done, and its deadline not met. */
function close(draft: Draft, id: string): void {
  const deadline = draft.next.tasks[id]?.deadline;
  withdrawTasks(draft, (_, task) => task === id);
  if (deadline !== undefined) settleDeadline(draft, deadline, 'withdrawn');
}
