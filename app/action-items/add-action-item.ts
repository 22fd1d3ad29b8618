import type { ChasePlan } from '../../contracts/chase-state.js';
import type { ChaseReader } from '../../domain/chase/shape.js';
import type { DeadlineClass } from '../../domain/deadlines/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { DurationRule, Instant } from '../../domain/time/shape.js';
import { addChase } from '../chases/add-chase.js';
import type { Rules } from '../load-rules.js';
import type { RecordBatch } from '../record/record-batch.js';

export interface ActionItemToOpen {
  /** `IN-20261123-0001.actionItem`, from the second on `….2`. */
  id: string;
  incident: string;
  /** The step of the playbook that asks for it, if one does. */
  step?: string | undefined;
  what: string;
  owner: { id: string; role: Role };
  /** Of the incident's level. */
  class: DeadlineClass;
  dueAt?: Instant | undefined;
  rule?: DurationRule | undefined;
  at: Instant;
  by: string;
  /** The number of the chase that sees to it. */
  chase: string;
  tell?: readonly ChaseReader[];
}

/** 整改措施 (P16.7): adds one to a batch with the chase that sees to it; answers the chase's plan. */
export function addActionItem(batch: RecordBatch, rules: Rules, item: ActionItemToOpen): ChasePlan {
  const { id, incident, step, what, owner, at, by, chase } = item;
  const plan = addChase(batch, rules, { ...chaseOf(item), number: chase });
  batch.actionItems.push({
    id,
    incident,
    step,
    what,
    ownerId: owner.id,
    dueAt: dueOf(plan),
    state: 'open',
    chase,
    openedBy: by,
    openedAt: at,
    reopened: 0,
  });
  return plan;
}

/** The chase of an action item, of a new one or of one that is open again. */
export function chaseOf({
  id,
  incident,
  owner,
  class: level,
  dueAt,
  rule,
  at,
  by,
  tell,
}: Omit<ActionItemToOpen, 'step' | 'what' | 'chase'>) {
  return {
    kind: 'actionItem' as const,
    role: owner.role,
    ownerId: owner.id,
    class: level,
    at,
    by,
    incident,
    ids: { item: id },
    dueAt,
    rule,
    tell,
  };
}

/** When the task of a chase is due. */
export function dueOf({ number, deadlines }: ChasePlan): Instant {
  const [deadline] = deadlines;
  if (!deadline) throw new Error(`${number} has no deadline`);
  return deadline.dueAt;
}

/** `IN-….actionItem`, from the second on `….2`. `before`: how many the incident has. */
export function actionItemId(incident: string, before: number): string {
  return before === 0 ? `${incident}.actionItem` : `${incident}.actionItem.${before + 1}`;
}
