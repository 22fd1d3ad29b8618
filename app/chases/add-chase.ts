import type { ChasePlan } from '../../contracts/chase-state.js';
import { KINDS_OF_CHASE } from '../../domain/chase/kinds.js';
import type { ChaseKind, ChaseReader } from '../../domain/chase/shape.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import type { DeadlineClass } from '../../domain/deadlines/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { DurationRule, Instant } from '../../domain/time/shape.js';
import type { Rules } from '../load-rules.js';
import { addDeadline } from '../record/plan-rows.js';
import type { RecordBatch } from '../record/record-batch.js';
import { chaseSubject } from '../record/subject.js';

export interface ChaseToOpen {
  /** Taken from the series `CH`. */
  number: string;
  kind: ChaseKind;
  /** Whose task it is, and who gets it if they are there; null by on-call and load within the role. */
  role: Role;
  ownerId: string | null;
  /** By its ladder and its times: the class of the order, or the level of the incident, that it hangs on. */
  class: DeadlineClass;
  at: Instant;
  /** Who asked for it: a person’s id, or `redmark`. */
  by: string;
  order?: string | undefined;
  incident?: string | undefined;
  /** What it is about, words included; these stay on the record. */
  facts?: Record<string, unknown>;
  /** Ids that its task carries: `item`. */
  ids?: Record<string, string>;
  /** The instant itself, or a time of its own; else the policy’s for the kind. */
  dueAt?: Instant | undefined;
  rule?: DurationRule | undefined;
  /** Whom the task is never given to. */
  not?: readonly string[];
  /** Who is told besides those of the kind. */
  tell?: readonly ChaseReader[];
}

/**
 * Adds a chase to a batch, with its deadline and its instants, and answers the plan its workflow starts with: whoever
 * opens one writes it with what led to it, and its start as a command (design §3.2).
 */
export function addChase(batch: RecordBatch, rules: Rules, chase: ChaseToOpen): ChasePlan {
  const { number, kind, role, at, by, order, incident, facts = {}, ids = {}, not = [], tell = [] } = chase;
  const planned = planDeadline({
    kind,
    orderClass: chase.class,
    from: at,
    now: at,
    dueAt: chase.dueAt,
    rule: chase.rule,
    policy: rules.policy.deadlines,
    calendar: rules.calendar,
  });
  const deadline = addDeadline(batch, {
    id: `${number}.${kind}`,
    subject: chaseSubject(number),
    round: 1,
    class: chase.class,
    policyRevision: rules.revision,
    planned,
  });
  batch.chases.push({
    number,
    kind,
    orderNumber: order,
    incidentNumber: incident,
    facts: { ...facts, ...ids },
    phase: 'open',
    ownerId: chase.ownerId,
    policyRevision: rules.revision,
    // Named, for a row of several that another names would be null in it.
    stateVersion: 0,
    createdBy: by,
    createdAt: at,
  });
  const readers = KINDS_OF_CHASE[kind];
  return {
    number,
    kind,
    role,
    not: [...not],
    tell: [...new Set([...readers.tell, ...tell])],
    tellDone: [...readers.tellDone],
    order: order ?? null,
    incident: incident ?? null,
    facts: ids,
    openedAt: at,
    policyRevision: rules.revision,
    zone: rules.policy.workingTime.zone,
    rounds: { [kind]: 1 },
    deadlines: [deadline],
  };
}
