import { Context } from '@temporalio/activity';

/** Several within the workflow's heartbeat time-out, for one may be late. */
const EVERY_MS = 2_000;

/**
 * Makes an activity tell Temporal that it is alive while it works, so that one whose worker was killed is repeated
 * within seconds instead of after its whole time-out. Costs no event of history.
 */
export function beatWhile<A extends unknown[], R>(work: (...args: A) => Promise<R>) {
  return async (...args: A): Promise<R> => {
    const context = Context.current();
    const beating = setInterval(() => context.heartbeat(), EVERY_MS);
    try {
      return await work(...args);
    } finally {
      clearInterval(beating);
    }
  };
}
