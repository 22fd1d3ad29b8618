import type { z } from 'zod';
import type {
  acknowledgeFormSchema,
  decideFormSchema,
  handOverFormSchema,
  resolveFormSchema,
  severityFormSchema,
  stepReasonFormSchema,
  teamChangeFormSchema,
} from '../../contracts/incident-forms.js';
import type { Queryable } from '../../db/connect.js';
import type { Role } from '../../domain/roles/shape.js';
import { AppError, refuseField } from '../errors.js';
import { COMMANDERS } from '../record/authorise-incident.js';
import type { RunningIncident } from './find-running-incident.js';
import { requirePeople } from './require-people.js';

/** What can be done to an incident besides its tasks, with the form of each. */
export interface IncidentForms {
  acknowledge: z.infer<typeof acknowledgeFormSchema>;
  decide: z.infer<typeof decideFormSchema>;
  severity: z.infer<typeof severityFormSchema>;
  team: z.infer<typeof teamChangeFormSchema>;
  'hand-over': z.infer<typeof handOverFormSchema>;
  retry: z.infer<typeof stepReasonFormSchema>;
  skip: z.infer<typeof stepReasonFormSchema>;
  resolve: z.infer<typeof resolveFormSchema>;
}
export type IncidentChangeName = keyof IncidentForms;

interface IncidentChange<Form> {
  /** The update of the process that carries it out. */
  update: string;
  /** Who may besides the owner and whoever may steer any incident. */
  also?(incident: RunningIncident, form: Form): { roles: readonly Role[]; person?: string | null };
  /** What the form's shape cannot tell. Throws AppError by the field. */
  check?(incident: RunningIncident, form: Form, db: Queryable): Promise<void> | void;
  /** The message without its envelope and without words. */
  message(form: Form): Record<string, unknown>;
}

/** By the last part of its address; a new one is a line here and one of the routes. */
export const INCIDENT_CHANGES: { [N in IncidentChangeName]: IncidentChange<IncidentForms[N]> } = {
  acknowledge: {
    update: 'acknowledge',
    also: ({ playbook }) => ({ roles: [playbook.ownerRole] }),
    message: ({ undo }) => ({ undo }),
  },
  decide: {
    update: 'decide',
    also(incident, { step }) {
      const open = incident.decisions.find((one) => one.step === step);
      return { roles: open ? [open.role as Role] : [], person: open?.assigneeId };
    },
    check: requireOption,
    message: ({ step, option }) => ({ step, option }),
  },
  severity: { update: 'setSeverity', message: ({ severity }) => ({ severity }) },
  team: {
    update: 'setTeam',
    async check({ playbook }, { team }, db) {
      for (const key of Object.keys(team)) {
        if (playbook.team.some((role) => role.key === key)) continue;
        throw refuseField(
          `team.${key}`,
          `must be one of ${playbook.team.map((role) => role.key).join(', ')}`,
        );
      }
      await requirePeople(
        db,
        Object.entries(team).map(([key, id]) => ({ field: `team.${key}`, id })),
      );
    },
    message: ({ team }) => ({ team }),
  },
  'hand-over': {
    update: 'handOver',
    check: (_incident, { to }, db) => requirePeople(db, [{ field: 'to', id: to }]),
    message: ({ to }) => ({ to }),
  },
  retry: { update: 'retryStep', check: requireStep, message: ({ step }) => ({ step }) },
  skip: { update: 'skipStep', check: requireStep, message: ({ step }) => ({ step }) },
  resolve: { update: 'resolve', message: () => ({}) },
};

/** Roles and person who may do it, beside the owner. */
export function allowedBy<N extends IncidentChangeName>(
  name: N,
  incident: RunningIncident,
  form: IncidentForms[N],
): { roles: Role[]; people: (string | null | undefined)[] } {
  const also = INCIDENT_CHANGES[name].also?.(incident, form);
  return { roles: [...(also?.roles ?? []), ...COMMANDERS], people: [incident.ownerId, also?.person] };
}

function requireStep({ playbook }: RunningIncident, { step }: { step: string }) {
  const found = playbook.steps.find(({ key }) => key === step);
  if (!found) throw refuseField('step', `the playbook ${playbook.type} has no step ${step}`);
  return undefined;
}

function requireOption(incident: RunningIncident, { step, option }: IncidentForms['decide']): void {
  requireStep(incident, { step });
  const found = incident.playbook.steps.find(({ key }) => key === step);
  if (found?.kind !== 'decision') throw refuseField('step', `${step} is no decision`);
  const keys = found.options.map(({ key }) => key);
  if (!keys.includes(option)) throw refuseField('option', `must be one of ${keys.join(', ')}`);
  if (!incident.decisions.some((one) => one.step === step)) {
    throw new AppError('task-not-open', `decision ${step} is not open`);
  }
}
