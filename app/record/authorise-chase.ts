import { KINDS_OF_CHASE } from '../../domain/chase/kinds.js';
import type { ChaseKind } from '../../domain/chase/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import { type Allowed, authorisePerson, type Person, type Refused, requireRole } from './authorise-step.js';
import type { ChaseContext } from './chase-context.js';

/** Whether a person of the company may do a chase's step. */
export function authoriseChase(context: ChaseContext): Promise<Allowed> {
  return authorisePerson(context, (person) => check(context, person));
}

function check({ step, tasks, chase, item }: ChaseContext, person: Person): Refused | undefined {
  const open = tasks.find(({ id }) => id === step.task);
  if (open?.state !== 'open') return { code: 'task-not-open', detail: `task ${step.task} is not open` };
  const { also, givenUpBy } = KINDS_OF_CHASE[chase.kind as ChaseKind];
  if (step.action === 'giveUp') return mayGiveUp(person, givenUpBy, open.id);
  if (open.kind === 'effectCheck' && item?.doneBy === person.id) {
    return {
      code: 'separation-of-duties',
      detail: 'who carried an action item out does not check its effect',
    };
  }
  if (open.assigneeId === person.id) return undefined;
  return requireRole(person, rolesForChaseTask(open, also), `finish ${open.id}`);
}

function mayGiveUp(person: Person, roles: readonly Role[], task: string): Refused | undefined {
  if (roles.length > 0) return requireRole(person, roles, `give ${task} up`);
  return { code: 'wrong-phase', detail: 'an action item is not given up: the check of its effect closes it' };
}

/** The roles whose holders may finish a task of a chase, besides its assignee. */
export function rolesForChaseTask(task: { kind: string; role: string }, also?: readonly Role[]): Role[] {
  const kind = Object.hasOwn(KINDS_OF_CHASE, task.kind) ? KINDS_OF_CHASE[task.kind as ChaseKind].also : [];
  return [...new Set([task.role as Role, ...(also ?? kind)])];
}
