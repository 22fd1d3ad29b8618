import { z } from 'zod';
import { evaluationGist, evaluationGistSchema } from '../domain/evaluation/gist/shape.js';
import type { EvaluationForm } from '../domain/evaluation/shape.js';
import {
  gradeSchema,
  measureSchema,
  milestoneSchema,
  orderClassSchema,
} from '../domain/order/terms/shape.js';
import { blockText, lineText } from '../domain/text/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';
import type { TaskForm, TaskKind } from './forms.js';

/** By what the person who acts was known: `temporal` is a signal or update typed into Temporal's UI or CLI. */
export const credentialSchema = z.enum(['token', 'key', 'link', 'temporal', 'workflow']);
export type Credential = z.infer<typeof credentialSchema>;

/** Who acts: a person's id, an API client's id, or `customer:<id>` by link; from credentials, never from a body. */
export const actorSchema = z.object({ principal: z.string(), credential: credentialSchema });
export type Actor = z.infer<typeof actorSchema>;

/**
 * What a workflow is told of a finished form: the decision without the words. The words stay in the command's row,
 * where the record transaction finds them: personal data does not enter Temporal.
 */
export const taskGistSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('evaluate'), points: evaluationGistSchema }),
  z.object({ kind: z.literal('question') }),
  z.object({
    kind: z.literal('measure'),
    option: measureSchema,
    promisedDelivery: localDateSchema.optional(),
  }),
  z.object({ kind: z.literal('alternative'), accept: z.boolean() }),
  z.object({
    kind: z.literal('conflict'),
    decision: z.enum(['reevaluate', 'offer', 'reject']),
    offeredDelivery: localDateSchema.optional(),
  }),
  z.object({ kind: z.literal('ground'), confirmed: z.boolean() }),
  z.object({ kind: z.literal('customerContact'), reached: z.boolean(), received: z.boolean() }),
  z.object({ kind: z.literal('reach') }),
  z.object({ kind: z.literal('releaseHold') }),
]);
export type TaskGist = z.infer<typeof taskGistSchema>;

/** The envelope all messages of the API share. `id` is the command's row and the update's id. */
const envelope = { id: z.string(), actor: actorSchema, at: instantSchema };

export const completeTaskSchema = z.object({ ...envelope, task: z.string(), gist: taskGistSchema });
export type CompleteTask = z.infer<typeof completeTaskSchema>;

export const signOffSchema = z.object({
  ...envelope,
  proposal: z.string(),
  decision: z.enum(['approve', 'reject']),
});
export type SignOff = z.infer<typeof signOffSchema>;

/** What a person types into the Temporal UI or CLI; means the proposal now open (design §7). */
export const signOffByHandSchema = z.object({
  by: lineText(254),
  decision: z.enum(['approve', 'reject']),
  note: blockText(2000).optional(),
  proposal: lineText(100).optional(),
});
export type SignOffByHand = z.infer<typeof signOffByHandSchema>;

export const recordProgressSchema = z.object({
  ...envelope,
  milestone: milestoneSchema,
  done: z.boolean(),
  doneAt: instantSchema.optional(),
  projectedFinish: localDateSchema.optional(),
});
export type RecordProgress = z.infer<typeof recordProgressSchema>;

export const replanSchema = z.object({
  ...envelope,
  class: orderClassSchema,
  grade: gradeSchema,
  keyOrder: z.boolean(),
});
export type Replan = z.infer<typeof replanSchema>;

/** Holds an order (design §4). The policy's rule for the reason comes with it: a workflow reads no policy. */
export const holdSchema = z.object({
  ...envelope,
  reason: z.string(),
  /** A person's id, with the role and department that the task is theirs by. */
  owner: z.string(),
  role: z.string(),
  department: z.string(),
  dueAt: instantSchema.optional(),
  stops: z.array(z.string()),
  shipping: z.boolean(),
  /** The incident that asks for it, and its step: it holds an order once. */
  incident: z.string().optional(),
  step: z.string().optional(),
});
export type Hold = z.infer<typeof holdSchema>;

/** Releases one hold by its id, or those of an incident, of one of its steps or of all. */
export const releaseSchema = z
  .object({
    ...envelope,
    hold: z.string().optional(),
    incident: z.string().optional(),
    step: z.string().optional(),
  })
  .refine(({ hold, incident }) => (hold === undefined) !== (incident === undefined), {
    path: ['hold'],
    message: 'must stand alone, or the incident must',
  });
export type Release = z.infer<typeof releaseSchema>;

/** An incident affects the order. */
export const linkIncidentSchema = z.object({ ...envelope, incident: z.string() });
export type LinkIncident = z.infer<typeof linkIncidentSchema>;

/** What an update answers once its record has committed. */
export const commandReplySchema = z.object({
  number: z.string(),
  phase: z.string(),
  version: z.int(),
  task: z.string().optional(),
  state: z.enum(['done', 'recorded']).optional(),
});
export type CommandReply = z.infer<typeof commandReplySchema>;

/** Strips the words from a finished form. `signOff` has an update of its own and no gist. */
export function gistOf<K extends TaskKind>(kind: K, form: TaskForm<K>): TaskGist {
  const gists: { [Kind in TaskKind]: (form: TaskForm<Kind>) => unknown } = {
    evaluate: (f) => ({ points: evaluationGist(f as EvaluationForm) }),
    question: () => ({}),
    measure: (f) => ({ option: f.option, promisedDelivery: f.promisedDelivery }),
    alternative: (f) => ({ accept: f.accept }),
    conflict: (f) => ({ decision: f.decision, offeredDelivery: f.offeredDelivery }),
    ground: (f) => ({ confirmed: f.confirmed }),
    signOff: () => ({}),
    customerContact: (f) => ({ reached: f.reached !== false, received: f.received !== false }),
    reach: () => ({}),
    releaseHold: () => ({}),
  };
  return taskGistSchema.parse({ kind, ...(gists[kind](form) as object) });
}
