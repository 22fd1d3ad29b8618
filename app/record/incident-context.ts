import type { IncidentChange } from '../../contracts/incident-record.js';
import type { IncidentState } from '../../contracts/incident-state.js';
import type { RecordStepOf } from '../../contracts/record.js';
import type { Queryable } from '../../db/connect.js';
import type { IncidentFacts } from '../../db/queries/record-step.js';
import type { incidentSteps, incidents } from '../../db/schema/index.js';
import type { Words } from '../../domain/playbooks/shape.js';
import { openProcess, type ProcessContext } from './step-context.js';
import { incidentSubject } from './subject.js';

export type IncidentStep = RecordStepOf<IncidentState, IncidentChange>;

/** A step of an incident. */
export interface IncidentContext
  extends ProcessContext,
    Pick<IncidentFacts, 'incident' | 'playbook' | 'affected'> {
  step: IncidentStep;
  learnt: Partial<Pick<IncidentState, 'owner' | 'assessed' | 'choices' | 'parent' | 'parentReviewed'>>;
  /** Columns of the incident that this step changes. */
  set: Partial<typeof incidents.$inferInsert>;
  /** Steps of the playbook that change, by key, as they stand in the end: no row may be written twice. */
  marks: Map<string, Mark>;
  /** What an action of this step did, in plain words, by the step of the playbook. */
  said: Map<string, Words>;
  /** What the task of an action is to know that was begun in this step, by the step of the playbook. */
  begun: Map<string, Record<string, unknown>>;
  /** How many holds this step gives a normal order, whose ids the record gives. */
  holdsGiven: Map<string, number>;
}

export type Mark = Pick<typeof incidentSteps.$inferInsert, 'state' | 'outcome' | 'settledAt' | 'by'>;

export function openIncidentStep(db: Queryable, step: IncidentStep, facts: IncidentFacts): IncidentContext {
  const { incident, playbook, affected } = facts;
  const shared = openProcess(db, step, { subject: incidentSubject(incident.number), row: incident, facts });
  return {
    ...shared,
    step,
    incident,
    playbook,
    affected: [...affected],
    set: {},
    marks: new Map(),
    said: new Map(),
    begun: new Map(),
    holdsGiven: new Map(),
  };
}
