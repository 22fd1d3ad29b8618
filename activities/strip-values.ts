import { ApplicationFailure } from '@temporalio/common';
import { toLoggedError } from '../app/create-log.js';

/**
 * Lets an activity fail without the values its error carries: Temporal keeps failures in history, and a failed query's
 * message lists its parameters, which may be people's names and words. Retried as before.
 */
export function stripValues<A extends unknown[], R>(work: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => {
    try {
      return await work(...args);
    } catch (error) {
      const { type, message, code } = toLoggedError(error);
      throw ApplicationFailure.retryable(message, code ? `${type} ${code}` : type);
    }
  };
}
