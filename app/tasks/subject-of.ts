import type { tasks } from '../../db/schema/index.js';
import { chaseTasks } from './chase-tasks.js';
import { incidentTasks } from './incident-tasks.js';
import { orderTasks } from './order-tasks.js';
import type { TaskSubject } from './task-subject.js';

/** What a task can be of, by the first part of its workflow's id; a new kind of thing with tasks is a line here. */
const SUBJECTS: Record<string, TaskSubject> = {
  order: orderTasks,
  incident: incidentTasks,
  chase: chaseTasks,
};

export function subjectOf({ workflowId }: Pick<typeof tasks.$inferSelect, 'workflowId'>): TaskSubject {
  const [kind = ''] = workflowId.split('/');
  const subject = SUBJECTS[kind];
  if (!subject) throw new Error(`nothing is known of tasks of ${workflowId}`);
  return subject;
}
