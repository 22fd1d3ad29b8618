import { z } from 'zod';
import { incidentNumberSchema } from '../../domain/incident/shape.js';
import { orderNumberSchema, skuSchema } from '../../domain/order/shape.js';
import { lineText } from '../../domain/text/shape.js';

/** Parts of addresses. Each refuses what no id of ours can be, so that nothing strange gets to a query. */
export const numberParams = z.strictObject({ number: orderNumberSchema });
export const incidentParams = z.strictObject({ number: incidentNumberSchema });
export const skuParams = z.strictObject({ sku: skuSchema });

const id = (pattern: RegExp, what: string) => lineText(200).regex(pattern, `must be ${what}`);

export const taskParams = z.strictObject({
  id: id(
    /^[A-Z]{2}-\d{8}-\d{4,10}(\.[A-Za-z0-9-]+){1,4}$/,
    'a task’s id, e.g. SO-20261124-0001.evaluate.quality',
  ),
});
export const customerParams = z.strictObject({ id: lineText(100) });
export const commandParams = z.strictObject({ id: z.uuid('must be a command’s id') });

/** `Idempotency-Key`: optional, 1–255 printable ASCII (design §9). Other headers are let through. */
export const idempotencyHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .regex(/^[\x20-\x7e]{1,255}$/, 'must be 1 to 255 printable ASCII characters')
    .optional()
    .describe('The same key, credential and route give the first answer again; kept 30 days'),
});
