import { z } from 'zod';
import { instantSchema } from '../domain/time/shape.js';
import { actorSchema } from './messages.js';

/** What the workflow of a chase is told of a finished form: the decision without the words. */
export const chaseGistSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('actionItem') }),
  z.object({ kind: z.literal('effectCheck'), effective: z.boolean() }),
  z.object({ kind: z.literal('problem') }),
  z.object({ kind: z.literal('reach') }),
  /** In the place of any other: a manager gives it up. */
  z.object({ kind: z.literal('giveUp') }),
]);
export type ChaseGist = z.infer<typeof chaseGistSchema>;

export const chaseTaskDoneSchema = z.object({
  id: z.string(),
  actor: actorSchema,
  at: instantSchema,
  task: z.string(),
  gist: chaseGistSchema,
});
export type ChaseTaskDone = z.infer<typeof chaseTaskDoneSchema>;
