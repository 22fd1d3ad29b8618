import type { IncidentAudience, IncidentChange } from '../../contracts/incident-record.js';
import type { IncidentContext } from './incident-context.js';
import { holderOf, present } from './staff.js';

type Tell = Extract<IncidentChange, { do: 'tellOfIncident' }>;

/** As of orders: a notice for each recipient, in the same transaction as what it tells of. */
export async function tellOfIncident(
  context: IncidentContext,
  { notice, to, facts = {} }: Tell,
): Promise<void> {
  const people = new Set<string>();
  for (const audience of to) for (const id of await resolveAudience(context, audience)) people.add(id);
  // Each task has a letter of its own: who gets two by one step hears of both.
  const [only, ...others] = to;
  const asked = typeof only === 'object' && 'assigneesOf' in only && others.length === 0 && only.assigneesOf;
  const [task] = asked && asked.length === 1 ? asked : [];
  for (const id of people) {
    const about = task === undefined ? taskOf(context, id) : { task };
    const part = task === undefined ? notice : `${notice}/${task}`;
    addNotice(context, notice, `person:${id}`, { ...about, ...facts }, part);
  }
}

/** Adds a notice to the step; its key makes it one, however often the step runs. */
export function addNotice(
  { batch, step, incident }: IncidentContext,
  template: string,
  recipient: string,
  facts: Record<string, unknown>,
  part = template,
): void {
  batch.notices.push({
    key: `${step.key}/${part}/${recipient}`,
    step: step.key,
    incidentNumber: incident.number,
    recipient,
    template,
    facts,
    state: 'queued',
    createdAt: step.at,
  });
}

/** The task that this step opens for somebody: one letter tells of both. */
function taskOf({ batch }: IncidentContext, person: string): { task?: string } {
  const task = batch.tasks.find(({ assigneeId }) => assigneeId === person)?.id;
  return task ? { task } : {};
}

/** Who that is now, as person ids. A role nobody holds tells nobody: the ladder sees to it. */
export async function resolveAudience(
  context: IncidentContext,
  audience: IncidentAudience,
): Promise<string[]> {
  const { incident, set, step, batch, tasks } = context;
  if (typeof audience === 'object' && 'people' in audience) return audience.people;
  if (typeof audience === 'object') {
    const known = [...batch.tasks, ...tasks].filter(({ id }) => audience.assigneesOf.includes(id));
    return known.flatMap(({ assigneeId }) => assigneeId ?? []);
  }
  if (audience === 'owner') return [set.ownerId ?? incident.ownerId].flatMap((id) => id ?? []);
  if (audience === 'team') return [...new Set(Object.values(set.team ?? incident.team ?? {}))];
  const staff = await context.staff();
  if (audience !== 'technicalSupport')
    return [holderOf(staff, audience, step.at)?.id].flatMap((id) => id ?? []);
  return present(staff, step.at).flatMap(({ id, department }) => (department === audience ? id : []));
}
