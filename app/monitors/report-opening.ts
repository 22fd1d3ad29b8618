import type { Queryable } from '../../db/connect.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { findRevision } from '../../db/queries/playbooks.js';
import { notices } from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { MonitorOpening } from '../../domain/monitors/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import { cutText } from '../../domain/text/cut-text.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { CommandRow } from '../idempotency.js';
import { type StoredReport, storeReport } from '../incidents/report-incident.js';
import { readPlaybook } from '../playbooks/view-revision.js';
import type { SystemPrincipal } from '../principal.js';
import { holderOf, loadStaff } from '../record/staff.js';

/** What every report of an incident tells at once (P12.1); a rule's others are told beside them. */
const TOLD_ANYHOW: readonly Role[] = ['orderManager', 'technicalSupport'];

export interface ReportedOpening {
  number: string;
  start?: CommandRow;
  /** Whose notices are to be sent. */
  step?: string;
}

/**
 * Reports what a monitor found, once however often it is asked: the key is that of the rule, the subject and since when it
 * is open. Whoever else the rule tells hears of a new incident beside its team. In the caller's transaction.
 */
export async function reportOpening(
  tx: Queryable,
  ctx: Pick<AppContext, 'now' | 'publicUrl'>,
  opening: MonitorOpening,
  at: Instant,
): Promise<ReportedOpening> {
  const reported = await store(tx, ctx, opening);
  const step = reported.joined ? undefined : await tellOthers(tx, reported.number, opening, at);
  return { number: reported.number, start: reported.command, step };
}

async function store(
  tx: Queryable,
  ctx: Pick<AppContext, 'now' | 'publicUrl'>,
  opening: MonitorOpening,
): Promise<StoredReport> {
  const { source, dedupKey, type, severity, summary, facts, orders } = opening;
  const principal: SystemPrincipal = {
    kind: 'system',
    id: source,
    credentialId: source,
    credential: 'workflow',
  };
  const body: IncidentInput = {
    type,
    summary: summary.zh,
    source: cutText(source, 100),
    dedupKey,
    ...(severity && { severity }),
    ...(facts && { facts }),
    ...(orders && { orders }),
  };
  const idempotencyKey = `${opening.rule}/${dedupKey}/${opening.at}`;
  try {
    return await storeReport(tx, ctx, { principal, body, idempotencyKey, words: summary });
  } catch (error) {
    if (!(error instanceof AppError) || type === 'system-failure') throw error;
    // The playbook of the type was retired: what was found is told by the one for anything of the system.
    const general = { ...body, type: 'system-failure' };
    return storeReport(tx, ctx, {
      principal,
      body: general,
      idempotencyKey: `${idempotencyKey}/general`,
      words: summary,
    });
  }
}

async function tellOthers(
  tx: Queryable,
  number: string,
  { tells, type }: MonitorOpening,
  at: Instant,
): Promise<string | undefined> {
  const row = await findRevision(tx, type, 'published');
  // The owner's role hears of it from the incident itself, with what is asked of the owner.
  const told = [...TOLD_ANYHOW, row && readPlaybook(row).ownerRole];
  const roles = tells.filter((role) => !told.includes(role));
  if (roles.length === 0) return undefined;
  const staff = await loadStaff(tx);
  const people = new Set(roles.flatMap((role) => holderOf(staff, role, at)?.id ?? []));
  const step = `incident/${number}/monitor-tells`;
  await insertAll(tx, [
    newRows(
      notices,
      [...people].map((person) => ({
        key: `${step}/incidentReported/person:${person}`,
        step,
        incidentNumber: number,
        recipient: `person:${person}`,
        template: 'incidentReported',
        facts: {},
        state: 'queued' as const,
        createdAt: at,
      })),
    ),
  ]);
  return people.size > 0 ? step : undefined;
}
