import type { OpenTask, OrderPlan, OrderState } from '../../contracts/order-state.js';
import type { Assignment, Audience, Change, NoticeTemplate } from '../../contracts/record.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';

/** A refusal by the order's own state; goes on the record with its code. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {}
}

/** A step being put together: the changes of its record transaction and the state after it, kept in agreement. */
export interface Draft {
  plan: OrderPlan;
  at: Instant;
  next: OrderState;
  changes: Change[];
}

/** Begins a step on a copy of the state: nothing is changed until the record has committed. */
export function beginDraft(plan: OrderPlan, state: OrderState, at: Instant): Draft {
  // The sandbox has no structuredClone; the state is plain JSON by its schema.
  return { plan, at, next: JSON.parse(JSON.stringify(state)) as OrderState, changes: [] };
}

/** `SO-….evaluate.quality`, from the second round on `….2` (design §3.4). Rounds are never reused. */
function nextId(draft: Draft, name: string): { id: string; round: number } {
  const round = (draft.next.rounds[name] ?? 0) + 1;
  draft.next.rounds[name] = round;
  const id = `${draft.plan.number}.${name}`;
  return { id: round === 1 ? id : `${id}.${round}`, round };
}

export interface TaskToOpen {
  /** What comes after the number in its id: `evaluate.quality`. */
  name: string;
  kind: OpenTask['kind'];
  role: string;
  department: string;
  assign: Assignment;
  deadline?: string;
  facts?: Record<string, unknown>;
}

/** Opens a task and answers its id. */
export function openTask(draft: Draft, { name, ...task }: TaskToOpen): string {
  const { id, round } = nextId(draft, name);
  const { kind, role, department, deadline } = task;
  draft.next.tasks[id] = { kind, role, department, round, deadline };
  draft.changes.push({ do: 'openTask', id, round, ...task });
  return id;
}

/** Finishes a task; its deadline is met when it was the last task under it. */
export function finishTask(draft: Draft, id: string): void {
  const deadline = draft.next.tasks[id]?.deadline;
  delete draft.next.tasks[id];
  draft.changes.push({ do: 'finishTask', id });
  const shared = Object.values(draft.next.tasks).some((task) => task.deadline === deadline);
  if (deadline && !shared) settleDeadline(draft, deadline, 'met');
}

export function withdrawTasks(draft: Draft, which: (task: OpenTask) => boolean): void {
  for (const [id, task] of Object.entries(draft.next.tasks)) {
    if (!which(task)) continue;
    delete draft.next.tasks[id];
    draft.changes.push({ do: 'withdrawTask', id });
  }
}

/** Opens a deadline counted from `from`; its instants come back with the record's answer. */
export function openDeadline(
  draft: Draft,
  kind: string,
  options: { from?: Instant; promised?: LocalDate } = {},
): string {
  const { id, round } = nextId(draft, kind);
  draft.changes.push({
    do: 'openDeadline',
    id,
    kind,
    round,
    from: options.from ?? draft.at,
    promised: options.promised,
  });
  return id;
}

/** Closes a running deadline; one that is not running stays as it is. */
export function settleDeadline(draft: Draft, id: string, as: 'met' | 'withdrawn'): void {
  const opensHere = draft.changes.some((change) => change.do === 'openDeadline' && change.id === id);
  if (!opensHere && !draft.next.deadlines.some((deadline) => deadline.id === id)) return;
  draft.next.deadlines = draft.next.deadlines.filter((deadline) => deadline.id !== id);
  draft.changes.push({ do: 'settleDeadline', id, as });
}

/** The running deadline of a kind, or nothing. */
export function runningDeadline(draft: Draft, kind: string): string | undefined {
  return draft.next.deadlines.find((deadline) => deadline.kind === kind)?.id;
}

export function settleKind(draft: Draft, kind: string, as: 'met' | 'withdrawn'): void {
  const id = runningDeadline(draft, kind);
  if (id) settleDeadline(draft, id, as);
}

export function enterPhase(draft: Draft, phase: OrderState['phase'], because?: string): void {
  draft.next.phase = phase;
  draft.changes.push({ do: 'enterPhase', phase, because });
}

export function tell(
  draft: Draft,
  template: NoticeTemplate,
  to: Audience[],
  facts?: Record<string, unknown>,
): void {
  draft.changes.push({ do: 'tell', template, to, facts });
}

/** Nothing is left open behind an order that leaves the process. */
export function closeAll(draft: Draft, confirmation: 'met' | 'withdrawn'): void {
  withdrawTasks(draft, () => true);
  for (const { id, kind } of [...draft.next.deadlines]) {
    settleDeadline(draft, id, kind === 'confirmation' ? confirmation : 'withdrawn');
  }
}

/** Ends an order. A confirmation still open is met: the customer got an answer, if not the one asked for. */
export function endOrder(draft: Draft, phase: OrderState['phase'], because: string): void {
  closeAll(draft, 'met');
  enterPhase(draft, phase, because);
}
