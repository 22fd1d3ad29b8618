import type { Role } from '../../domain/roles/shape.js';
import {
  type Allowed,
  authorisePerson,
  isFromApi,
  type Person,
  type Refused,
  requireRole,
} from './authorise-step.js';
import { checkCustomer, refuseChoice } from './customer-choices.js';
import type { IncidentContext } from './incident-context.js';
import { refuseStranger } from './incident-family.js';
import { refuseUnknownPeople } from './incident-people.js';
import { MANAGERS } from './task-rights.js';

/** Who may steer any incident (P11.5, P16.2). */
export const COMMANDERS: readonly Role[] = [...MANAGERS, 'emergencyManager'];

/** Whether a person of the company may do an incident's step. */
export function authoriseIncident(context: IncidentContext): Promise<Allowed> {
  // Whoever reports joins it by the report itself, be it a client: the record has it already.
  const { action, actor } = context.step;
  if (action === 'reported' && actor) {
    return Promise.resolve({ actor: context.command ? actor.principal : 'unknown' });
  }
  if (action === 'parentReviewed') {
    return Promise.resolve({ ...refuseStranger(context), actor: actor?.principal ?? 'unknown' });
  }
  if (actor?.principal.startsWith('customer:'))
    return Promise.resolve(checkCustomer(context, actor.principal));
  if (actor?.principal.startsWith('supplier:'))
    return Promise.resolve(checkSupplier(context, actor.principal));
  return authorisePerson(
    context,
    async (person) => check(context, person) ?? refuseChoice(context) ?? (await refuseUnknownPeople(context)),
  );
}

/** A supplier answers what it was asked, by the link it was sent. */
function checkSupplier(context: IncidentContext, actor: string): Allowed {
  const open = context.tasks.find(({ id }) => id === context.step.task);
  const isAsked = open !== undefined && `supplier:${open.facts.supplier}` === actor;
  if (!isAsked || !isFromApi(context)) {
    return { code: 'forbidden', detail: 'a supplier answers what it was asked', actor: 'unknown' };
  }
  if (open.state === 'open') return { actor };
  return { code: 'task-not-open', detail: `task ${open.id} is not open`, actor };
}

function check({ step, tasks, incident, playbook }: IncidentContext, person: Person): Refused | undefined {
  if (step.task !== undefined) {
    const open = tasks.find(({ id }) => id === step.task);
    if (open?.state !== 'open') return { code: 'task-not-open', detail: `task ${step.task} is not open` };
    if (open.assigneeId === person.id) return undefined;
    return requireRole(person, [open.role as Role, ...COMMANDERS], `finish ${open.id}`);
  }
  if (person.id === (incident.ownerId ?? '')) return undefined;
  // The same as finishing the decision's task: whoever may do that may do this.
  const decision =
    step.action === 'decide'
      ? tasks.find(({ kind, state, facts }) => {
          return kind === 'decision' && state === 'open' && facts.step === step.detail?.step;
        })
      : undefined;
  if (decision?.assigneeId === person.id) return undefined;
  if (decision) return requireRole(person, [decision.role as Role, ...COMMANDERS], step.action);
  const roles = step.action === 'acknowledge' ? [playbook.ownerRole, ...COMMANDERS] : COMMANDERS;
  return requireRole(person, roles, step.action);
}
