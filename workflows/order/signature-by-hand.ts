import { signOffByHandSchema } from '../../contracts/messages.js';
import { now } from '../deadlines.js';
import type { Signature } from './order-command.js';

/**
 * A signature typed by hand names its `by` and takes the workflow's clock and key. What cannot be read becomes a
 * signature that is refused on the record: an error here would stop the workflow.
 */
export function signatureByHand(message: unknown, id: string): Signature {
  const { data } = signOffByHandSchema.safeParse(message);
  return {
    id,
    actor: { principal: data?.by ?? 'unknown', credential: 'temporal' },
    at: now(),
    decision: data?.decision,
    note: data?.note,
    proposal: data?.proposal,
    byHand: true,
  };
}
