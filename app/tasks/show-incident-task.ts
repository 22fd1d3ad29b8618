import type { TaskStepView, TaskView } from '../../contracts/http-tasks.js';
import type { Database } from '../../db/connect.js';
import type { AskedTask } from '../../db/queries/tasks.js';
import type { Step, Words } from '../../domain/playbooks/shape.js';
import { getIncident } from '../incidents/get-incident.js';
import type { Principal } from '../principal.js';
import { pinned } from './pinned-step.js';

/** Where the incident stands, and what the playbook asks for with this task. */
export async function showIncidentTask(
  db: Database,
  asked: AskedTask,
  viewer: Principal,
): Promise<Partial<TaskView>> {
  const incident = await getIncident(db, asked.task.incidentNumber ?? '', viewer);
  const { playbook, step } = pinned(asked);
  const said = incident.steps.find(({ key }) => key === step?.key)?.said ?? null;
  return {
    incidentSummary: incident,
    step: step ? toStepView(step, said) : null,
    causes: playbook.causes,
    team: incident.team,
  };
}

function toStepView(step: Step, said: Words | null): TaskStepView {
  const { key, kind, title } = step;
  const form = step.kind === 'task' ? (step.form ?? []) : [];
  return {
    key,
    kind,
    title,
    ask: askOf(step),
    fields: form.map((field) => ({ ...field, options: field.options ?? [] })),
    options: step.kind === 'decision' ? step.options : [],
    otherwise: step.kind === 'decision' ? (step.otherwise ?? null) : null,
    said,
  };
}

function askOf(step: Step): Words | null {
  switch (step.kind) {
    case 'task':
      return step.instructions;
    case 'decision':
      return step.question;
    case 'wait':
      return step.until;
    case 'action':
      return step.about ?? null;
  }
}
