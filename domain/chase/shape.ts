import { z } from 'zod';
import { roleSchema } from '../roles/shape.js';

/** What has no process of its own and is chased (design §3.4): a new kind is a word here and a row in `kinds.ts`. */
export const CHASE_KINDS = ['actionItem', 'effectCheck', 'problem'] as const;
export const chaseKindSchema = z.enum(CHASE_KINDS).meta({ id: 'ChaseKind' });
export type ChaseKind = z.infer<typeof chaseKindSchema>;

export const CHASE_PHASES = ['open', 'done', 'givenUp'] as const;
export const chasePhaseSchema = z.enum(CHASE_PHASES).meta({ id: 'ChasePhase' });
export type ChasePhase = z.infer<typeof chasePhaseSchema>;

export const chaseNumberSchema = z
  .string()
  .regex(/^CH-\d{8}-\d{4,10}$/, 'must be a number like CH-20261123-0001')
  .meta({ id: 'ChaseNumber' });

/** Who is told of a chase besides whom it waits for: who holds a role, a department’s head, or who asked for it. */
export const chaseReaderSchema = z.union([roleSchema, z.enum(['createdBy', 'itemOwner'])]);
export type ChaseReader = z.infer<typeof chaseReaderSchema>;

export const ACTION_ITEM_STATES = ['open', 'done', 'closed'] as const;
export const actionItemStateSchema = z.enum(ACTION_ITEM_STATES).meta({ id: 'ActionItemState' });
export type ActionItemState = z.infer<typeof actionItemStateSchema>;

/** 整改措施 by its id: `IN-20261123-0001.actionItem`, from the second on `….2`. */
export const actionItemIdSchema = z
  .string()
  .regex(/^IN-\d{8}-\d{4,10}\.actionItem(\.\d{1,6})?$/, 'must be an id like IN-20261123-0001.actionItem')
  .meta({ id: 'ActionItemId' });
