import { z } from 'zod';
import { evaluatorSchema, pointSchema } from '../order/terms/shape.js';
import { blockText } from '../text/shape.js';

/** Who answers for a point 主责 and must confirm it; the others concur 会签 (P07.4). */
export const matrixPolicySchema = z
  .record(pointSchema, z.array(evaluatorSchema).min(1, 'a point needs a department that answers for it'))
  .meta({ id: 'EvaluationMatrix' });
export type MatrixPolicy = z.infer<typeof matrixPolicySchema>;

/** One point as one department sees it. `ask` is a question to the customer (P07.5). */
export const pointAnswerSchema = z
  .strictObject({
    ok: z.boolean(),
    note: blockText(2000).optional(),
    ask: blockText(1000).optional(),
  })
  .refine((p) => p.ok || p.note !== undefined || p.ask !== undefined, {
    path: ['note'],
    message: 'must say what is wrong, or ask the customer, where the point is not confirmed',
  })
  .refine((p) => !(p.ok && p.ask !== undefined), {
    path: ['ask'],
    message: 'must stand with "ok": false: a point with a question is not yet confirmed',
  });

/** 紧急订单评审表: all six points, by one department (P07.4). */
export const evaluationFormSchema = z
  .strictObject({ points: z.record(pointSchema, pointAnswerSchema) })
  .meta({ id: 'EvaluationForm' });
export type EvaluationForm = z.infer<typeof evaluationFormSchema>;
