import type { IncidentStepView } from '../../contracts/http-incidents.js';
import type { FoundIncident } from '../../db/queries/incident-view.js';
import { resolveRuns, startRun } from '../../domain/playbooks/interpret.js';
import type { Step, Words } from '../../domain/playbooks/shape.js';

export const instantOf = (text: string) => new Date(text).toISOString();
export const instantOrNull = (text: string | null) => (text === null ? null : instantOf(text));

/** Everybody whom an incident's record names, by principal. */
export function* namesIn({ incident, steps, tasks, reports }: FoundIncident): Generator<string> {
  const { ownerId, reportedBy, acknowledgedBy, confirmedBy, severityBy } = incident;
  for (const id of [ownerId, reportedBy, acknowledgedBy, confirmedBy, severityBy]) if (id) yield id;
  yield* Object.values(incident.team ?? {});
  for (const { by } of steps) if (by) yield by;
  for (const { assigneeId } of tasks) if (assigneeId) yield assigneeId;
  for (const { by } of reports) yield by;
}

/**
 * The playbook's steps in its order, each with what became of it so far: what failed is there with its reason, what has
 * not begun as well, and what this run leaves out is shown as such.
 */
export function viewSteps(
  { incident, playbook, steps, tasks }: FoundIncident,
  named: (id: string | null) => { id: string; name: string } | null,
): IncidentStepView[] {
  const rows = new Map(steps.map((row) => [row.key, row]));
  const runs = startRun(playbook).map((run) => {
    const row = rows.get(run.key);
    return row ? { key: run.key, state: row.state, outcome: row.outcome ?? undefined } : run;
  });
  const states = new Map(
    resolveRuns(playbook, runs, incident.severity).map(({ key, state }) => [key, state]),
  );
  return playbook.steps.map((step) => {
    const { key, phase, kind, title, role, minSeverity, beforeConfirmation, needs } = step;
    const row = rows.get(key);
    return {
      key,
      phase,
      kind,
      title,
      role,
      minSeverity,
      beforeConfirmation,
      needs,
      state: states.get(key) ?? 'waiting',
      outcome: row?.outcome ?? null,
      outcomeWords: optionWords(step, row?.outcome),
      said: row?.said ?? null,
      openedAt: instantOrNull(row?.openedAt ?? null),
      settledAt: instantOrNull(row?.settledAt ?? null),
      by: named(row?.by ?? null),
      tasks: tasks
        .filter((task) => task.step === key)
        .map(({ id, state, assigneeId, dueAt }) => {
          return { id, state, assignee: named(assigneeId), dueAt: instantOrNull(dueAt) };
        }),
    };
  });
}

/** What was chosen; of customers who were asked, all that some of them chose. */
function optionWords(step: Step, outcome: string | null | undefined): Words | null {
  if (step.kind !== 'decision' || !outcome) return null;
  const chosen = outcome.split(',');
  const labels = step.options.filter(({ key }) => chosen.includes(key)).map(({ label }) => label);
  if (labels.length === 0) return null;
  return { zh: labels.map(({ zh }) => zh).join('、'), en: labels.map(({ en }) => en).join(', ') };
}
