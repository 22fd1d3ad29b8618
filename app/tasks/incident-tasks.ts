import { type ActionItemInput, INCIDENT_FORMS, incidentGistOf } from '../../contracts/incident-forms.js';
import type { IncidentTaskKind } from '../../contracts/incident-messages.js';
import type { AskedTask } from '../../db/queries/tasks.js';
import { requirePeople } from '../incidents/require-people.js';
import { holdsRole, type Principal } from '../principal.js';
import { COMMANDERS } from '../record/authorise-incident.js';
import { pinned } from './pinned-step.js';
import { showIncidentTask } from './show-incident-task.js';
import type { TaskSubject } from './task-subject.js';

/** Tasks of an incident: the assignee's, the role's, and of whoever may steer it; a customer's choice is the customer's. */
export const incidentTasks: TaskSubject = {
  formOf(asked) {
    const { playbook, step } = pinned(asked);
    return INCIDENT_FORMS[asked.task.kind as IncidentTaskKind]({ playbook, step });
  },

  show: showIncidentTask,

  refuse(asked, principal) {
    if (isAsked(asked, principal)) return undefined;
    const roles = [asked.task.role, ...COMMANDERS];
    return holdsRole(principal, [...COMMANDERS, asked.task.role as (typeof COMMANDERS)[number]])
      ? undefined
      : `${[...new Set(roles)].join(' or ')} may finish this task`;
  },

  async check({ db }, _asked, form) {
    const { team, actionItems } = form as { team?: Record<string, string>; actionItems?: ActionItemInput[] };
    await requirePeople(db, [
      ...Object.entries(team ?? {}).map(([key, id]) => ({ field: `team.${key}`, id })),
      ...(actionItems ?? []).map(({ owner }, index) => ({ field: `actionItems.${index}.owner`, id: owner })),
    ]);
  },

  messageOf: ({ task }, form) => ({
    name: 'completeTask',
    message: { task: task.id, gist: incidentGistOf(task.kind as IncidentTaskKind, form) },
  }),
};

/** The assignee; or the customer where the playbook asks them, of a task that names another customer not. */
function isAsked(asked: AskedTask, principal: Principal): boolean {
  const { task } = asked;
  if (principal.kind !== 'customer') return principal.kind === 'person' && principal.id === task.assigneeId;
  const { step } = pinned(asked);
  const isTheirs = task.facts.customer === undefined || task.facts.customer === principal.id;
  return isTheirs && step?.kind === 'decision' && step.by === 'customer';
}
