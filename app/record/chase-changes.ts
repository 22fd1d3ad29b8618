import type { ChaseChange } from '../../contracts/chase-record.js';
import type { ChaseKind } from '../../domain/chase/shape.js';
import { closeActionItem, followActionItem } from '../action-items/follow-action-item.js';
import { applyEach, type Changes } from './apply-each.js';
import { assignTask } from './assign-task.js';
import type { ChaseContext } from './chase-context.js';
import { openDeadline } from './open-deadline.js';
import { finishTask, moveTask, settleDeadline, withdrawTask } from './task-changes.js';
import { tellOfChase } from './tell-of-chase.js';

/** What follows when a chase is done, by its kind; nothing where it has no line. */
const FOLLOWS: Partial<
  Record<ChaseKind, (context: ChaseContext, actor: string, effective: boolean) => void | Promise<void>>
> = {
  actionItem: (context, actor) => followActionItem(context, actor),
  effectCheck: (context, actor, effective) => closeActionItem(context, actor, effective),
};

/** Each change of a chase, and what it does to the record. A new kind of change is a line here. */
const APPLY: Changes<ChaseContext, ChaseChange> = {
  openTask: (context, change) => assignTask(context, change, context.chase.ownerId),
  finishTask: (context, { id }, actor) => finishTask(context, id, actor),
  withdrawTask,
  moveTask,
  settleDeadline,

  openDeadline: (context, change) => openDeadline(context, change, { class: context.class ?? 'normal' }),

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
  await applyEach(APPLY, context, actor);
}
