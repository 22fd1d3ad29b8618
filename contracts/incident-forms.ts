import { z } from 'zod';
import { amountMinorSchema, currencySchema } from '../domain/money/shape.js';
import { type Playbook, type Step, severitySchema } from '../domain/playbooks/shape.js';
import { blockText, lineText } from '../domain/text/shape.js';
import { instantInputSchema, localDateSchema } from '../domain/time/shape.js';
import { expediteFormSchema } from './expedite-form.js';
import { reviewedItemsSchema } from './http-action-items.js';
import { type IncidentGist, type IncidentTaskKind, incidentGistSchema } from './incident-messages.js';

/** What the form of an incident's task is made from: the pinned playbook, and the step the task is for, if any. */
export interface FormOf {
  playbook: Playbook;
  step: Step | undefined;
}

type PlaybookField = NonNullable<Extract<Step, { kind: 'task' }>['form']>[number];

const note = blockText(2000);
const noteForm = z.strictObject({ note });

/** P13.6: false alarm, routine handling, or activated at a level. */
const confirmFormSchema = z.strictObject({
  outcome: z.enum(['falseAlarm', 'routine', 'activate']),
  /** The level it is activated at; left out, it stays as it is. */
  severity: severitySchema.optional(),
  note: note.optional(),
});

/** Who was there and what was decided (P14.7); a note alone is a conclusion too. */
export const meetingFormSchema = z
  .strictObject({
    /** Person ids. */
    attended: z.array(lineText(100)).max(200).optional(),
    conclusion: blockText(4000).optional(),
    note: note.optional(),
  })
  .refine((form) => form.conclusion !== undefined || form.note !== undefined, {
    path: ['conclusion'],
    message: 'must say what the meeting decided',
  })
  .meta({ id: 'MeetingForm' });

const oneOf = (options: readonly { key: string }[]) => {
  const keys = options.map(({ key }) => key);
  return z.enum(keys as [string, ...string[]], { error: `must be one of ${keys.join(', ')}` });
};

/** What a field of a playbook takes, by its kind. Times may lie ahead: a new delivery day does. */
const FIELDS: { [K in PlaybookField['kind']]: (field: PlaybookField) => z.ZodType } = {
  text: () => blockText(2000),
  line: () => lineText(200),
  yesNo: () => z.boolean(),
  choice: ({ options }) => oneOf(options ?? []),
  number: () => z.number().min(-1e15).max(1e15),
  date: () => localDateSchema,
  instant: () => instantInputSchema,
  money: () => z.strictObject({ amountMinor: amountMinorSchema, currency: currencySchema }),
};

function fieldsSchema(form: readonly PlaybookField[]): z.ZodType {
  const shape = form.map((field): [string, z.ZodType] => {
    const schema = FIELDS[field.kind](field);
    return [field.key, field.required ? schema : schema.optional()];
  });
  return z.strictObject(Object.fromEntries(shape));
}

/** Every kind of task of an incident and the form that finishes it (design §3.4); a new kind is a line here. */
export const INCIDENT_FORMS: { [K in IncidentTaskKind]: (of: FormOf) => z.ZodType } = {
  confirm: () => confirmFormSchema,
  step: ({ step }) =>
    step?.kind === 'task' && step.form
      ? z.strictObject({ fields: fieldsSchema(step.form), note: note.optional() })
      : noteForm,
  decision: ({ step }) =>
    z.strictObject({
      option: oneOf(step?.kind === 'decision' ? step.options : []),
      note: note.optional(),
      ...(step?.kind === 'decision' && step.by === 'customer' ? { customer: lineText(100).optional() } : {}),
    }),
  wait: () => noteForm,
  action: ({ step }) => {
    if (step?.kind !== 'action') return noteForm;
    if (step.action === 'expedite') return expediteFormSchema;
    return step.action === 'convene' ? meetingFormSchema : noteForm;
  },
  report: () => noteForm,
  reach: () => noteForm,
  // Where it is left out, the team stands as it was proposed (P12.2).
  team: ({ playbook }) =>
    z.strictObject({ team: teamFormSchema(playbook).optional(), note: note.optional() }),
  update: () => z.strictObject({ words: blockText(4000) }),
  /** The cause is mandatory (P12.3). */
  review: ({ playbook }) =>
    z.strictObject({
      cause: oneOf(playbook.causes),
      words: blockText(4000),
      worked: blockText(4000).optional(),
      /** 整改措施 (P16.7). */
      actionItems: reviewedItemsSchema.optional(),
    }),
};
export const INCIDENT_TASK_KINDS = Object.keys(INCIDENT_FORMS) as IncidentTaskKind[];

/** Persons by the key of their role; roles that are left out stay as they are. */
export function teamFormSchema({ team }: Pick<Playbook, 'team'>) {
  const shape = team.map(({ key }): [string, z.ZodType<string | undefined>] => [
    key,
    lineText(100).optional(),
  ]);
  return z
    .strictObject(Object.fromEntries(shape))
    .refine((people) => Object.values(people).some((id) => id !== undefined), 'must name somebody');
}

type Sent = Record<string, unknown>;

const GISTS: { [K in IncidentTaskKind]: (form: Sent) => Sent } = {
  confirm: ({ outcome, severity }) => ({ outcome, severity: outcome === 'activate' ? severity : undefined }),
  step: () => ({}),
  decision: ({ option, customer }) => ({ option, customer }),
  wait: () => ({}),
  action: () => ({}),
  report: () => ({}),
  reach: () => ({}),
  team: ({ team = {} }) => ({ team }),
  update: () => ({}),
  review: ({ cause }) => ({ cause }),
};

/** Strips the words from a finished form: they stay in the command's row. */
export function incidentGistOf(kind: IncidentTaskKind, form: object): IncidentGist {
  return incidentGistSchema.parse({ kind, ...GISTS[kind](form as Sent) });
}

const reason = blockText(2000);

/** What is done to an incident besides its tasks; the words stay in the command's row. */
export const acknowledgeFormSchema = z
  .strictObject({ undo: z.boolean().default(false), note: note.optional() })
  .meta({ id: 'AcknowledgeForm' });
export const decideFormSchema = z
  .strictObject({ step: lineText(60), option: lineText(60), note: note.optional() })
  .meta({ id: 'DecideForm' });
export const severityFormSchema = z
  .strictObject({ severity: severitySchema, reason })
  .meta({ id: 'SeverityForm' });
export const teamChangeFormSchema = z
  .strictObject({
    /** Person ids by the key of the role in the playbook's team. */
    team: z
      .record(lineText(60), lineText(100))
      .refine((team) => Object.keys(team).length > 0, 'must name somebody'),
    note: note.optional(),
  })
  .meta({ id: 'TeamForm' });
export const handOverFormSchema = z.strictObject({ to: lineText(100), note }).meta({ id: 'HandOverForm' });
export const stepReasonFormSchema = z
  .strictObject({ step: lineText(60), reason })
  .meta({ id: 'StepReasonForm' });
export const resolveFormSchema = z.strictObject({ note }).meta({ id: 'ResolveForm' });
