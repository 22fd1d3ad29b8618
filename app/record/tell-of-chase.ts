import type { ChaseChange } from '../../contracts/chase-record.js';
import type { ChaseReader } from '../../domain/chase/shape.js';
import { DEPARTMENTS } from '../../domain/roles/shape.js';
import type { ChaseContext } from './chase-context.js';
import { headOf, holderOf } from './staff.js';

type Tell = Extract<ChaseChange, { do: 'tellOfChase' }>;

/** As of orders: a notice for each recipient, in the same transaction as what it tells of. */
export async function tellOfChase(context: ChaseContext, { notice, to }: Tell): Promise<void> {
  const { batch, step, chase } = context;
  const people = new Set<string>();
  for (const reader of to) for (const id of await resolve(context, reader)) people.add(id);
  for (const id of people) {
    const task = batch.tasks.find(({ assigneeId }) => assigneeId === id)?.id;
    batch.notices.push({
      key: `${step.key}/${notice}/person:${id}`,
      step: step.key,
      chaseNumber: chase.number,
      recipient: `person:${id}`,
      template: notice,
      facts: task ? { task } : {},
      state: 'queued',
      createdAt: step.at,
    });
  }
}

/** Who that is now, as person ids. A role nobody holds tells nobody: the ladder sees to it. */
async function resolve(context: ChaseContext, reader: Tell['to'][number]): Promise<string[]> {
  const { chase, item, step, batch, tasks } = context;
  if (typeof reader === 'object') {
    const known = [...batch.tasks, ...tasks].filter(({ id }) => reader.assigneesOf.includes(id));
    return known.flatMap(({ assigneeId }) => assigneeId ?? []);
  }
  // A client or the product itself asked for it: nobody to write to.
  const staff = await context.staff();
  const active = (id: string | undefined) => staff.filter((one) => one.id === id).map((one) => one.id);
  if (reader === 'createdBy') return active(chase.createdBy);
  if (reader === 'itemOwner') return active(item?.ownerId);
  const holder = isDepartment(reader)
    ? (headOf(staff, reader, step.at) ?? holderOf(staff, reader, step.at))
    : holderOf(staff, reader, step.at);
  return holder ? [holder.id] : [];
}

const isDepartment = (reader: Exclude<ChaseReader, 'createdBy' | 'itemOwner'>) =>
  (DEPARTMENTS as readonly string[]).includes(reader);
