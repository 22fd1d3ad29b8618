import type { ChaseChange } from '../../contracts/chase-record.js';
import type { ChaseKind } from '../../domain/chase/shape.js';
import { planDeadline } from '../../domain/deadlines/plan-deadline.js';
import { closeActionItem, followActionItem } from '../action-items/follow-action-item.js';
import { assignTask } from './assign-task.js';
import type { ChaseContext } from './chase-context.js';
import { addDeadline } from './plan-rows.js';
import { finishTask, moveTask, settleDeadline, withdrawTask } from './task-changes.js';
import { tellOfChase } from './tell-of-chase.js';

type Of<K extends ChaseChange['do']> = Extract<ChaseChange, { do: K }>;
type Apply<K extends ChaseChange['do']> = (
  context: ChaseContext,
  change: Of<K>,
  actor: string,
) => void | Promise<void>;

/** What follows when a chase is done, by its kind; nothing where it has no line. */
const FOLLOWS: Partial<
  Record<ChaseKind, (context: ChaseContext, actor: string, effective: boolean) => void | Promise<void>>
> = {
  actionItem: (context, actor) => followActionItem(context, actor),
  effectCheck: (context, actor, effective) => closeActionItem(context, actor, effective),
};

/** Each change of a chase, and what it does to the record. A new kind of change is a line here. */
const APPLY: { [K in ChaseChange['do']]: Apply<K> } = {
  openTask: (context, change) => assignTask(context, change, context.chase.ownerId),
  finishTask: (context, { id }, actor) => finishTask(context, id, actor),
  withdrawTask,
  moveTask,
  settleDeadline,

  async openDeadline(context, { id, kind, round, from, rule }) {
    const { policy, calendar, revision } = await context.rules();
    const orderClass = context.class ?? 'normal';
    const planned = planDeadline({
      kind,
      orderClass,
      from,
      policy: policy.deadlines,
      rule,
      calendar,
      now: context.step.at,
    });
    const row = { id, subject: context.subject, round, class: orderClass, policyRevision: revision, planned };
    context.opened.push(addDeadline(context.batch, row));
  },

  async endChase(context, change, actor) {
    const { set, step, chase, body } = context;
    set.phase = change.phase;
    set.endedAt = step.at;
    if (change.phase === 'givenUp') {
      set.facts = { ...chase.facts, gaveUp: { by: actor, at: step.at, because: String(body.giveUp ?? '') } };
      return;
    }
    await FOLLOWS[chase.kind as ChaseKind]?.(context, actor, change.effective === true);
  },

  tellOfChase,
};

/** Applies the changes of a step in their order. */
export async function applyChaseChanges(context: ChaseContext, actor: string): Promise<void> {
  for (const change of context.step.changes) {
    await (APPLY[change.do] as Apply<typeof change.do>)(context, change as never, actor);
  }
}
