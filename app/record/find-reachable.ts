import type { deadlines, tasks } from '../../db/schema/index.js';
import type { RungRole } from '../../domain/ladder/shape.js';
import type { Team } from '../../domain/team/shape.js';
import { type Colleague, headOf, holderOf } from './staff.js';

/** Who is to be told of a deadline at this moment. */
export interface Reachable {
  /** Those it waits for. */
  assignees: string[];
  /** Who holds a rung's role now, as person ids; several department heads where several departments are waited for. */
  holders(role: RungRole): string[];
}

/**
 * Looks roles up in the people table when an instant fires (on-call and delegation are not in it yet). A deadline that
 * no task hangs on, such as the confirmation while departments still evaluate, is the business of whoever is waited
 * for on the order, or else of the team lead.
 */
export function findReachable({
  deadline,
  openTasks,
  staff,
  team,
}: {
  deadline: typeof deadlines.$inferSelect;
  openTasks: (typeof tasks.$inferSelect)[];
  staff: Colleague[];
  team: Team | null;
}): Reachable {
  const active = new Set(staff.map(({ id }) => id));
  const own = openTasks.filter((task) => task.deadlineId === deadline.id);
  const waitedFor = own.length > 0 ? own : openTasks;
  const lead = team?.lead && active.has(team.lead) ? [team.lead] : [];
  const assignees = unique(
    waitedFor.map((task) => task.assigneeId).filter((id) => id !== null && active.has(id)),
  );
  const departments = unique(waitedFor.map((task) => task.department));
  return {
    assignees: assignees.length > 0 ? assignees : lead,
    holders(role) {
      if (role === 'teamLead') return lead;
      if (role === 'departmentHead') {
        // Where nobody of a department is waited for, the goods are: manufacturing carries the order out.
        const asked = departments.length > 0 ? departments : ['manufacturing'];
        return unique(asked.map((department) => headOf(staff, department)?.id));
      }
      const holder = holderOf(staff, role)?.id;
      return holder ? [holder] : [];
    },
  };
}

function unique(ids: (string | null | undefined)[]): string[] {
  return [...new Set(ids.filter((id): id is string => typeof id === 'string'))];
}
