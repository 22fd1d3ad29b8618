import { z } from 'zod';
import { blockText, lineText } from '../domain/text/shape.js';
import { localDateSchema } from '../domain/time/shape.js';

/** What a supplier can say when goods are asked for sooner (P17.3, P09.3). */
export const EXPEDITE_ANSWERS = ['earlier', 'part', 'later', 'cannot'] as const;

/**
 * 催货: the supplier's answer, by the link in its mail; or purchasing's, who called them, and whose note alone is enough.
 * A part comes on `date`, and the rest on `restDate` where that is known.
 */
export const expediteFormSchema = z
  .strictObject({
    answer: z.enum(EXPEDITE_ANSWERS).optional(),
    /** Which purchase order it is about; may be left out where only one was asked about. */
    purchaseOrder: lineText(64).optional(),
    date: localDateSchema.optional(),
    quantity: z.int().min(1).max(1_000_000_000).optional(),
    restDate: localDateSchema.optional(),
    note: blockText(2000).optional(),
  })
  .refine((f) => f.answer !== undefined || f.note !== undefined, {
    path: ['answer'],
    message: 'must say what the supplier answers, or the note what came of it',
  })
  .refine((f) => f.answer === undefined || (f.answer === 'cannot') === (f.date === undefined), {
    path: ['date'],
    message: 'must name the new day, unless nothing can be delivered',
  })
  .refine((f) => (f.answer === 'part') === (f.quantity !== undefined), {
    path: ['quantity'],
    message: 'must stand with the answer "part", and only with it',
  })
  .refine((f) => f.restDate === undefined || (f.answer === 'part' && f.restDate >= (f.date ?? '')), {
    path: ['restDate'],
    message: 'stands with the answer "part", and does not come before it',
  })
  .meta({ id: 'ExpediteForm' });
export type ExpediteForm = z.infer<typeof expediteFormSchema>;

/** The day by which the whole purchase order is confirmed with an answer; undefined where it names none. */
export function confirmedDay({ answer, date, restDate }: ExpediteForm): string | undefined {
  return answer === 'part' ? restDate : date;
}

/** A purchase order as the request and its task name it. */
export const expeditedPurchaseSchema = z.object({
  number: z.string(),
  neededBy: localDateSchema,
  confirmedDate: localDateSchema.nullable(),
});
export type ExpeditedPurchase = z.infer<typeof expeditedPurchaseSchema>;

/** What the task of a request to a supplier knows besides its step. */
export const expediteTaskFactsSchema = z.object({
  supplier: z.string(),
  purchases: z.array(expeditedPurchaseSchema),
});

/** The purchase order that an answer is about: the one it names of those asked about, or the only one of them. */
export function purchaseMeant(
  { purchaseOrder }: ExpediteForm,
  purchases: readonly ExpeditedPurchase[],
): ExpeditedPurchase | undefined {
  if (purchaseOrder === undefined) return purchases.length === 1 ? purchases[0] : undefined;
  return purchases.find(({ number }) => number === purchaseOrder);
}
