import type { deadlines, tasks } from '../../db/schema/index.js';
import type { RungRole } from '../../domain/ladder/shape.js';
import type { Team } from '../../domain/team/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { type Colleague, type Holder, headOf, holderOf, reach } from './staff.js';

/** Who is to be told of a deadline at this moment. */
export interface Reachable {
  /** Those it waits for. */
  assignees: string[];
  /** Whom a rung's role reaches now, and why; several department heads where several departments are waited for. */
  holders(role: RungRole): Holder[];
}

/**
 * Looks roles up when an instant fires: who is on call at `at`, else who holds the role, else who stands in (design
 * §6). A deadline that no task hangs on, such as the confirmation while departments still evaluate, is the business of
 * whoever is waited for on the order, or else of the team lead.
 */
export function findReachable({
  deadline,
  openTasks,
  staff,
  team,
  at,
}: {
  deadline: Pick<typeof deadlines.$inferSelect, 'id'>;
  openTasks: Pick<typeof tasks.$inferSelect, 'deadlineId' | 'assigneeId' | 'department'>[];
  staff: Colleague[];
  team: Team | null;
  at: Instant;
}): Reachable {
  const active = new Set(staff.map(({ id }) => id));
  const own = openTasks.filter((task) => task.deadlineId === deadline.id);
  const waitedFor = own.length > 0 ? own : openTasks;
  const lead = team?.lead && active.has(team.lead) ? [team.lead] : [];
  const found = waitedFor.map((task) => task.assigneeId).filter((id) => id !== null && active.has(id));
  const assignees = [...new Set(found as string[])];
  const departments = [...new Set(waitedFor.map((task) => task.department))];
  return {
    assignees: assignees.length > 0 ? assignees : lead,
    holders(role) {
      if (role === 'teamLead') return unique(lead.map((id) => reach(staff, id, at)));
      if (role === 'departmentHead') {
        // Where nobody of a department is waited for, the goods are: manufacturing carries the order out.
        const asked = departments.length > 0 ? departments : ['manufacturing'];
        return unique(asked.map((department) => headOf(staff, department, at, assignees)));
      }
      return unique([holderOf(staff, role, at)]);
    },
  };
}

/** Each person once, by the first reason. */
function unique(holders: (Holder | undefined)[]): Holder[] {
  const found = new Map<string, Holder>();
  for (const holder of holders) if (holder && !found.has(holder.id)) found.set(holder.id, holder);
  return [...found.values()];
}
