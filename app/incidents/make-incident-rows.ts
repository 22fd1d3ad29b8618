import { randomUUID } from 'node:crypto';
import type { Reported } from '../../contracts/incident-messages.js';
import type { IncidentPlan } from '../../contracts/incident-state.js';
import type { audit, incidentReports, incidents } from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { Words } from '../../domain/playbooks/shape.js';
import type { SeverityFinding } from '../../domain/severity/assess-severity.js';
import type { Instant } from '../../domain/time/shape.js';
import { type CommandRow, newCommand, type RequestIdentity } from '../idempotency.js';
import { principalRef } from '../principal.js';

const overruled = { zh: '报告人指定', en: 'named by who reported' };

/**
 * The row of a new incident. `earlier`: the incident of the same key that this one repeats; `words`: its summary in both
 * languages, where the product wrote it.
 */
export function makeIncidentRow(
  { principal, body }: RequestIdentity,
  plan: IncidentPlan,
  {
    finding,
    earlier,
    words,
  }: { finding: SeverityFinding; earlier?: string | undefined; words?: Words | undefined },
): typeof incidents.$inferInsert {
  const input = body as IncidentInput;
  const by = principalRef(principal);
  const isOverruled = input.severity !== undefined;
  return {
    number: plan.number,
    type: input.type,
    playbookRevision: plan.playbookRevision,
    summary: input.summary,
    summaryWords: words ?? null,
    source: input.source ?? by,
    dedupKey: input.dedupKey ?? null,
    count: 1,
    facts: input.facts ?? {},
    parent: input.parent ?? null,
    recurrenceOf: earlier ?? null,
    drill: false,
    phase: 'reported',
    severity: plan.severity,
    severityBy: isOverruled ? by : 'rules',
    severityBecause: isOverruled ? overruled : finding.because,
    reportedBy: by,
    reportedAt: plan.reportedAt,
    policyRevision: plan.policyRevision,
    stateVersion: 0,
    createdAt: plan.reportedAt,
  };
}

export function makeReportRow(
  { principal, body }: RequestIdentity,
  incident: string,
  at: Instant,
): typeof incidentReports.$inferInsert {
  const { source, summary } = body as IncidentInput;
  const by = principalRef(principal);
  return { id: randomUUID(), incident, by, source: source ?? by, summary, at };
}

export function makeReportEntry(
  { principal }: RequestIdentity,
  number: string,
  at: Instant,
  { step, detail }: { step: string; detail: Record<string, unknown> },
): typeof audit.$inferInsert {
  return {
    key: `incident/${number}/${step}`,
    at,
    subject: number,
    actor: principalRef(principal),
    credential: principal.credential,
    action: 'reported',
    detail,
  };
}

/** The report as a command: it starts the process of a new incident, or is done with the transaction that counts it. */
export function makeReportCommand(
  identity: RequestIdentity,
  number: string,
  at: Instant,
  about: Pick<CommandRow, 'kind' | 'payload' | 'answer'>,
): CommandRow {
  return newCommand(identity, {
    target: `incident/${number}`,
    name: 'incident',
    // The incident's own rows hold what was sent.
    body: {},
    state: about.kind === 'start' ? 'pending' : 'done',
    createdAt: at,
    ...about,
  });
}

/** What tells the process that reports have joined: the signal `reported`, delivered by the relay. */
export function makeReportedSignal(
  identity: RequestIdentity,
  number: string,
  at: Instant,
  count: number,
): CommandRow {
  const { principal } = identity;
  const row = newCommand(
    { ...identity, key: undefined },
    {
      kind: 'signal',
      target: `incident/${number}`,
      name: 'reported',
      body: {},
      payload: null,
      answer: null,
      state: 'pending',
      createdAt: at,
    },
  );
  const actor = { principal: principalRef(principal), credential: principal.credential };
  const payload: Reported = { id: row.id, actor, at, count };
  return { ...row, payload };
}
