import { sql } from 'drizzle-orm';
import type { Ready } from '../contracts/http-health.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';

/** The answer has to be quicker than whoever asks for it. */
const WITHIN_MS = 1_000;

/** Looks for warnings as of `now`. */
export type WarningSource = (db: AppContext['db'], now: Date) => Promise<Ready['warnings']>;

/**
 * Whether the API can do its work. Without PostgreSQL it cannot: throws `unavailable`. Without Temporal orders are
 * taken all the same, and the relay starts them later: ready, with a warning.
 */
export async function getReadiness(ctx: AppContext, sources: readonly WarningSource[]): Promise<Ready> {
  const [postgres, temporal] = await Promise.all([
    answers(() => ctx.db.execute(sql`select 1`)),
    answers(() => ctx.temporal.workflowService.getSystemInfo({})),
  ]);
  if (!postgres) throw new AppError('unavailable', 'PostgreSQL does not answer');
  const found = await Promise.all(sources.map((source) => source(ctx.db, ctx.now())));
  const warnings = found.flat();
  if (!temporal) {
    const detail = 'Temporal does not answer: orders are accepted, and started when it is back';
    warnings.unshift({ code: 'temporal-away', detail });
  }
  return {
    status: temporal ? 'ready' : 'degraded',
    checks: { postgres: 'up', temporal: temporal ? 'up' : 'down' },
    warnings,
  };
}

async function answers(ask: () => Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), WITHIN_MS);
  });
  const asked = ask().then(
    () => true,
    () => false,
  );
  return Promise.race([asked, tooLate]).finally(() => clearTimeout(timer));
}
