import { ApplicationFailure } from '@temporalio/workflow';
import { z } from 'zod';

/** An update that cannot be read is refused before it is in history: anybody may type one into Temporal's CLI. */
export function refuseUnreadable(schema: z.ZodType): (message: unknown) => void {
  return (message) => {
    const { error } = schema.safeParse(message);
    if (error) throw ApplicationFailure.nonRetryable(z.prettifyError(error), 'invalid-input');
  };
}
