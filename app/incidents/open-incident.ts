import type { ReportedView } from '../../contracts/http-incidents.js';
import type { IncidentPlan } from '../../contracts/incident-state.js';
import type { Queryable } from '../../db/connect.js';
import { countCustomersWithOpenOrders, findEarlier } from '../../db/queries/incidents.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import type { PlaybookRow } from '../../db/queries/playbooks.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import {
  audit,
  commands,
  deadlineInstants,
  deadlines,
  incidentOrders,
  incidentReports,
  incidents,
} from '../../db/schema/index.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { Playbook, Severity, Words } from '../../domain/playbooks/shape.js';
import { assessSeverity } from '../../domain/severity/assess-severity.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import type { CommandRow, RequestIdentity } from '../idempotency.js';
import type { Rules } from '../load-rules.js';
import { readPlaybook } from '../playbooks/view-revision.js';
import { isStaff } from '../read-rights.js';
import { addDeadline } from '../record/plan-rows.js';
import { emptyBatch, type RecordBatch } from '../record/record-batch.js';
import { incidentSubject } from '../record/subject.js';
import { findAffected } from './find-affected.js';
import { makeIncidentRow, makeReportCommand, makeReportEntry, makeReportRow } from './make-incident-rows.js';
import { severityFacts } from './severity-facts.js';

export interface NewIncident {
  ctx: Pick<AppContext, 'now' | 'publicUrl'>;
  identity: RequestIdentity;
  /** The revision of the playbook that it goes by from now on. */
  row: PlaybookRow;
  rules: Rules;
  /** Its summary in both languages, where the product wrote it. */
  words: Words | undefined;
}

/**
 * Writes a new incident: its level by the record of now (P11.1), whom it affects, acknowledgement and confirmation as
 * deadlines, and the command that starts its process; all or none of it.
 */
export async function openIncident(
  tx: Queryable,
  { ctx, identity, row, rules, words }: NewIncident,
): Promise<ReportedView & { command: CommandRow }> {
  const body = identity.body as IncidentInput;
  const at = ctx.now().toISOString();
  const playbook = readPlaybook(row);
  const [number = ''] = await takeNumbers(tx, 'IN', rules.calendar.localDate(at));
  const affected = await findAffected(tx, playbook, body.facts ?? {}, body.orders);
  const customers = await countCustomersWithOpenOrders(tx);
  const finding = assessSeverity(playbook.severity, severityFacts(body.facts, affected, customers));
  const severity = body.severity ?? finding.level;
  const batch = emptyBatch();
  const plan: IncidentPlan = {
    number,
    playbook,
    playbookRevision: row.revision,
    severity,
    reportedAt: at,
    policyRevision: rules.revision,
    drill: false,
    ownerId: null,
    zone: rules.policy.workingTime.zone,
    incidentUrl: `${ctx.publicUrl}/v1/incidents/${number}`,
    rounds: { acknowledge: 1, confirm: 1 },
    deadlines: planFirst(batch, rules, { number, playbook, severity, at }),
  };
  const earlier = body.dedupKey === undefined ? undefined : await findEarlier(tx, body.dedupKey);
  const incident = makeIncidentRow(identity, plan, { finding, earlier, words });
  const links = linksOf(affected, body.orders);
  const answer: ReportedView = {
    number,
    joined: false,
    count: 1,
    type: body.type,
    name: playbook.name,
    phase: 'reported',
    severity,
    severityBy: incident.severityBy,
    severityBecause: incident.severityBecause,
    owner: null,
    deadlines: batch.deadlines.map(({ id, kind, round = 1, dueAt, provisional }) => {
      return { id, kind, round, dueAt, provisional, state: 'open', metAt: null };
    }),
    // Whom else it affects is none of a client's business.
    affected: isStaff(identity.principal)
      ? { orders: links.size, customers: new Set(affected.map(({ customer }) => customer.id)).size }
      : null,
    parent: body.parent ?? null,
    recurrenceOf: earlier ?? null,
  };
  const command = makeReportCommand(identity, number, at, { kind: 'start', payload: { plan }, answer });
  const detail = { type: body.type, severity };
  await insertAll(tx, [
    newRows(incidents, [incident]),
    newRows(incidentReports, [makeReportRow(identity, number, at)]),
    newRows(
      incidentOrders,
      [...links].map(([order, because]) => ({ incident: number, order, because, at })),
    ),
    newRows(deadlines, batch.deadlines),
    newRows(deadlineInstants, batch.instants),
    newRows(audit, [makeReportEntry(identity, number, at, { step: 'report', detail })]),
    newRows(commands, [command]),
  ]);
  return { ...answer, command };
}

/** Acknowledgement and confirmation, by the playbook's own times or the policy's of the level. */
function planFirst(
  batch: RecordBatch,
  rules: Rules,
  { number, playbook, severity, at }: { number: string; playbook: Playbook; severity: Severity; at: Instant },
): IncidentPlan['deadlines'] {
  return (['acknowledge', 'confirm'] as const).map((kind) =>
    addDeadline(batch, {
      id: `${number}.${kind}`,
      subject: incidentSubject(number),
      round: 1,
      class: levelClass(severity),
      policyRevision: rules.revision,
      planned: planDeadline({
        kind,
        orderClass: levelClass(severity),
        from: at,
        now: at,
        policy: rules.policy.deadlines,
        rule: playbook.times[kind],
        calendar: rules.calendar,
      }),
    }),
  );
}

/** Orders with why each is linked; what a report names is linked, open or not. */
function linksOf(affected: readonly { number: string; because: string }[], reported: readonly string[] = []) {
  const links = new Map(affected.map(({ number, because }) => [number, because]));
  for (const order of reported) links.set(order, links.get(order) ?? 'reported');
  return links;
}
