import type { Assignment, ProcessState, TaskChange } from '../contracts/process.js';
import type { DurationRule, Instant, LocalDate } from '../domain/time/shape.js';

/** A refusal by the process's own state; goes on the record with its code. */
export class Refusal {
  constructor(
    readonly code: string,
    readonly detail: string,
  ) {}
}

/** A step being put together: the changes of its record transaction and the state after it, kept in agreement. */
export interface DraftOf<Plan, State extends ProcessState, Change> {
  plan: Plan;
  at: Instant;
  next: State;
  changes: Change[];
}

/** A draft as far as tasks and deadlines go: all that processes have in common. */
interface Draft {
  plan: { number: string };
  at: Instant;
  next: Pick<ProcessState, 'tasks' | 'rounds' | 'deadlines' | 'stopped'>;
  changes: { push(change: TaskChange): unknown };
}

/** Begins a step on a copy of the state: nothing is changed until the record has committed. */
export function beginDraft<Plan, State extends ProcessState, Change>(
  plan: Plan,
  state: State,
  at: Instant,
): DraftOf<Plan, State, Change> {
  // The sandbox has no structuredClone; the state is plain JSON by its schema.
  return { plan, at, next: JSON.parse(JSON.stringify(state)) as State, changes: [] };
}

/** `SO-….evaluate.quality`, from the second round on `….2` (design §3.4). Rounds are never reused. */
export function nextId(draft: Draft, name: string): { id: string; round: number } {
  const round = (draft.next.rounds[name] ?? 0) + 1;
  draft.next.rounds[name] = round;
  const id = `${draft.plan.number}.${name}`;
  return { id: round === 1 ? id : `${id}.${round}`, round };
}

export interface TaskToOpen<Kind extends string = string> {
  /** What comes after the number in its id: `evaluate.quality`. */
  name: string;
  kind: Kind;
  role: string;
  department: string;
  assign: Assignment;
  not?: readonly string[];
  deadline?: string;
  facts?: Record<string, unknown>;
}

/** Opens a task and answers its id. */
export function openTask<D extends Draft>(
  draft: D,
  { name, ...task }: TaskToOpen<D['next']['tasks'][string]['kind']>,
): string {
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

export function withdrawTasks<D extends Draft>(
  draft: D,
  which: (task: D['next']['tasks'][string], id: string) => boolean,
): void {
  for (const [id, task] of Object.entries(draft.next.tasks)) {
    if (!which(task as D['next']['tasks'][string], id)) continue;
    delete draft.next.tasks[id];
    draft.changes.push({ do: 'withdrawTask', id });
  }
}

/** Opens a deadline counted from `from`; its instants come back with the record's answer. */
export function openDeadline(
  draft: Draft,
  kind: string,
  options: { from?: Instant; promised?: LocalDate; rule?: DurationRule; dueAt?: Instant } = {},
): string {
  const { id, round } = nextId(draft, kind);
  draft.changes.push({
    do: 'openDeadline',
    id,
    kind,
    round,
    from: options.from ?? draft.at,
    promised: options.promised,
    rule: options.rule,
    dueAt: options.dueAt,
  });
  return id;
}

/**
 * A notice that no channel takes: somebody tells the people by other means, within 30 minutes of the notice (P07.1).
 * Answers the task; undefined where one is open already, which is enough while mail is down: the notices of this very
 * escalation fail as well.
 */
export function openReach(draft: Draft, since: Instant, rule?: DurationRule): string | undefined {
  if (Object.values(draft.next.tasks).some(({ kind }) => kind === 'reach')) return undefined;
  return openTask(draft, {
    name: 'reach.orderManager',
    kind: 'reach',
    role: 'orderManager',
    department: 'management',
    assign: 'byLoad',
    deadline: openDeadline(draft, 'departmentsTold', { from: since, rule }),
  });
}

/** Closes a running deadline; one that is not running, or that this very step opens, needs no more than its row. */
export function settleDeadline(draft: Draft, id: string, as: 'met' | 'withdrawn'): void {
  if (!isRunning(draft, id)) return;
  draft.next.deadlines = draft.next.deadlines.filter((deadline) => deadline.id !== id);
  if (draft.next.stopped) draft.next.stopped = draft.next.stopped.filter((deadline) => deadline.id !== id);
  draft.changes.push({ do: 'settleDeadline', id, as });
}

/** The deadline of a kind that runs or stands still, or nothing. */
export function runningDeadline(draft: Draft, kind: string): string | undefined {
  return deadlinesOf(draft).find((deadline) => deadline.kind === kind)?.id;
}

export function settleKind(draft: Draft, kind: string, as: 'met' | 'withdrawn'): void {
  const id = runningDeadline(draft, kind);
  if (id) settleDeadline(draft, id, as);
}

function isRunning(draft: Draft, id: string): boolean {
  return deadlinesOf(draft).some((deadline) => deadline.id === id);
}

/** Those that run, and those that stand still. */
export function deadlinesOf({ next }: Draft): { id: string; kind: string }[] {
  return [...next.deadlines, ...(next.stopped ?? [])];
}
