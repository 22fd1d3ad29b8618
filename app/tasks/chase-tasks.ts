import { type ChaseTaskKind, chaseFormOf, chaseGistOf } from '../../contracts/chase-forms.js';
import { getChase } from '../chases/get-chase.js';
import { holdsRole } from '../principal.js';
import { rolesForChaseTask } from '../record/authorise-chase.js';
import { MANAGERS } from '../record/task-rights.js';
import type { TaskSubject } from './task-subject.js';

/** Tasks of what is chased: the assignee's and the role's; a manager may give one up. */
export const chaseTasks: TaskSubject = {
  formOf: ({ task }) => chaseFormOf(task.kind as ChaseTaskKind),

  show: async (db, { task }) => ({ chase: await getChase(db, String(task.chaseNumber)) }),

  refuse({ task }, principal) {
    if (principal.kind === 'person' && principal.id === task.assigneeId) return undefined;
    const roles = [...new Set([...rolesForChaseTask(task), ...MANAGERS])];
    return holdsRole(principal, roles) ? undefined : `${roles.join(' or ')} may finish this task`;
  },

  check: () => Promise.resolve(),

  messageOf: ({ task }, form) => ({
    name: 'completeTask',
    message: {
      task: task.id,
      gist: chaseGistOf(task.kind as ChaseTaskKind, form as Record<string, unknown>),
    },
  }),
};
