import { z } from 'zod';

/**
 * What became of a step: not begun; begun; finished; passed over by a person with a reason; tried in vain, which holds
 * its phase until it is retried or skipped; not part of this run, because of a decision or of the level.
 */
export const stepStateSchema = z.enum(['waiting', 'open', 'done', 'skipped', 'failed', 'leftOut']);
export type StepState = z.infer<typeof stepStateSchema>;

/** One step of a run, plain JSON: it is carried through continue-as-new. `outcome`: the option chosen, of a decision; several
 * joined by commas where each customer chose for themselves.
 */
export const stepRunSchema = z.object({
  key: z.string(),
  state: stepStateSchema,
  outcome: z.string().optional(),
});
export type StepRun = z.infer<typeof stepRunSchema>;
