import { eq } from 'drizzle-orm';
import { expect } from 'vitest';
import type { Rules } from '../../app/load-rules.js';
import { deadlines, incidentSteps, incidents, notices, people, tasks } from '../../db/schema/index.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import type { Step } from '../../domain/playbooks/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { DurationRule } from '../../domain/time/shape.js';
import type { TaskRow, Walked } from './incident-walk.js';
import type { Rig } from './rig.js';

type NoticeRow = typeof notices.$inferSelect;
type DeadlineRow = typeof deadlines.$inferSelect;

/** All that the record has of one walk. */
async function read({ db }: Rig, number: string) {
  const [incident] = await db.select().from(incidents).where(eq(incidents.number, number));
  if (!incident) throw new Error(`${number} is not on record`);
  return {
    incident,
    steps: await db.select().from(incidentSteps).where(eq(incidentSteps.incident, number)),
    tasks: await db.select().from(tasks).where(eq(tasks.incidentNumber, number)),
    deadlines: await db.select().from(deadlines).where(eq(deadlines.incidentNumber, number)),
    notices: await db.select().from(notices).where(eq(notices.incidentNumber, number)),
  };
}
type Recorded = Awaited<ReturnType<typeof read>>;

/**
 * What must hold of every incident that went to its archive: each step ended as the playbook says, each task was asked
 * of the right role by the right time, who was to be told was told, and nothing is left open.
 */
export async function checkWalk(rig: Rig, walked: Walked, rules: Rules): Promise<void> {
  const recorded = await read(rig, walked.number);
  const where = `${walked.playbook.type} at level ${walked.walk.level}, ${walked.number}`;
  expect(recorded.incident.phase, where).toBe('archived');
  checkSteps(recorded, walked);
  const holders = new Map((await rig.db.select().from(people)).map(({ id, roles }) => [id, roles]));
  for (const task of recorded.tasks) checkTask(task, walked, holders);
  for (const deadline of recorded.deadlines) checkDeadline(deadline, recorded, walked, rules);
  checkTold(recorded, walked);
  const { mitigatedAt, resolvedAt, endedAt } = recorded.incident;
  expect([mitigatedAt, resolvedAt, endedAt].map(String).toSorted(), where).toEqual(
    [mitigatedAt, resolvedAt, endedAt].map(String),
  );
  expect(recorded.incident.rootCause?.category, where).toBe(walked.playbook.causes[0]?.key);
}

/** A false alarm, or routine handling, leaves nothing open and nobody waiting. */
export async function checkEndedAtOnce(rig: Rig, { number, outcome }: Walked): Promise<void> {
  const recorded = await read(rig, number);
  expect(recorded.incident.phase, number).toBe(outcome);
  expect(recorded.tasks.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([]);
  expect(recorded.deadlines.filter(({ state }) => state === 'open').map(({ id }) => id)).toEqual([]);
  expect(new Set(recorded.notices.map(({ state }) => state))).toEqual(new Set(['delivered']));
}

/** What the level leaves out is only seen, never kept; what a decision excludes goes on the record as left out. */
function checkSteps({ steps }: Recorded, { walk, playbook, number }: Walked): void {
  const where = `${playbook.type} at level ${walk.level}, ${number}`;
  const inState = (state: string) => steps.filter((step) => step.state === state).map(({ key }) => key);
  const expected = (state: string) => [...walk.ends].filter(([, end]) => end === state).map(([key]) => key);
  expect(inState('done').sort(), where).toEqual(expected('done').sort());
  expect(expected('leftOut'), where).toEqual(expect.arrayContaining(inState('leftOut')));
  expect(
    steps.filter(({ state }) => !['done', 'leftOut'].includes(state)),
    where,
  ).toEqual([]);
  for (const [decision, option] of walk.choices) {
    expect(steps.find(({ key }) => key === decision)?.outcome, `${decision} of ${where}`).toBe(option);
  }
}

const stepOf = ({ playbook }: Walked, task: TaskRow): Step | undefined =>
  playbook.steps.find(({ key }) => key === task.facts.step);

/** Its role by the playbook, and somebody who holds it. */
function checkTask(task: TaskRow, walked: Walked, holders: ReadonlyMap<string, Role[]>): void {
  // The next update is owed no more once the incident is resolved.
  if (task.kind !== 'update') expect(task.state, task.id).toBe('done');
  expect(task.state, task.id).not.toBe('open');
  const step = stepOf(walked, task);
  const own: Record<string, Role> = { team: 'orderManager', update: walked.playbook.ownerRole };
  expect(task.role, task.id).toBe(step?.role ?? own[task.kind] ?? walked.playbook.ownerRole);
  expect(holders.get(task.assigneeId ?? ''), task.id).toContain(task.role);
}

/** Due when the playbook, or else the policy of the level, says, counted from the moment it was opened; and met. */
function checkDeadline(deadline: DeadlineRow, recorded: Recorded, walked: Walked, rules: Rules): void {
  const { policy, calendar, revision } = rules;
  const { kind, from, dueAt } = deadline;
  const under = recorded.tasks.filter(({ deadlineId }) => deadlineId === deadline.id);
  const planned = planDeadline({
    kind,
    orderClass: levelClass(walked.walk.level),
    from,
    now: from,
    policy: policy.deadlines,
    rule: ruleOf(deadline, under, walked),
    calendar,
  });
  expect(dueAt, deadline.id).toBe(planned.dueAt);
  expect(deadline.policyRevision, deadline.id).toBe(revision);
  expect(['met', 'withdrawn'], deadline.id).toContain(deadline.state);
  if (under.some(({ state }) => state === 'done')) expect(deadline.state, deadline.id).toBe('met');
  for (const task of under) expect(task.dueAt, task.id).toBe(dueAt);
}

function ruleOf({ kind }: DeadlineRow, under: readonly TaskRow[], walked: Walked): DurationRule | undefined {
  const step = under.map((task) => stepOf(walked, task)).find((one) => one !== undefined);
  if (step) return step.kind === 'wait' ? step.atMost : step.due;
  if (kind === 'team') return { elapsed: 'PT30M' };
  return walked.playbook.times[kind as keyof typeof walked.playbook.times];
}

/** Who has a task knows of it; whom a notice of the playbook is for has it, once a step; and every letter went out. */
function checkTold(recorded: Recorded, walked: Walked): void {
  const { incident, notices: told } = recorded;
  for (const task of recorded.tasks) {
    const { id, kind, round, assigneeId } = task;
    // Only the first update is asked for by a letter, the others by the reminders of their deadline.
    if (kind === 'update' && round > 1) continue;
    const template = kind === 'confirm' ? 'incidentReported' : 'incidentTask';
    const own = told.filter((one) => one.template === template && one.facts.task === id);
    const step = stepOf(walked, task);
    const asksCustomer = step?.kind === 'decision' && step.by === 'customer';
    const hears = new Set(own.map(({ recipient }) => recipient));
    const expected = [`person:${assigneeId}`, ...(asksCustomer ? [`customer:${walked.customer}`] : [])];
    // Of an order that another walk named as well, another customer may be asked too.
    if (asksCustomer) expect([...hears], `who is asked ${id}`).toEqual(expect.arrayContaining(expected));
    else expect([...hears], `who hears of ${id}`).toEqual(expected);
  }
  const team = Object.values(incident.team ?? {}).map((id) => `person:${id}`);
  expect(team.length, incident.number).toBeGreaterThan(0);
  for (const step of walked.playbook.steps) {
    if (step.kind !== 'action' || walked.walk.ends.get(step.key) !== 'done') continue;
    const to = told.filter((one) => one.template === 'playbookNotice' && one.facts.step === step.key);
    const hears = recipientsOf(to);
    expect(hears.length, `${step.key}: nobody hears it twice`).toBe(new Set(hears).size);
    if (step.action === 'notifyTeam' || step.action === 'convene')
      expect(hears, step.key).toEqual(expect.arrayContaining(team));
    if (step.action === 'notifyCustomers') expect(hears, step.key).toContain(`customer:${walked.customer}`);
  }
  const stuck = told.filter(({ state }) => state !== 'delivered' && state !== 'joined');
  expect(stuck.map(({ key, state }) => `${key} ${state}`)).toEqual([]);
}

const recipientsOf = (told: readonly NoticeRow[]) =>
  told.map(({ recipient }) => recipient).filter((recipient) => !recipient.startsWith('group:'));
