import { z } from 'zod';
import { POINTS, pointSchema } from '../../order/terms/shape.js';
import type { EvaluationForm } from '../shape.js';

/** What a workflow needs of an evaluation: no free text. */
export const evaluationGistSchema = z.record(pointSchema, z.object({ ok: z.boolean(), asks: z.boolean() }));
export type EvaluationGist = z.infer<typeof evaluationGistSchema>;

/** Strips the words from an evaluation. */
export function evaluationGist(form: EvaluationForm): EvaluationGist {
  return Object.fromEntries(
    POINTS.map((point) => [point, { ok: form.points[point].ok, asks: form.points[point].ask !== undefined }]),
  ) as EvaluationGist;
}
