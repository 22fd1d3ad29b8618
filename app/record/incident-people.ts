import { and, eq } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import { tasks } from '../../db/schema/index.js';
import { choosePerson } from '../../domain/team/choose-person.js';
import type { Refused } from './authorise-step.js';
import type { IncidentContext } from './incident-context.js';
import { onCallFor, present } from './staff.js';
import { addWrite } from './step-context.js';
import { addNotice } from './tell-of-incident.js';

type Of<K extends IncidentChange['do']> = Extract<IncidentChange, { do: K }>;

/** By skill, on-call and load (P03.3, P12.2): the owner where there is none yet, and one for each named role. */
export async function proposeTeam(context: IncidentContext): Promise<void> {
  const { incident, playbook, set, step } = context;
  const staff = await context.staff();
  const pick = (role: (typeof playbook)['ownerRole']) =>
    onCallFor(staff, role, step.at)?.person ??
    choosePerson({ people: present(staff, step.at), role, skills: playbook.skills })?.id;
  if (!incident.ownerId) set.ownerId = pick(playbook.ownerRole) ?? null;
  context.learnt.owner = set.ownerId ?? incident.ownerId ?? undefined;
  const found = playbook.team.map(({ key, role }) => [key, pick(role)] as const);
  set.team = Object.fromEntries(found.flatMap(([key, person]) => (person ? [[key, person]] : [])));
}

/** Who is new in a role is told which; who keeps it knows. */
export function setTeam(context: IncidentContext, { team }: Of<'setTeam'>): void {
  const before = context.set.team ?? context.incident.team ?? {};
  const news = Object.entries(team).filter(([key, person]) => before[key] !== person);
  context.set.team = { ...before, ...team };
  for (const person of new Set(news.map(([, id]) => id))) {
    const roles = news.flatMap(([key, id]) => (id === person ? [key] : []));
    addNotice(context, 'incidentTeam', `person:${person}`, { roles });
  }
}

/** The tasks that the old owner had as owner are the new one's; what they do in another role stays theirs. */
export function handOver(context: IncidentContext, { to }: Of<'handOver'>, actor: string): void {
  const { db, incident, set, body } = context;
  const from = set.ownerId ?? incident.ownerId;
  set.ownerId = to;
  context.learnt.owner = to;
  if (from) {
    const theirs = and(
      eq(tasks.incidentNumber, incident.number),
      eq(tasks.state, 'open'),
      eq(tasks.assigneeId, from),
      eq(tasks.assignedBecause, 'owner'),
    );
    addWrite(context, db.update(tasks).set({ assigneeId: to }).where(theirs));
  }
  const facts = { note: String(body.note ?? ''), by: actor };
  for (const person of new Set([to, ...(from ? [from] : [])])) {
    addNotice(context, 'incidentHandedOver', `person:${person}`, facts);
  }
}

/** Whoever is named is one of our people now: what a command names is checked where it is written. */
export async function refuseUnknownPeople(context: IncidentContext): Promise<Refused | undefined> {
  const { detail } = context.step;
  const gist = detail?.gist as { team?: Record<string, string> } | undefined;
  const team = (detail?.team ?? gist?.team ?? {}) as Record<string, string>;
  const named = [...Object.values(team), ...(typeof detail?.to === 'string' ? [detail.to] : [])];
  if (named.length === 0) return undefined;
  const staff = await context.staff();
  const unknown = named.find((id) => !staff.some((one) => one.id === id));
  return unknown === undefined
    ? undefined
    : { code: 'invalid-input', detail: `nobody active in the company has the id ${unknown}` };
}
