import type { OrderPlan, OrderState } from '../../contracts/order-state.js';
import type { Instant } from '../../domain/time/shape.js';
import { beginDraft, runningDeadline } from '../draft.js';
import { askForEvaluations } from './asks.js';
import { askForGround } from './classification.js';
import { type Draft, tell } from './draft.js';
import { stopWhatIsHeld } from './holds.js';

/** The state of an order whose process begins: the deadlines planned at intake, and nothing asked yet. */
export function initialState(plan: OrderPlan): OrderState {
  return {
    version: plan.recordVersion,
    phase: 'evaluating',
    class: plan.class,
    grade: plan.grade,
    begun: false,
    tasks: {},
    evaluations: {},
    rounds: plan.rounds,
    measure: null,
    promised: null,
    offered: null,
    projectedFinish: null,
    proposal: null,
    milestones: [],
    attempts: 0,
    deadlines: plan.deadlines,
    ...(plan.holds && { holds: plan.holds }),
    breached: false,
    events: [],
  };
}

/** P07.1–2, P05.2: the departments are told, the team of seven is named, the four evaluations are asked for. */
export function beginOrder(plan: OrderPlan, state: OrderState, at: Instant): Draft {
  const draft: Draft = beginDraft(plan, state, at);
  draft.next.begun = true;
  const evaluations = askForEvaluations(draft, plan.departments, runningDeadline(draft, 'evaluation'));
  const tasks =
    plan.class === 'critical' ? [...evaluations, askForGround(draft, plan.receivedAt)] : evaluations;
  // After the tasks: the team's leads are, where that fits, the people who evaluate.
  draft.changes.push({ do: 'nameTeam' });
  tell(draft, 'departmentsTold', [{ assigneesOf: tasks }, 'team', 'logistics']);
  tell(draft, 'orderReceived', ['customer']);
  if (plan.deliveryBeforeConfirmation) tell(draft, 'deliveryBeforeConfirmation', ['orderManager']);
  stopWhatIsHeld(draft);
  return draft;
}
