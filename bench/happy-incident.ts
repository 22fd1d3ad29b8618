import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import type { AppContext } from '../app/context.js';
import { reportIncident } from '../app/incidents/report-incident.js';
import type { PersonPrincipal } from '../app/principal.js';
import { submitCommand } from '../app/submit-command.js';
import type { IncidentGist } from '../contracts/incident-messages.js';
import { commands, tasks } from '../db/schema/index.js';
import { supplierDelay } from '../domain/playbooks/supplier-delay.js';
import { findHolder } from './find-holder.js';

/** What is asked of an incident, in the order in which it was asked: the rest of the task's id, and its answer. */
type Asked = { name: string; gist: IncidentGist };

/**
 * Drives incidents (a supplier who is late, level 2) from report to archive: every task finished, the first option of
 * each decision, each message awaited before the next. The first one finds out what is asked; the others go by that, so
 * that only the begin is looked for, as on the bare side.
 */
export async function createHappyIncidents(ctx: AppContext): Promise<() => Promise<string>> {
  const manager = await findHolder(ctx, 'emergencyManager');
  const complete = async (number: string, { name, gist }: Asked) => {
    const task = `${number}.${name}`;
    const answer = await submitCommand(ctx, {
      principal: manager,
      route: 'bench',
      key: undefined,
      body: { note: '已处理', words: '供应商产能不足', worked: '提前催货' },
      target: `incident/${number}`,
      name: 'completeTask',
      message: { task, gist },
    });
    // Later than a caller waits for is late, and counts as such.
    if (answer.status === 202) await untilSettled(ctx, (answer.body as { id: string }).id);
  };
  const script = await findScript(ctx, manager, complete);
  return async () => {
    const number = await report(ctx, manager);
    await untilAsked(ctx, `${number}.${script[0]?.name}`);
    for (const asked of script) await complete(number, asked);
    await ctx.temporal.workflow.getHandle(`incident/${number}`).result();
    return number;
  };
}

/** Each with an order of nobody: whom it affects is found and told by tests, the cost of a letter is the order's bench. */
export async function report(ctx: AppContext, principal: PersonPrincipal): Promise<string> {
  const summary = `轴承供应商未按期交货 ${randomUUID()}`;
  const { number } = await reportIncident(ctx, {
    principal,
    body: { type: supplierDelay.type, summary, severity: 2 },
  });
  return number;
}

async function findScript(
  ctx: AppContext,
  manager: PersonPrincipal,
  complete: (number: string, asked: Asked) => Promise<void>,
): Promise<Asked[]> {
  const number = await report(ctx, manager);
  await untilAsked(ctx, `${number}.confirm.${supplierDelay.ownerRole}`);
  const script: Asked[] = [];
  for (;;) {
    const open = await findOpen(ctx, number);
    // An update is followed by the next one until the incident is resolved: one is told.
    const task = open.find(({ kind, round }) => kind !== 'update' || round === 1);
    if (!task) return script;
    const asked = { name: task.id.slice(number.length + 1), gist: gistOf(task) };
    await complete(number, asked);
    script.push(asked);
  }
}

const findOpen = ({ db }: AppContext, number: string) =>
  db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')))
    .orderBy(tasks.openedAt, tasks.id);

function gistOf({ kind, facts }: typeof tasks.$inferSelect): IncidentGist {
  if (kind === 'confirm') return { kind, outcome: 'activate' };
  if (kind === 'review') return { kind, cause: supplierDelay.causes[0]?.key ?? '' };
  if (kind === 'team') return { kind, team: {} };
  if (kind !== 'decision') return { kind } as IncidentGist;
  const step = supplierDelay.steps.find(({ key }) => key === facts.step);
  return { kind, option: step?.kind === 'decision' ? (step.options[0]?.key ?? '') : '' };
}

async function untilSettled({ db }: AppContext, command: string): Promise<void> {
  for (const stopAt = Date.now() + 60_000; Date.now() < stopAt; ) {
    const [row] = await db.select({ state: commands.state }).from(commands).where(eq(commands.id, command));
    if (row?.state === 'done') return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`command ${command} was not carried out within a minute`);
}

/** The incident's process has asked for its confirmation. Looks as often as the bare side does. */
async function untilAsked({ db }: AppContext, taskId: string): Promise<void> {
  for (const stopAt = Date.now() + 60_000; Date.now() < stopAt; ) {
    const [task] = await db.select({ id: tasks.id }).from(tasks).where(eq(tasks.id, taskId));
    if (task) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`${taskId} was not asked within a minute`);
}
