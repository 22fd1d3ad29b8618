import type { IncidentReport } from '../../contracts/http-reports.js';
import {
  countActionItemStates,
  findTypeWords,
  type ReportRow,
  readIncidentReport,
} from '../../db/queries/incident-report.js';
import type { Role } from '../../domain/roles/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { LEVEL_WORDS } from '../../domain/wording/level-mark.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';

/** Who reads reports of all incidents. */
export const REPORT_ROLES = [
  'orderManager',
  'emergencyManager',
  'vp',
  'generalManager',
  'quality',
] as const satisfies readonly Role[];

/** Reported within the last year, where no time is asked for. */
const YEAR_MS = 365 * 86_400_000;

export interface ReportRequest {
  from?: Instant | undefined;
  to?: Instant | undefined;
  type?: string | undefined;
}

/**
 * Incidents by type, cause and level: how many, how soon they were acknowledged, confirmed, mitigated and resolved, what
 * was breached, what came again, and the action items that are overdue (P11.5, P12.4, P16.7). Throws
 * `invalid-parameter` for a time that ends before it begins.
 */
export async function reportIncidents(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  request: ReportRequest,
): Promise<IncidentReport> {
  const at = now();
  // `to` is exclusive: what was reported at this very millisecond is in it.
  const to = request.to ?? new Date(at.getTime() + 1).toISOString();
  const from = request.from ?? new Date(Date.parse(to) - YEAR_MS).toISOString();
  if (from > to) {
    const message = 'must not come after "to"';
    throw new AppError('invalid-parameter', `from: ${message}`, [{ field: 'from', message }]);
  }
  const rows = await readIncidentReport(db, { from, to, type: request.type });
  const items = await countActionItemStates(db, at.toISOString(), request.type);
  const words = await findTypeWords(db, [...new Set(rows.flatMap(({ type }) => type ?? []))]);
  const of = (kind: ReportRow['of']) => rows.filter((row) => row.of === kind);
  const [total] = of('total');
  if (!total) throw new Error('the empty grouping set always gives a row');
  const nameOf = (type: string) => words.get(type)?.name ?? { zh: type, en: type };
  const causeOf = (type: string, cause: string) =>
    words.get(type)?.causes.find(({ key }) => key === cause)?.name ?? { zh: cause, en: cause };
  return {
    from,
    to,
    total: groupOf(total),
    byType: of('type').map((row) => {
      const type = row.type ?? '';
      return { type, words: nameOf(type), ...groupOf(row) };
    }),
    byCause: of('cause').map((row) => {
      const [type, cause] = [row.type ?? '', row.cause ?? ''];
      return { type, cause, words: causeOf(type, cause), ...groupOf(row) };
    }),
    byLevel: of('level').map((row) => {
      const severity = row.severity ?? 1;
      return { severity, words: { ...LEVEL_WORDS[severity] }, ...groupOf(row) };
    }),
    actionItems: { open: items.open, toBeChecked: items.done, closed: items.closed, overdue: items.overdue },
  };
}

function groupOf(row: ReportRow) {
  return {
    count: row.count,
    open: row.open,
    falseAlarms: row.false_alarms,
    routine: row.routine,
    recurrences: row.recurrences,
    breaches: row.breaches,
    toAcknowledge: spanOf(row.acknowledge),
    toConfirm: spanOf(row.confirm),
    toMitigate: spanOf(row.mitigate),
    toResolve: spanOf(row.resolve),
  };
}

function spanOf(span: number[] | null) {
  const [medianSeconds, p90Seconds] = span ?? [];
  return medianSeconds === undefined || p90Seconds === undefined ? null : { medianSeconds, p90Seconds };
}
