import { z } from 'zod';
import { keySchema, severitySchema } from '../domain/playbooks/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { actorSchema } from './messages.js';

/** Person ids by the key of the role in the playbook's team. */
const teamSchema = z.record(keySchema, z.string());

/** What the workflow of an incident is told of a finished form: the decision without the words. */
export const incidentGistSchema = z.discriminatedUnion('kind', [
  /** P13.6: false alarm, routine handling, or activated at a level. */
  z.object({
    kind: z.literal('confirm'),
    outcome: z.enum(['falseAlarm', 'routine', 'activate']),
    severity: severitySchema.optional(),
  }),
  z.object({ kind: z.literal('step') }),
  /** `customer`: for whom somebody of ours answers; who answers by link says it by who they are. */
  z.object({ kind: z.literal('decision'), option: keySchema, customer: z.string().optional() }),
  z.object({ kind: z.literal('wait') }),
  z.object({ kind: z.literal('action') }),
  z.object({ kind: z.literal('report') }),
  z.object({ kind: z.literal('review'), cause: keySchema }),
  z.object({ kind: z.literal('reach') }),
  /** P12.2: the team as somebody confirmed or changed it. */
  z.object({ kind: z.literal('team'), team: teamSchema }),
  /** P03.5: where things stand, in the words of whoever has it. */
  z.object({ kind: z.literal('update') }),
]);
export type IncidentGist = z.infer<typeof incidentGistSchema>;
export type IncidentTaskKind = IncidentGist['kind'];

const envelope = { id: z.string(), actor: actorSchema, at: instantSchema };

export const incidentTaskDoneSchema = z.object({ ...envelope, task: z.string(), gist: incidentGistSchema });
export type IncidentTaskDone = z.infer<typeof incidentTaskDoneSchema>;

/** Acknowledged by its owner (P03.3); `undo` takes it back, and the deadline runs again. */
export const acknowledgeSchema = z.object({ ...envelope, undo: z.boolean() });
export type Acknowledge = z.infer<typeof acknowledgeSchema>;

/** An option of an open decision, by its step; the same as finishing its task. */
export const decideSchema = z.object({ ...envelope, step: keySchema, option: keySchema });
export type Decide = z.infer<typeof decideSchema>;

export const setSeveritySchema = z.object({ ...envelope, severity: severitySchema });
export type SetSeverity = z.infer<typeof setSeveritySchema>;

export const skipStepSchema = z.object({ ...envelope, step: keySchema });
export type SkipStep = z.infer<typeof skipStepSchema>;

export const retryStepSchema = skipStepSchema;
export type RetryStep = z.infer<typeof retryStepSchema>;

/** Nothing more is to be done but to look back: what is still open before that is passed over. */
export const resolveSchema = z.object({ ...envelope });
export type Resolve = z.infer<typeof resolveSchema>;

/** The order manager confirms or changes the team that was proposed (P12.2). A role left out stays as it is. */
export const setTeamSchema = z.object({ ...envelope, team: teamSchema });
export type SetTeam = z.infer<typeof setTeamSchema>;

/** Somebody else has it from now on (P03.3); the note is with the command's row. */
export const handOverSchema = z.object({ ...envelope, to: z.string() });
export type HandOver = z.infer<typeof handOverSchema>;

/** A further report joined the incident; `count`: how many there are with it. */
export const reportedSchema = z.object({ ...envelope, count: z.int() });
export type Reported = z.infer<typeof reportedSchema>;

/** The parent's word to a child: its review is held, and is the child's as well; or there will be none. */
export const parentReviewedSchema = z.object({ ...envelope, reviewed: z.boolean() });
export type ParentReviewed = z.infer<typeof parentReviewedSchema>;
