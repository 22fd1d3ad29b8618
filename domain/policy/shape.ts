import { z } from 'zod';
import { assessmentPolicySchema } from '../assessment/shape.js';
import { workingTimeSchema } from '../calendar/shape.js';
import { deadlinesPolicySchema } from '../deadlines/shape.js';
import { matrixPolicySchema } from '../evaluation/shape.js';
import { defaultHoldsPolicy, holdsPolicySchema } from '../holds/shape.js';
import { ladderPolicySchema } from '../ladder/shape.js';
import { milestoneSchema } from '../order/shape.js';
import { riskPolicySchema } from '../risk/shape.js';
import { roleSchema } from '../roles/shape.js';

/** Sign-off (P07.6): who signs, and by which ways besides the API. */
export const signOffPolicySchema = z.strictObject({
  /** Roles whose holders may sign. */
  roles: z.array(roleSchema).min(1),
  /** By signal from the Temporal UI or CLI, which names its `by`; see the docs for what to put before Temporal. */
  bySignal: z.boolean(),
  /** By the link in the mail; on only in the embedded default. */
  byLink: z.boolean(),
});

/** The company's rules as revisioned data: thresholds, durations, ladder, working time, matrix. */
export const policySchema = z
  .strictObject({
    assessment: assessmentPolicySchema,
    workingTime: workingTimeSchema,
    deadlines: deadlinesPolicySchema,
    ladder: ladderPolicySchema,
    matrix: matrixPolicySchema,
    signOff: signOffPolicySchema,
    /** Roles that may record each milestone (P05.5); inspection is the quality gate (P10.4). */
    progressRoles: z.record(milestoneSchema, z.array(roleSchema).min(1)),
    /** Attempts to reach the customer after which a delivered order closes without an answer (P05.6). */
    contactAttempts: z.int().min(1).max(20),
    /** Weights of the risk of an open order (P15.5); left out, the defaults. */
    risk: riskPolicySchema.prefault({}),
    /** What a hold of each reason stops; a reason of the defaults that is left out is as there. */
    holds: holdsPolicySchema.prefault(defaultHoldsPolicy),
  })
  .meta({ id: 'Policy' });
export type Policy = z.infer<typeof policySchema>;
/** As it may be stored or sent: what was added to policies later may be missing. */
export type PolicySource = z.input<typeof policySchema>;

/** Answer of `GET /v1/policy` and body of `PUT`: a stale revision is refused. */
export const revisionedPolicySchema = z
  .strictObject({ revision: z.int().min(1), policy: policySchema })
  .meta({ id: 'RevisionedPolicy' });
export type RevisionedPolicy = z.infer<typeof revisionedPolicySchema>;
