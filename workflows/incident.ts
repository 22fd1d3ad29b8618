import { continueAsNew, setHandler } from '@temporalio/workflow';
import {
  acknowledgeSchema,
  decideSchema,
  handOverSchema,
  incidentTaskDoneSchema,
  parentReviewedSchema,
  reportedSchema,
  resolveSchema,
  retryStepSchema,
  setSeveritySchema,
  setTeamSchema,
  skipStepSchema,
} from '../contracts/incident-messages.js';
import type { IncidentState, IncidentWorkflowInput } from '../contracts/incident-state.js';
import { ENDED_INCIDENT_PHASES } from '../domain/incident/shape.js';
import { aboutCommand } from './incident/about-command.js';
import { beginIncident, initialState } from './incident/begin.js';
import { describeIncident } from './incident/details.js';
import type { IncidentCommand } from './incident/incident-command.js';
import { lapses, owes } from './incident/owes.js';
import { takeCommand } from './incident/take-command.js';
import * as messages from './messages.js';
import { createProcess } from './process.js';
import { record } from './record.js';
import { refuseUnreadable } from './refuse-unreadable.js';

/** How an incident ended. */
export interface IncidentResult {
  number: string;
  phase: string;
}

/**
 * 突发情况: reported → confirmed → responding → mitigated → resolved → reviewed → archived (P16.3). It interprets the
 * playbook that was pinned with the report; it knows no type of incident.
 */
export async function incident({
  plan,
  resume,
  unsent = [],
}: IncidentWorkflowInput): Promise<IncidentResult> {
  const process = createProcess({
    plan,
    state: resume ?? initialState(plan),
    unsent,
    record: { step: record.recordIncidentStep, fire: record.fireIncidentInstants },
    begin: (state, at) => ({ key: 'begin/1', draft: beginIncident(plan, state, at) }),
    take: (state, command: IncidentCommand) => takeCommand(plan, state, command),
    about: aboutCommand,
    owes: (state, at) => owes(plan, state, at),
    lapses: (state) => lapses(plan, state),
    isOver: (state) => hasEnded(state) && Object.keys(state.tasks).length === 0,
    // A report that comes when it is over joined one that nobody re-opens (design §5).
    passesOver: (_state, { name }) => name === 'reported' || name === 'parentReviewed',
    details: (state) => describeIncident(plan, state),
    attributes: ({ severity, owner }) => ({
      Severity: [severity],
      Owner: owner === undefined ? [] : [owner],
    }),
    goOn: (state) => continueAsNew<typeof incident>({ plan, resume: state }),
  });
  const { inbox } = process;

  // Buffered messages run at these very lines: the state stands before them.
  setHandler(messages.incidentState, process.state);
  setHandler(messages.completeIncidentTask, (message) => inbox.ask({ name: 'completeTask', ...message }), {
    validator: refuseUnreadable(incidentTaskDoneSchema),
  });
  setHandler(messages.acknowledge, (message) => inbox.ask({ name: 'acknowledge', ...message }), {
    validator: refuseUnreadable(acknowledgeSchema),
  });
  setHandler(messages.decide, (message) => inbox.ask({ name: 'decide', ...message }), {
    validator: refuseUnreadable(decideSchema),
  });
  setHandler(messages.setSeverity, (message) => inbox.ask({ name: 'setSeverity', ...message }), {
    validator: refuseUnreadable(setSeveritySchema),
  });
  setHandler(messages.skipStep, (message) => inbox.ask({ name: 'skipStep', ...message }), {
    validator: refuseUnreadable(skipStepSchema),
  });
  setHandler(messages.retryStep, (message) => inbox.ask({ name: 'retryStep', ...message }), {
    validator: refuseUnreadable(retryStepSchema),
  });
  setHandler(messages.resolve, (message) => inbox.ask({ name: 'resolve', ...message }), {
    validator: refuseUnreadable(resolveSchema),
  });

  setHandler(messages.setTeam, (message) => inbox.ask({ name: 'setTeam', ...message }), {
    validator: refuseUnreadable(setTeamSchema),
  });
  setHandler(messages.handOver, (message) => inbox.ask({ name: 'handOver', ...message }), {
    validator: refuseUnreadable(handOverSchema),
  });
  // A signal has no validator: what cannot be read is nothing that anybody reported.
  setHandler(messages.reported, (message) => {
    if (reportedSchema.safeParse(message).success) inbox.push({ name: 'reported', ...message });
  });
  setHandler(messages.parentReviewed, (message) => {
    if (parentReviewedSchema.safeParse(message).success) inbox.push({ name: 'parentReviewed', ...message });
  });

  const { phase } = await process.run();
  return { number: plan.number, phase };
}

function hasEnded({ phase }: IncidentState): boolean {
  return (ENDED_INCIDENT_PHASES as readonly string[]).includes(phase);
}
