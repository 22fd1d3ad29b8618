import type { Change } from '../../contracts/record.js';
import { choosePerson } from '../../domain/team/choose-person.js';
import type { StepContext } from './step-context.js';

type OpenTask = Extract<Change, { do: 'openTask' }>;

/**
 * Writes a task with its assignee: the customer's sales owner, or by skill and load within the role (P09.2). Who did
 * the same task of this order before does it again; nobody evaluates for two departments (design §10).
 */
export async function assignTask(context: StepContext, change: OpenTask): Promise<void> {
  const { order, step, batch } = context;
  const assigned = await findAssignee(context, change);
  const dueAt =
    context.opened.find(({ id }) => id === change.deadline)?.dueAt ??
    step.next.deadlines.find(({ id }) => id === change.deadline)?.dueAt;
  batch.tasks.push({
    id: change.id,
    workflowId: `order/${order.number}`,
    orderNumber: order.number,
    kind: change.kind,
    role: change.role,
    department: change.department,
    round: change.round,
    assigneeId: assigned?.id,
    assignedBecause: assigned?.why,
    state: 'open',
    facts: change.facts ?? {},
    deadlineId: change.deadline,
    openedAt: step.at,
    dueAt,
  });
}

async function findAssignee(context: StepContext, { kind, role, department, assign }: OpenTask) {
  const { order, batch } = context;
  const staff = await context.staff();
  if (assign === 'salesOwner' && staff.some(({ id }) => id === order.salesOwnerId)) {
    return { id: order.salesOwnerId ?? '', why: 'salesOwner' };
  }
  const earlier = order.stateVersion > 0 ? context.tasks : [];
  const same = earlier.find(
    (task) => task.kind === kind && task.department === department && task.assigneeId,
  );
  if (same?.assigneeId && staff.some(({ id }) => id === same.assigneeId)) {
    return { id: same.assigneeId, why: 'didItBefore' };
  }
  const taken = kind === 'evaluate' ? batch.tasks.map((task) => task.assigneeId ?? '') : [];
  return choosePerson({ people: staff, role: role as never, exclude: taken });
}
