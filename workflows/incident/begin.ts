import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { startRun } from '../../domain/playbooks/interpret.js';
import type { Instant } from '../../domain/time/shape.js';
import { beginDraft, openTask, runningDeadline } from '../draft.js';
import { advance } from './advance.js';
import { type Draft, departmentOf, tell } from './draft.js';

/** The state of an incident whose process begins: the deadlines planned with the report, and nothing asked yet. */
export function initialState(plan: IncidentPlan): IncidentState {
  return {
    version: 0,
    phase: 'reported',
    severity: plan.severity,
    begun: false,
    acknowledged: false,
    activated: false,
    steps: startRun(plan.playbook),
    tasks: {},
    rounds: plan.rounds,
    deadlines: plan.deadlines,
    breached: false,
    events: [],
  };
}

/**
 * The owner is told and asked to confirm (P03.2–3, P13.6), the team is proposed (P12.2), those affected are found
 * (P03.5), and what may come before confirmation begins: isolating, holding shipments, staff safety.
 */
export function beginIncident(plan: IncidentPlan, state: IncidentState, at: Instant): Draft {
  const draft: Draft = beginDraft(plan, state, at);
  draft.next.begun = true;
  draft.changes.push({ do: 'linkParent' }, { do: 'linkAffected' }, { do: 'proposeTeam' });
  const task = openTask(draft, {
    name: `confirm.${plan.playbook.ownerRole}`,
    kind: 'confirm',
    role: plan.playbook.ownerRole,
    department: departmentOf(plan.playbook.ownerRole),
    assign: 'owner',
    deadline: runningDeadline(draft, 'confirm'),
  });
  tell(draft, 'incidentReported', [{ assigneesOf: [task] }, 'owner', 'orderManager', 'technicalSupport']);
  advance(draft);
  return draft;
}
