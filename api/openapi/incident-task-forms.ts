import { z } from 'zod';
import { severitySchema } from '../../domain/playbooks/shape.js';

const note = z.string().max(2000);

/**
 * The general shapes of the forms of an incident's tasks, for the documentation: which options, fields, causes and roles
 * there are, each playbook says, and `GET /v1/tasks/{id}` gives the very form.
 */
export const INCIDENT_TASK_SHAPES = [
  z
    .object({
      outcome: z.enum(['falseAlarm', 'routine', 'activate']),
      severity: severitySchema.optional(),
      note: note.optional(),
    })
    .meta({ id: 'ConfirmForm' }),
  z
    .object({
      fields: z.record(z.string(), z.unknown()).describe('By the keys of the step’s fields'),
      note: note.optional(),
    })
    .meta({ id: 'StepForm' }),
  z.object({ note }).meta({ id: 'NoteForm' }),
  z
    .object({ option: z.string(), customer: z.string().optional(), note: note.optional() })
    .meta({ id: 'DecisionForm' }),
  z
    .object({
      team: z.record(z.string(), z.string()).optional().describe('Person ids by the key of the role'),
      note: note.optional(),
    })
    .meta({ id: 'TeamTaskForm' }),
  z.object({ words: z.string().max(4000) }).meta({ id: 'UpdateForm' }),
  z
    .object({
      cause: z.string(),
      words: z.string().max(4000),
      worked: z.string().max(4000).optional(),
      actionItems: z
        .array(z.object({ what: z.string(), owner: z.string(), dueAt: z.string().optional() }))
        .optional(),
    })
    .meta({ id: 'ReviewForm' }),
];
