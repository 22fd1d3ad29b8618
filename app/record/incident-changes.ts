import { sql } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import { incidentOrders, incidentSteps } from '../../db/schema/index.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import { ENDED_INCIDENT_PHASES } from '../../domain/incident/shape.js';
import { followReview } from '../action-items/follow-review.js';
import { findAffected } from '../incidents/find-affected.js';
import { partiesToTell } from './affected-parties.js';
import { applyEach, type Changes } from './apply-each.js';
import { assignTask } from './assign-task.js';
import { answerChoice, askCustomers, askLaterCustomers, chosenBy } from './customer-choices.js';
import { recordExpediteAnswer } from './expedite-supply.js';
import { releaseHolds } from './hold-shipments.js';
import { actBy } from './incident-actions.js';
import type { IncidentContext } from './incident-context.js';
import { askParent, linkParent, recordParentCause, tellChildren } from './incident-family.js';
import { handOver, proposeTeam, setTeam } from './incident-people.js';
import { openDeadline } from './open-deadline.js';
import { reachOrders } from './reach-orders.js';
import { assess, reassess } from './reassess-incident.js';
import { addWrite } from './step-context.js';
import { finishTask, moveTask, settleDeadline, withdrawTask } from './task-changes.js';
import { tellAffected } from './tell-affected.js';
import { tellOfIncident } from './tell-of-incident.js';

/** Each change of an incident, and what it does to the record. A new kind of change is a line here. */
const APPLY: Changes<IncidentContext, IncidentChange> = {
  async openTask(context, change) {
    // What was begun stands in the task for what comes of it.
    const step = String(change.facts?.step);
    const said = context.said.get(step);
    const begun = {
      ...(said && { said }),
      ...context.begun.get(step),
      ...chosenBy(context, step),
      ...(await askCustomers(context, change)),
      ...(await partiesToTell(context, change)),
    };
    const task = { ...change, facts: { ...change.facts, ...begun } };
    return assignTask(context, task, context.set.ownerId ?? context.incident.ownerId);
  },
  async finishTask(context, { id }, actor) {
    finishTask(context, id, actor);
    await recordExpediteAnswer(context, id, actor);
  },
  withdrawTask,
  moveTask,
  settleDeadline,

  openDeadline: (context, change) =>
    openDeadline(context, change, { class: levelClass(context.set.severity ?? context.incident.severity) }),

  proposeTeam,
  setTeam,
  handOver,
  reassess,
  linkParent,
  askParent,
  tellChildren,
  recordParentCause,
  answerChoice,

  async linkAffected(context) {
    const { db, incident, playbook, step, affected } = context;
    const found = await findAffected(db, playbook, incident.facts);
    const news = found.filter(({ number }) => !affected.includes(number));
    affected.push(...news.map(({ number }) => number));
    const rows = news.map((order) => ({
      incident: incident.number,
      order: order.number,
      because: order.because,
      at: step.at,
    }));
    if (rows.length > 0) addWrite(context, db.insert(incidentOrders).values(rows).onConflictDoNothing());
    await reachOrders(context);
    await askLaterCustomers(context);
  },

  acknowledge({ set, step }, { undo }, actor) {
    set.acknowledgedBy = undo ? null : actor;
    set.acknowledgedAt = undo ? null : step.at;
  },

  confirm({ set, step }, _change, actor) {
    set.confirmedBy = actor;
    set.confirmedAt = step.at;
  },

  enterIncidentPhase({ set, step }, { phase }) {
    set.phase = phase;
    if (phase === 'mitigated') set.mitigatedAt = step.at;
    if (phase === 'resolved') set.resolvedAt = step.at;
    if ((ENDED_INCIDENT_PHASES as readonly string[]).includes(phase)) set.endedAt = step.at;
  },

  async setSeverity(context, { severity, by }, actor) {
    const { set, body } = context;
    set.severity = severity;
    if (by === 'rules') {
      set.severityBecause = (await assess(context)).because;
      return;
    }
    const reason = String(body.reason ?? body.note ?? '');
    set.severityBy = actor;
    set.severityBecause = { zh: reason, en: reason };
  },

  markStep(context, { key, state, outcome }, actor) {
    const { marks, step } = context;
    if (state === 'done') noteMeeting(context, key);
    const settledAt = state === 'open' ? null : step.at;
    marks.set(key, { state, outcome: outcome ?? null, settledAt, by: actor });
  },

  act: (context, { step }) => actBy(context, step),
  releaseHolds,

  async recordCause(context, { category }, actor) {
    context.set.rootCause = { category, words: String(context.body.words ?? '') };
    await followReview(context, category, actor);
  },

  tellOfIncident,
  tellAffected,
};

/** Applies the changes of a step in their order. */
export async function applyIncidentChanges(context: IncidentContext, actor: string): Promise<void> {
  await applyEach(APPLY, context, actor);
  writeMarks(context);
}

/** P14.7: a meeting's attendance and conclusion are a decision on record, with whoever wrote it down. */
function noteMeeting({ body, playbook, said }: IncidentContext, key: string): void {
  const step = playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'action' || step.action !== 'convene') return;
  const conclusion = body.conclusion ?? body.note;
  if (typeof conclusion !== 'string' || conclusion === '') return;
  const here = Array.isArray(body.attended) ? body.attended.length : 0;
  said.set(key, {
    zh: `会议已召开${here > 0 ? `，参加${here}人` : ''}。结论：${conclusion}`,
    en: `The meeting was held${here > 0 ? ` (${here} attended)` : ''}. Conclusion: ${conclusion}`,
  });
}

function writeMarks(context: IncidentContext): void {
  const { db, incident, marks, said, step } = context;
  if (marks.size === 0) return;
  const rows = [...marks].map(([key, mark]) => ({
    incident: incident.number,
    key,
    openedAt: step.at,
    ...mark,
    said: said.get(key) ?? null,
  }));
  const excluded = (column: string) => sql.raw(`excluded.${column}`);
  addWrite(
    context,
    db
      .insert(incidentSteps)
      .values(rows)
      .onConflictDoUpdate({
        target: [incidentSteps.incident, incidentSteps.key],
        set: {
          state: excluded('state'),
          outcome: excluded('outcome'),
          settledAt: excluded('settled_at'),
          by: excluded('by'),
          // What it did when it began is still what it did when it ends.
          said: sql`coalesce(excluded.said, ${incidentSteps.said})`,
        },
      }),
  );
}
