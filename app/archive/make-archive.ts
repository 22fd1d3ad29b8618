import type { IncidentRecord } from '../../db/queries/archive.js';
import { canonicalJson, sha256 } from '../canonical-json.js';

/** What the form of the archive is called; another form gets another name, and old archives keep theirs. */
export const ARCHIVE_FORM = 'redmark.incident/1';

/**
 * The sealed record of an incident (P16.4, P03.7) as canonical JSON, and the sha256 of its bytes: plan and playbook,
 * what happened when and by whom, who was told what, the orders affected, cause, lessons, measures. People and customers
 * stand by their ids, and no address is in it. Notices are as far as they had come when it was sealed.
 */
export function makeArchive(record: IncidentRecord): { archive: string; archiveHash: string } {
  const archive = canonicalJson(contentOf(record));
  return { archive, archiveHash: sha256(archive) };
}

function contentOf(record: IncidentRecord) {
  const { incident: i, playbook } = record;
  const review = record.tasks.findLast(({ kind, state }) => kind === 'review' && state === 'done');
  const report = record.tasks.findLast(({ kind, state }) => kind === 'report' && state === 'done');
  return {
    form: ARCHIVE_FORM,
    incident: {
      number: i.number,
      type: i.type,
      summary: i.summary,
      summaryWords: i.summaryWords,
      source: i.source,
      dedupKey: i.dedupKey,
      count: i.count,
      facts: i.facts,
      parent: i.parent,
      recurrenceOf: i.recurrenceOf,
      drill: i.drill,
      phase: i.phase,
      severity: i.severity,
      severityBy: i.severityBy,
      severityBecause: i.severityBecause,
      owner: i.ownerId,
      team: i.team,
      reportedBy: i.reportedBy,
      acknowledgedBy: i.acknowledgedBy,
      confirmedBy: i.confirmedBy,
      policyRevision: i.policyRevision,
      playbookRevision: i.playbookRevision,
    },
    times: {
      reported: i.reportedAt,
      acknowledged: i.acknowledgedAt,
      confirmed: i.confirmedAt,
      mitigated: i.mitigatedAt,
      resolved: i.resolvedAt,
      ended: i.endedAt,
    },
    playbook,
    rootCause: i.rootCause,
    lessons: review?.result ?? null,
    report: report?.result ?? null,
    reports: record.reports.map(({ by, source, summary, at }) => ({ by, source, summary, at })),
    orders: record.orders.map(({ order, because, at }) => ({ order, because, at })),
    steps: record.steps.map(({ incident: _, ...step }) => step),
    tasks: record.tasks.map((task) => ({
      id: task.id,
      kind: task.kind,
      role: task.role,
      department: task.department,
      round: task.round,
      assignee: task.assigneeId,
      assignedBecause: task.assignedBecause,
      facts: task.facts,
      state: task.state,
      openedAt: task.openedAt,
      dueAt: task.dueAt,
      result: task.result,
      finishedBy: task.finishedBy,
      finishedAt: task.finishedAt,
    })),
    deadlines: record.deadlines.map(({ id, kind, round, class: level, from, dueAt, state, metAt }) => ({
      id,
      kind,
      round,
      class: level,
      from,
      dueAt,
      state,
      metAt,
    })),
    instants: record.instants.map(({ instant: { reportedAt: _, ...instant } }) => instant),
    notices: record.told.map(({ recipient, channel, template, facts, state, createdAt, sentAt, readAt }) => ({
      to: recipient,
      channel,
      template,
      facts,
      state,
      createdAt,
      sentAt,
      readAt,
    })),
    timeline: record.changes.map(({ at, actor, credential, action, detail, outcome }) => ({
      at,
      actor,
      credential,
      action,
      detail,
      refusal: (outcome as { code?: string } | null)?.code ?? null,
    })),
    holds: record.held,
    actionItems: record.items.map(({ incident: _, ...item }) => item),
  };
}
