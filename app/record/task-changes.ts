import { and, eq, inArray, sql } from 'drizzle-orm';
import { deadlineInstants, deadlines, tasks } from '../../db/schema/index.js';
import { addWrite, type ProcessContext } from './step-context.js';

/** What is done to tasks and deadlines is the same for orders and incidents. */
export function finishTask(context: ProcessContext, id: string, actor: string): void {
  const { db, step } = context;
  const done = {
    state: 'done' as const,
    result: context.body,
    finishedBy: actor,
    finishedCredential: step.actor?.credential,
    finishedAt: step.at,
  };
  addWrite(
    context,
    db
      .update(tasks)
      .set(done)
      .where(and(eq(tasks.id, id), eq(tasks.state, 'open'))),
  );
}

export function withdrawTask(context: ProcessContext, { id }: { id: string }): void {
  addWrite(
    context,
    context.db
      .update(tasks)
      .set({ state: 'withdrawn', finishedAt: context.step.at })
      .where(and(eq(tasks.id, id), eq(tasks.state, 'open'))),
  );
}

export function moveTask(context: ProcessContext, { id, deadline }: { id: string; deadline: string }): void {
  const dueAt = context.opened.find((opened) => opened.id === deadline)?.dueAt;
  addWrite(context, context.db.update(tasks).set({ deadlineId: deadline, dueAt }).where(eq(tasks.id, id)));
}

export function settleDeadline(
  context: ProcessContext,
  { id, as }: { id: string; as: 'met' | 'withdrawn' },
): void {
  const { db, step } = context;
  // A breach stays a breach, met late.
  const state = sql`case when ${deadlines.state} = 'breached' then 'breached' else ${as} end`;
  const from = as === 'met' ? (['open', 'breached', 'stopped'] as const) : (['open', 'stopped'] as const);
  addWrite(
    context,
    db
      .update(deadlines)
      .set({ state, metAt: as === 'met' ? step.at : null })
      .where(and(eq(deadlines.id, id), inArray(deadlines.state, from))),
  );
  addWrite(
    context,
    db
      .update(deadlineInstants)
      .set({ state: 'withdrawn', settledAt: step.at })
      .where(and(eq(deadlineInstants.deadlineId, id), eq(deadlineInstants.state, 'planned'))),
  );
}
