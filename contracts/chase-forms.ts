import { z } from 'zod';
import { blockText } from '../domain/text/shape.js';
import type { ChaseGist } from './chase-messages.js';
import { reachFormSchema } from './forms.js';

/** What was improved, in words (P16.7). */
export const actionItemFormSchema = z.strictObject({ note: blockText(2000) }).meta({ id: 'ActionItemForm' });

/** Whether an improvement had its effect; a second person says so, with what they found (P16.7). */
export const effectCheckFormSchema = z
  .strictObject({ effective: z.boolean(), note: blockText(2000) })
  .meta({ id: 'EffectCheckForm' });

/** How a problem was settled. */
export const problemFormSchema = z.strictObject({ note: blockText(2000) }).meta({ id: 'ProblemForm' });

/** Instead of any form: a manager gives it up, and says why. */
export const giveUpFormSchema = z.strictObject({ giveUp: blockText(2000) }).meta({ id: 'GiveUpForm' });

/** Every kind of task of a chase and the form that finishes it. */
export const CHASE_FORMS = {
  actionItem: actionItemFormSchema,
  effectCheck: effectCheckFormSchema,
  problem: problemFormSchema,
  reach: reachFormSchema,
} as const;
export type ChaseTaskKind = keyof typeof CHASE_FORMS;
export const CHASE_TASK_KINDS = Object.keys(CHASE_FORMS) as [ChaseTaskKind, ...ChaseTaskKind[]];

/** The form of a kind of task, or the words that give it up. */
export const chaseFormOf = (kind: ChaseTaskKind) =>
  kind === 'reach' ? CHASE_FORMS.reach : z.union([CHASE_FORMS[kind], giveUpFormSchema]);

/** Strips the words from a finished form. */
export function chaseGistOf(kind: ChaseTaskKind, form: Record<string, unknown>): ChaseGist {
  if (form.giveUp !== undefined) return { kind: 'giveUp' };
  if (kind === 'effectCheck') return { kind, effective: form.effective === true };
  return { kind };
}
