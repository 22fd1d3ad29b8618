import type { ChasePlan, ChaseState } from '../../contracts/chase-state.js';
import { DEPARTMENTS } from '../../domain/roles/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { beginDraft, openTask, runningDeadline } from '../draft.js';
import { type Draft, tell } from './draft.js';

/** The state of a chase that begins: its deadline runs, and nothing is asked yet. */
export function initialState(plan: ChasePlan): ChaseState {
  return {
    version: 0,
    phase: 'open',
    begun: false,
    tasks: {},
    rounds: plan.rounds,
    deadlines: plan.deadlines,
    breached: false,
    events: [],
  };
}

/** Its one task, and who is told of it. */
export function beginChase(plan: ChasePlan, state: ChaseState, at: Instant): Draft {
  const draft: Draft = beginDraft(plan, state, at);
  draft.next.begun = true;
  const { kind, role } = plan;
  const task = openTask(draft, {
    name: `${kind}.${role}`,
    kind,
    role,
    // A manager's task belongs to no department.
    department: (DEPARTMENTS as readonly string[]).includes(role) ? role : 'management',
    assign: 'owner',
    not: plan.not,
    deadline: runningDeadline(draft, kind),
    facts: plan.facts,
  });
  tell(draft, 'chaseOpened', [{ assigneesOf: [task] }, ...plan.tell]);
  return draft;
}
