import type { TaskChange } from '../../contracts/process.js';
import type { Role } from '../../domain/roles/shape.js';
import { choosePerson } from '../../domain/team/choose-person.js';
import { onCallFor, present, reach } from './staff.js';
import type { ProcessContext } from './step-context.js';

type OpenTask = Extract<TaskChange, { do: 'openTask' }>;

/**
 * Writes a task with its assignee: `owner`, the customer's sales owner or the incident's; who did the same task of this order before; who is on
 * call for the role; else by skill and load within it (P09.2). In the place of somebody who is away comes who stands in,
 * if they hold the role. Nobody evaluates for two departments (design §10).
 */
export async function assignTask(
  context: ProcessContext,
  change: OpenTask,
  owner: string | null,
): Promise<void> {
  const { subject, step, batch } = context;
  const assigned = await findAssignee(context, change, owner);
  const dueAt =
    context.opened.find(({ id }) => id === change.deadline)?.dueAt ??
    step.next.deadlines.find(({ id }) => id === change.deadline)?.dueAt;
  batch.tasks.push({
    id: change.id,
    ...subject,
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

async function findAssignee(
  context: ProcessContext,
  { kind, role, department, assign, not = [] }: OpenTask,
  ownerId: string | null,
) {
  const { batch, step, version } = context;
  const staff = await context.staff();
  const taken = kind === 'evaluate' ? batch.tasks.map((task) => task.assigneeId ?? '') : [...not];
  /** That one, or who stands in for them and may finish the task; nobody where neither can. */
  const orStandIn = (id: string | null | undefined, why: string) => {
    const holder = id ? reach(staff, id, step.at) : undefined;
    if (!holder || holder.id === id) return holder && { id: holder.id, why };
    return mayFinish(holder.id) ? holder : undefined;
  };
  const mayFinish = (id: string) =>
    !taken.includes(id) && staff.some((one) => one.id === id && one.roles.includes(role as Role));

  if (typeof assign === 'object') {
    const named = orStandIn(assign.person, 'named') ?? { id: assign.person, why: 'named' };
    return named;
  }
  if (assign === 'salesOwner' || assign === 'owner') {
    const owner = orStandIn(ownerId, assign);
    if (owner) return owner;
  }
  const earlier = version > 0 ? context.tasks : [];
  const same = earlier.find(
    // Of the same role as well: the managers, who are one department, do not decide for each other.
    (task) => task.kind === kind && task.department === department && task.role === role && task.assigneeId,
  );
  const before = orStandIn(same?.assigneeId, 'didItBefore');
  if (before) return before;
  const onCall = onCallFor(staff, role, step.at);
  if (onCall && mayFinish(onCall.person)) {
    return { id: onCall.person, why: onCall.onBehalfOf ? `onBehalfOf:${onCall.onBehalfOf}` : 'onCall' };
  }
  const wanted = { role: role as Role, exclude: taken };
  const there = choosePerson({ ...wanted, people: present(staff, step.at) });
  if (there) return there;
  // Everybody is away: whoever stands in for the one who would have got it, or else the absent themselves.
  const absent = choosePerson({ ...wanted, people: staff });
  return absent && (orStandIn(absent.id, absent.why) ?? absent);
}
