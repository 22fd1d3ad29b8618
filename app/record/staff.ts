import { count, eq } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { prepareOnce } from '../../db/prepare-once.js';
import { people, tasks } from '../../db/schema/index.js';
import type { Department, Role } from '../../domain/roles/shape.js';

/** One person as assignment sees them; `load` is the number of their open tasks. */
export interface Colleague {
  id: string;
  email: string;
  department: Department;
  roles: Role[];
  skills: string[];
  head: boolean;
  load: number;
}

const activeStaff = prepareOnce((db) => {
  const load = db
    .select({ assigneeId: tasks.assigneeId, open: count().as('open') })
    .from(tasks)
    .where(eq(tasks.state, 'open'))
    .groupBy(tasks.assigneeId)
    .as('load');
  return db
    .select({
      id: people.id,
      email: people.email,
      department: people.department,
      roles: people.roles,
      skills: people.skills,
      head: people.head,
      load: load.open,
    })
    .from(people)
    .leftJoin(load, eq(load.assigneeId, people.id))
    .where(eq(people.active, true))
    .orderBy(people.id)
    .prepare('active-staff');
});

/** Everybody active, with their load. One query: companies of this size have hundreds of people, not millions. */
export async function loadStaff(db: Queryable): Promise<Colleague[]> {
  const rows = await activeStaff(db).execute();
  return rows.map((row) => ({ ...row, load: Number(row.load ?? 0) }));
}

/** The head of a department, or nobody. */
export function headOf(staff: readonly Colleague[], department: string): Colleague | undefined {
  return staff.find((colleague) => colleague.head && colleague.department === department);
}

/** The holder of a management role: the least loaded, the first by id among equals. */
export function holderOf(staff: readonly Colleague[], role: Role): Colleague | undefined {
  return staff
    .filter((colleague) => colleague.roles.includes(role))
    .sort((a, b) => a.load - b.load || (a.id < b.id ? -1 : 1))[0];
}
