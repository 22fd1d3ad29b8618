import type { AppContext } from './context.js';

const ANSWER_WITHIN_MS = 2_000;

/** The workflow's own answer to the query `state`; undefined where it does not answer within 2 s, or none runs (P01.5). */
export async function getLiveState(
  { temporal, log }: Pick<AppContext, 'temporal' | 'log'>,
  workflowId: string,
): Promise<unknown> {
  try {
    return await temporal.connection.withDeadline(Date.now() + ANSWER_WITHIN_MS, () =>
      temporal.workflow.getHandle(workflowId).query<unknown>('state'),
    );
  } catch (error) {
    log.debug({ err: error }, 'no live state');
    return undefined;
  }
}
