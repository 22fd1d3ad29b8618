import { randomUUID } from 'node:crypto';
import { eq, inArray, sql } from 'drizzle-orm';
import type { IncidentPlan } from '../../contracts/incident-state.js';
import type { Queryable } from '../../db/connect.js';
import { findAffectedOrders } from '../../db/queries/affected-orders.js';
import {
  countCustomersWithOpenOrders,
  findEarlier,
  type IncidentRow,
  lockOpenIncident,
} from '../../db/queries/incidents.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { findRevision, type PlaybookRow } from '../../db/queries/playbooks.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import {
  audit,
  commands,
  deadlineInstants,
  deadlines,
  incidentOrders,
  incidentReports,
  incidents,
  orders,
} from '../../db/schema/index.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import { assessSeverity, type SeverityFinding } from '../../domain/severity/assess-severity.js';
import type { AppContext } from '../context.js';
import { refuseField } from '../errors.js';
import { type CommandRow, findRepeated, newCommand, type RequestIdentity } from '../idempotency.js';
import { loadRules, type Rules } from '../load-rules.js';
import { readPlaybook } from '../playbooks/view-revision.js';
import { type Principal, principalRef } from '../principal.js';
import { addDeadline } from '../record/plan-rows.js';
import { emptyBatch } from '../record/record-batch.js';
import { incidentSubject } from '../record/subject.js';
import { startNow } from '../start-now.js';
import { affectedKeys, becauseOf } from './affected-keys.js';
import { severityFacts } from './severity-facts.js';

export interface ReportIncidentRequest {
  principal: Principal;
  body: IncidentInput;
  idempotencyKey?: string | undefined;
}

/** `joined`: the report was counted in an open incident of the same key. */
export interface ReportedIncident {
  number: string;
  joined: boolean;
  count: number;
}

/** What was taken in, and the start that is to be delivered once it has committed; none where a report joined. */
export type StoredReport = ReportedIncident & { command?: CommandRow };

/**
 * Takes a report (P03.2, P16.3): one with the key of an open incident joins it and is counted; else the incident is
 * written with its level, its first deadlines and its start command in one transaction, and started at once. Committed
 * means accepted. Throws AppError `invalid-input` for a type without a playbook in force, or an order not on record.
 */
export async function reportIncident(
  ctx: AppContext,
  request: ReportIncidentRequest,
): Promise<ReportedIncident> {
  const { command, ...reported } = await ctx.db.transaction((tx) => storeReport(tx, ctx, request));
  if (command) await startNow(ctx, command);
  return reported;
}

/**
 * As {@link reportIncident}, in a transaction of the caller's, who delivers the start after it has committed; left
 * alone, the relay does.
 */
export async function storeReport(
  tx: Queryable,
  ctx: Pick<AppContext, 'now' | 'publicUrl'>,
  { principal, body, idempotencyKey }: ReportIncidentRequest,
): Promise<StoredReport> {
  const identity = { principal, route: 'POST /v1/incidents', key: idempotencyKey, body };
  const repeated = await findRepeated(tx, identity);
  if (repeated) return repeated.answer as ReportedIncident;
  const row = await findRevision(tx, body.type, 'published');
  if (!row) throw refuseField('type', `no playbook of the type ${body.type} is in force`);
  await requireOrders(tx, body.orders ?? []);
  const rules = await loadRules(tx);
  return store(tx, { ctx, identity, rules, row });
}

interface Report {
  ctx: Pick<AppContext, 'now' | 'publicUrl'>;
  identity: RequestIdentity;
  rules: Rules;
  row: PlaybookRow;
}

async function store(tx: Queryable, report: Report): Promise<StoredReport> {
  const { dedupKey } = report.identity.body as IncidentInput;
  if (dedupKey !== undefined) {
    // Two first reports at one moment: the second waits here until the first one's incident is there to join.
    await tx.execute(sql`select pg_advisory_xact_lock(hashtext('incident'), hashtext(${dedupKey}))`);
    const open = await lockOpenIncident(tx, dedupKey);
    if (open) return join(tx, report, open);
  }
  return open(tx, report);
}

async function join(tx: Queryable, { ctx, identity }: Report, open: IncidentRow): Promise<StoredReport> {
  const at = ctx.now().toISOString();
  const count = open.count + 1;
  const answer = { number: open.number, joined: true, count };
  await tx.update(incidents).set({ count }).where(eq(incidents.number, open.number));
  await insertAll(tx, [
    newRows(incidentReports, [reportRow(identity, open.number, at)]),
    newRows(audit, [entryOf(identity, open.number, `report/${count}`, 'reported', at, { count })]),
    newRows(commands, [commandRow(identity, open.number, at, { kind: 'record', payload: null, answer })]),
  ]);
  return answer;
}

async function open(tx: Queryable, report: Report): Promise<StoredReport> {
  const { ctx, identity, rules, row } = report;
  const body = identity.body as IncidentInput;
  const at = ctx.now().toISOString();
  const playbook = readPlaybook(row);
  const [number = ''] = await takeNumbers(tx, 'IN', rules.calendar.localDate(at));
  const keys = affectedKeys(playbook.affected, body.facts ?? {}, body.orders);
  const affected = keys ? await findAffectedOrders(tx, { by: playbook.affected, keys }) : [];
  const finding = assessSeverity(
    playbook.severity,
    severityFacts(body.facts, affected, await countCustomersWithOpenOrders(tx)),
  );
  const severity = body.severity ?? finding.level;
  const batch = emptyBatch();
  const planned = (['acknowledge', 'confirm'] as const).map((kind) =>
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
    deadlines: planned,
  };
  const answer = { number, joined: false, count: 1 };
  const command = commandRow(identity, number, at, { kind: 'start', payload: { plan }, answer });
  const links = new Map(affected.map((order) => [order.number, becauseOf(playbook.affected, order.keys)]));
  for (const order of body.orders ?? []) links.set(order, links.get(order) ?? 'reported');
  const earlier = body.dedupKey === undefined ? undefined : await findEarlier(tx, body.dedupKey);
  await insertAll(tx, [
    newRows(incidents, [incidentRow(report, plan, { body, at, finding, earlier })]),
    newRows(incidentReports, [reportRow(identity, number, at)]),
    newRows(
      incidentOrders,
      [...links].map(([order, because]) => ({ incident: number, order, because, at })),
    ),
    newRows(deadlines, batch.deadlines),
    newRows(deadlineInstants, batch.instants),
    newRows(audit, [entryOf(identity, number, 'report', 'reported', at, { type: body.type, severity })]),
    newRows(commands, [command]),
  ]);
  return { ...answer, command };
}

function incidentRow(
  { identity, row }: Report,
  plan: IncidentPlan,
  about: { body: IncidentInput; at: string; finding: SeverityFinding; earlier: string | undefined },
): typeof incidents.$inferInsert {
  const { body, at, finding, earlier } = about;
  const overruled = body.severity !== undefined;
  const words = { zh: '报告人指定', en: 'named by who reported' };
  return {
    number: plan.number,
    type: body.type,
    playbookRevision: row.revision,
    summary: body.summary,
    source: body.source ?? principalRef(identity.principal),
    dedupKey: body.dedupKey ?? null,
    count: 1,
    facts: body.facts ?? {},
    recurrenceOf: earlier ?? null,
    drill: false,
    phase: 'reported',
    severity: plan.severity,
    severityBy: overruled ? principalRef(identity.principal) : 'rules',
    severityBecause: overruled ? words : finding.because,
    reportedBy: principalRef(identity.principal),
    reportedAt: at,
    policyRevision: plan.policyRevision,
    stateVersion: 0,
    createdAt: at,
  };
}

const reportRow = (
  { principal, body }: RequestIdentity,
  incident: string,
  at: string,
): typeof incidentReports.$inferInsert => {
  const { source, summary } = body as IncidentInput;
  const by = principalRef(principal);
  return { id: randomUUID(), incident, by, source: source ?? by, summary, at };
};

function entryOf(
  { principal }: RequestIdentity,
  number: string,
  step: string,
  action: string,
  at: string,
  detail: Record<string, unknown>,
): typeof audit.$inferInsert {
  return {
    key: `incident/${number}/${step}`,
    at,
    subject: number,
    actor: principalRef(principal),
    credential: principal.credential,
    action,
    detail,
  };
}

function commandRow(
  identity: RequestIdentity,
  number: string,
  at: string,
  about: Pick<CommandRow, 'kind' | 'payload' | 'answer'>,
): CommandRow {
  return newCommand(identity, {
    target: `incident/${number}`,
    name: 'incident',
    // The incident's own row holds what was sent.
    body: {},
    state: about.kind === 'start' ? 'pending' : 'done',
    createdAt: at,
    ...about,
  });
}

async function requireOrders(db: Queryable, numbers: readonly string[]): Promise<void> {
  if (numbers.length === 0) return;
  const rows = await db
    .select({ number: orders.number })
    .from(orders)
    .where(inArray(orders.number, [...numbers]));
  const known = new Set(rows.map(({ number }) => number));
  const unknown = numbers.findIndex((number) => !known.has(number));
  if (unknown >= 0) throw refuseField(`orders.${unknown}`, `there is no order ${numbers[unknown]}`);
}
