import { eq } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import type { IncidentState } from '../../contracts/incident-state.js';
import { findIncidentFacts } from '../../db/queries/record-step.js';
import { incidents } from '../../db/schema/index.js';
import { ENDED_INCIDENT_PHASES } from '../../domain/incident/shape.js';
import { sealIncident } from '../archive/seal-incident.js';
import { authoriseIncident } from './authorise-incident.js';
import { createFireInstants } from './fire-instants.js';
import { applyIncidentChanges } from './incident-changes.js';
import { type IncidentContext, openIncidentStep } from './incident-context.js';
import { createRecordStep } from './record-step.js';
import { incidentSubject } from './subject.js';
import { unlessOvertaken } from './write-batch.js';

/** One record transaction of an incident's process; see {@link createRecordStep}. */
export const recordIncidentStep = createRecordStep<IncidentState, IncidentChange, IncidentContext>({
  async open(db, step) {
    const { key, number, command, actor } = step;
    const facts = await findIncidentFacts(db, { key, number, command, person: actor?.principal });
    return (
      facts && { row: facts.incident, outcome: facts.outcome, context: openIncidentStep(db, step, facts) }
    );
  },
  authorise: authoriseIncident,
  apply: applyIncidentChanges,
  save: ({ db, incident, set, step }, state, entry) =>
    unlessOvertaken(
      db,
      incidents,
      incident,
      { ...set, stateVersion: state.version, workflowRunId: step.workflowRunId, resume: state },
      entry,
    ),
  seal: ({ incident, set }) =>
    (ENDED_INCIDENT_PHASES as readonly (string | undefined)[]).includes(set.phase)
      ? (tx) => sealIncident(tx, incident.number)
      : undefined,
});

/** What falls due of an incident; see {@link createFireInstants}. */
export const fireIncidentInstants = createFireInstants<IncidentState>({
  async lock(db, number) {
    const [incident] = await db.select().from(incidents).where(eq(incidents.number, number)).for('update');
    return incident;
  },
  subject: incidentSubject,
  save: (db, number, change) => db.update(incidents).set(change).where(eq(incidents.number, number)),
});
