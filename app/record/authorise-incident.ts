import type { Role } from '../../domain/roles/shape.js';
import { isFromApi, type Refused, requireRole } from './authorise-step.js';
import type { IncidentContext } from './incident-context.js';

/** Who may steer any incident (P11.5, P16.2). */
const COMMANDERS = [
  'orderManager',
  'emergencyManager',
  'vp',
  'generalManager',
] as const satisfies readonly Role[];

/** As of orders: the last word on whether the person may do this, inside the record's own transaction (design §10). */
export async function authoriseIncident(
  context: IncidentContext,
): Promise<{ actor: string } | (Refused & { actor: string })> {
  const { actor } = context.step;
  if (!actor) return { actor: 'redmark' };
  if (!isFromApi(context)) {
    const detail = 'the message names a person, and did not come from the API, which knows who acts';
    return { code: 'forbidden', detail, actor: 'unknown' };
  }
  const { person } = context;
  if (!person) {
    return {
      code: 'forbidden',
      detail: 'nobody in the company has the id or mail address given',
      actor: 'unknown',
    };
  }
  return { ...check(context, person), actor: person.id };
}

function check(
  { step, tasks, incident, playbook }: IncidentContext,
  person: NonNullable<IncidentContext['person']>,
): Refused | undefined {
  if (step.task !== undefined) {
    const open = tasks.find(({ id }) => id === step.task);
    if (open?.state !== 'open') return { code: 'task-not-open', detail: `task ${step.task} is not open` };
    if (open.assigneeId === person.id) return undefined;
    return requireRole(person, [open.role as Role, ...COMMANDERS], `finish ${open.id}`);
  }
  if (person.id === (incident.ownerId ?? '')) return undefined;
  const roles: Role[] = step.action === 'acknowledge' ? [playbook.ownerRole, ...COMMANDERS] : [...COMMANDERS];
  return requireRole(person, roles, step.action);
}
