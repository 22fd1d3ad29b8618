import type { NoticeAffectedOrder, NoticeIncidentRow } from '../../db/queries/notice-incident.js';
import { isNotice } from '../../domain/playbooks/actions/shape.js';
import { optionsOf } from '../../domain/playbooks/interpret.js';
import type { Playbook, Words } from '../../domain/playbooks/shape.js';
import type { DeadlineFacts } from '../../domain/wording/facts.js';
import type { IncidentTold, OwnOrder, SimilarIncident } from '../../domain/wording/incident-told.js';
import type { Links } from '../links.js';
import { toUtc } from './order-facts.js';

/** Brings an incident from the record into the shape that wording reads. */
export function toIncidentTold(row: NoticeIncidentRow): IncidentTold {
  const { facts, playbook } = row;
  const deadlines = (row.deadlines ?? []).map(({ id, kind, due_at, provisional, state }) => {
    return { id, kind, dueAt: toUtc(due_at), provisional, state };
  });
  return {
    number: row.number,
    name: playbook.name,
    summary: summaryOf(row),
    count: row.count,
    source: row.source,
    drill: row.drill,
    severity: row.severity,
    severityBecause: row.severity_because.zh === '' ? null : row.severity_because,
    phase: row.phase,
    reportedAt: toUtc(row.reported_at),
    reporterName: row.reporter_name,
    confirmedAt: row.confirmed_at && toUtc(row.confirmed_at),
    confirmerName: row.confirmer_name,
    resolvedAt: row.resolved_at && toUtc(row.resolved_at),
    owner: row.owner,
    team: playbook.team.flatMap(({ key, name }) => {
      const person = row.team?.[key];
      const named = person === undefined ? undefined : row.team_names?.[person];
      return person === undefined || named === undefined ? [] : [{ role: name, name: named, person }];
    }),
    concerns: {
      supplier: row.supplier_name ?? facts.supplier ?? null,
      skus: facts.skus ?? [],
      warehouse: facts.warehouse ?? null,
      carrier: facts.carrier ?? null,
      region: facts.region ?? null,
      endpoint: facts.endpoint ?? null,
      purchaseOrder: facts.purchaseOrder ?? null,
      shipment: facts.shipment ?? null,
      payment: facts.payment ?? null,
      delayHours: facts.delayHours ?? null,
      peopleInDanger: facts.peopleInDanger === true,
    },
    scope: row.scope,
    own: { orders: [], purchases: [] },
    cause: row.root_cause && causeOf(playbook, row.root_cause),
    report: reportOf(row),
    deadlines,
    nextUpdateAt: row.resolved_at === null ? nextUpdate(deadlines) : null,
    contained: isContained(row),
    playbook,
    done: doneSteps(row),
    similar: (row.similar ?? []).map((one) => toSimilar(one, playbook)),
  };
}

/** What a person wrote is the same in every language; what the product wrote is in the reader's. */
function summaryOf({ summary, summary_words }: Pick<NoticeIncidentRow, 'summary' | 'summary_words'>): Words {
  return summary_words ?? { zh: summary, en: summary };
}

/** Of the affected orders, what their own customer reads. */
export function toOwnOrders(rows: readonly NoticeAffectedOrder[], links: Links): OwnOrder[] {
  return rows.map((row) => ({
    number: row.number,
    customerReference: row.customer_reference,
    requestedDelivery: row.requested_delivery,
    promisedDelivery: row.promised_delivery,
    trackingLink: links.viewLink({ order: row.number, trackingVersion: row.tracking_version }),
    salesOwner: row.sales_owner,
  }));
}

function nextUpdate(deadlines: readonly DeadlineFacts[]): string | null {
  const open = deadlines.filter(({ kind, state }) => kind === 'update' && state === 'open');
  return open.at(-1)?.dueAt ?? null;
}

/** The temporary solution stands once something was done to contain it and nothing of that is left to do. */
function isContained({ phase, playbook, severity, steps }: NoticeIncidentRow): boolean {
  if (phase !== 'reported' && phase !== 'responding') return true;
  const states = new Map((steps ?? []).map(({ key, state }) => [key, state]));
  const containing = playbook.steps.filter(
    (step) => step.phase === 'contain' && step.minSeverity <= severity && states.get(step.key) !== 'leftOut',
  );
  return (
    containing.length > 0 &&
    containing.every(({ key }) => ['done', 'skipped'].includes(states.get(key) ?? ''))
  );
}

/** What was done, without the telling itself: who reads it was told. */
function doneSteps({ playbook, steps }: NoticeIncidentRow): Words[] {
  const done = new Set((steps ?? []).flatMap(({ key, state }) => (state === 'done' ? key : [])));
  return playbook.steps.flatMap((step) => {
    const isTelling = step.kind === 'action' && (isNotice(step.action) || step.action === 'convene');
    return done.has(step.key) && !isTelling ? [step.title] : [];
  });
}

function reportOf({ tasks }: NoticeIncidentRow): string | null {
  const note = tasks?.findLast(({ kind, state }) => kind === 'report' && state === 'done')?.result?.note;
  return typeof note === 'string' ? note : null;
}

function causeOf(playbook: Playbook, { category, words }: { category: string; words: string }) {
  const found = playbook.causes.find(({ key }) => key === category);
  return { category: found?.name ?? { zh: category, en: category }, words: words === '' ? null : words };
}

// It had a revision of its own: a step or an option that this one has no more is left out.
function toSimilar(
  row: NonNullable<NoticeIncidentRow['similar']>[number],
  playbook: Playbook,
): SimilarIncident {
  const worked = row.review?.worked;
  return {
    number: row.number,
    at: toUtc(row.at),
    summary: summaryOf(row),
    supplier: row.supplier_name,
    skus: row.skus,
    cause: row.cause && causeOf(playbook, row.cause),
    chosen: (row.chosen ?? []).flatMap(({ key, outcome }): { step: Words; option: Words }[] => {
      const step = playbook.steps.find((one) => one.key === key);
      if (step?.kind !== 'decision') return [];
      const options = step.options.filter((one) => optionsOf(outcome).includes(one.key));
      return options.map(({ label }) => ({ step: step.title, option: label }));
    }),
    worked: typeof worked === 'string' && worked !== '' ? worked : null,
  };
}
