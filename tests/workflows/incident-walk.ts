import { and, eq, sql } from 'drizzle-orm';
import { reportIncident } from '../../app/incidents/report-incident.js';
import type { PersonPrincipal } from '../../app/principal.js';
import { answerOf, findCommand, submitCommand } from '../../app/submit-command.js';
import type { IncidentGist } from '../../contracts/incident-messages.js';
import { incidents, orders, tasks } from '../../db/schema/index.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import type { Walk } from './incident-walk-plan.js';
import type { Rig } from './rig.js';

export type TaskRow = typeof tasks.$inferSelect;

/** How an incident is confirmed: activated and walked to its archive, or ended at once. */
export type Confirmation = Extract<IncidentGist, { kind: 'confirm' }>['outcome'];

/** One walk that was taken, with what it was about. */
export interface Walked {
  number: string;
  playbook: Playbook;
  walk: Walk;
  outcome: Confirmation;
  /** The order that the report named, and its customer. */
  order: string;
  customer: string;
}

const mostTasks = 120;
let customers = 0;

/**
 * Reports an incident about an order of its own and finishes whatever is asked, each by whom it is assigned to, until
 * the incident has ended. Everybody acts at once: no deadline falls due.
 */
export async function walkIncident(
  rig: Rig,
  { playbook, walk, outcome = 'activate' }: { playbook: Playbook; walk: Walk; outcome?: Confirmation },
): Promise<Walked> {
  const { order, customer } = await orderOf(rig);
  const { number } = await reportIncident(rig.ctx, {
    principal: await rig.personById('xiao.peng'),
    body: { type: playbook.type, summary: playbook.applies.zh, severity: walk.level, orders: [order] },
  });
  for (let done = 0; ; done += 1) {
    if (done > mostTasks) throw new Error(`${number} (${playbook.type}) does not end`);
    const task = await rig.waitFor(`a task of ${number}`, async () => nextOf(rig, number), 60_000);
    if (task === 'ended') break;
    await finish(rig, number, task, gistOf(playbook, walk, task, outcome));
  }
  // Its last letters have gone out. Not by its result: to wait for that lets time skip for all the others.
  await rig.waitFor(
    `the end of ${number}`,
    async () => {
      const handle = rig.environment.client.workflow.getHandle(`incident/${number}`);
      const { status, raw } = await handle.describe();
      if (status.name === 'COMPLETED') return true;
      const failures = raw.pendingActivities?.map(({ lastFailure }) => lastFailure?.message);
      throw new Error(`${status.name}, ${failures?.length} activities under way: ${failures}`);
    },
    60_000,
  );
  // Nobody else is told of it any more, and nobody affected by what comes after it.
  await rig.db.update(orders).set({ endedAt: rig.now().toISOString() }).where(eq(orders.number, order));
  return { number, playbook, walk, outcome, order, customer };
}

/** A normal order, which has no process, of a customer of its own. */
async function orderOf(rig: Rig): Promise<{ order: string; customer: string }> {
  customers += 1;
  const order = await rig.accept({
    customer: { name: `测试客户 ${customers}`, email: `buyer-${customers}@walks.example` },
    requestedDelivery: new Date(rig.now().getTime() + 300 * 86_400_000).toISOString().slice(0, 10),
  });
  return { order, customer: (await rig.row(order)).customerId };
}

async function nextOf({ db }: Rig, number: string): Promise<TaskRow | 'ended' | undefined> {
  const [task] = await db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')))
    // An update is followed by the next one until the incident is resolved: it waits until nothing else does.
    .orderBy(sql`${tasks.kind} = 'update' and ${tasks.round} > 1`, tasks.openedAt, tasks.id)
    .limit(1);
  if (task) return task;
  const [row] = await db
    .select({ endedAt: incidents.endedAt })
    .from(incidents)
    .where(eq(incidents.number, number));
  return row?.endedAt ? 'ended' : undefined;
}

function gistOf({ causes }: Playbook, { choices }: Walk, task: TaskRow, outcome: Confirmation): IncidentGist {
  const kind = task.kind as IncidentGist['kind'];
  switch (kind) {
    case 'confirm':
      return { kind, outcome };
    case 'review':
      return { kind, cause: causes[0]?.key ?? '' };
    case 'decision':
      return { kind, option: choices.get(String(task.facts.step)) ?? '' };
    case 'team':
      return { kind, team: {} };
    default:
      return { kind };
  }
}

async function finish(rig: Rig, number: string, task: TaskRow, gist: IncidentGist): Promise<void> {
  if (!task.assigneeId) throw new Error(`${task.id} is nobody's`);
  await rig.sync();
  const principal: PersonPrincipal = await rig.personById(task.assigneeId);
  const answer = await submitCommand(rig.ctx, {
    principal,
    route: 'test completeTask',
    key: undefined,
    body: { note: '已处理', words: '供应商产能不足', worked: '提前催货' },
    target: `incident/${number}`,
    name: 'completeTask',
    message: { task: task.id, gist },
  });
  if (answer.status === 200) return;
  // On a busy machine the answer comes later: as a client does, the command is asked for.
  const settled = await rig.waitFor(
    `the answer of ${answer.body.id}`,
    async () => {
      const found = await findCommand(rig.ctx, answer.body.id);
      return found?.state !== 'pending' && found;
    },
    60_000,
  );
  answerOf(settled);
}
