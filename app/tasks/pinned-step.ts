import type { AskedTask } from '../../db/queries/tasks.js';
import type { Playbook, Step } from '../../domain/playbooks/shape.js';
import { readPlaybook } from '../playbooks/view-revision.js';

/** The playbook of the revision that the incident goes by, and the step that a task of it is for, where it is for one. */
export function pinned({ task, playbook }: AskedTask): { playbook: Playbook; step: Step | undefined } {
  if (!playbook) throw new Error(`${task.incidentNumber} goes by no playbook`);
  const read = readPlaybook({ playbook });
  return { playbook: read, step: read.steps.find(({ key }) => key === task.facts.step) };
}
