import { checkDayAhead } from './check-day-ahead.js';
import type { AppContext } from './context.js';
import { refuseField } from './errors.js';
import { loadRules } from './load-rules.js';

/** The times that a person's form may carry. */
interface FormTimes {
  /** When something happened, as it is told. */
  at?: string;
  promisedDelivery?: string;
  offeredDelivery?: string;
  projectedFinish?: string;
}

const DAYS_AHEAD = ['promisedDelivery', 'offeredDelivery', 'projectedFinish'] as const;

/**
 * What is told of has happened, and what is promised has not: an `at` in the future and a promise of a day gone by in
 * the company's zone are refused by the field's name, before anybody is asked to sign or is told. The zone is that of
 * the order's policy. Throws AppError `invalid-input`.
 */
export async function checkFormTimes(
  ctx: Pick<AppContext, 'db' | 'now'>,
  { policyRevision }: { policyRevision: number | null },
  form: object,
): Promise<void> {
  const times: FormTimes = form;
  const now = ctx.now().toISOString();
  if (times.at !== undefined && times.at > now) throw refuseField('at', 'must not lie in the future');
  const given = DAYS_AHEAD.filter((field) => times[field] !== undefined);
  if (given.length === 0) return;
  const { calendar } = await loadRules(ctx.db, { revision: policyRevision ?? undefined });
  const today = calendar.localDate(now);
  for (const field of given) {
    checkDayAhead(field, times[field] ?? today, today);
  }
}
