import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Change } from '../../contracts/record.js';
import { deadlineInstants, deadlines, holds, tasks } from '../../db/schema/index.js';
import { deadlineUnit } from '../../domain/deadlines/deadline-unit.js';
import { resumeInstant, type Stop } from '../../domain/deadlines/resume-deadline.js';
import { ruleFor } from '../../domain/deadlines/rule-for.js';
import { addWrite, type StepContext } from './step-context.js';

type Of<K extends Change['do']> = Extract<Change, { do: K }>;

export function hold(context: StepContext, change: Of<'hold'>, actor: string): void {
  const { db, order, step, body } = context;
  const { do: _, owner, ...asked } = change;
  const row: typeof holds.$inferInsert = {
    ...asked,
    order: order.number,
    ownerId: owner,
    note: typeof body.note === 'string' ? body.note : null,
    heldBy: actor,
    heldAt: step.at,
  };
  addWrite(context, db.insert(holds).values(row));
}

/** Released once: what was released before stays as it was. */
export function releaseHold(context: StepContext, { id, because }: Of<'releaseHold'>, actor: string): void {
  const { db, step, body } = context;
  const words = because === 'released' && typeof body.note === 'string' ? body.note : because;
  addWrite(
    context,
    db
      .update(holds)
      .set({ releasedBy: actor, releasedAt: step.at, releasedBecause: words })
      .where(and(eq(holds.id, id), isNull(holds.releasedAt))),
  );
}

/**
 * The deadline stands still: its instants stay planned, and are nobody's to fire while it does. Who works on what it is
 * for has no time to be measured by.
 */
export function stopDeadline(context: StepContext, { id }: Of<'stopDeadline'>): void {
  const { db, batch } = context;
  const opened = batch.deadlines.find((deadline) => deadline.id === id);
  if (opened) {
    opened.state = 'stopped';
    context.opened.splice(0, context.opened.length, ...context.opened.filter((one) => one.id !== id));
    return;
  }
  addWrite(
    context,
    db
      .update(deadlines)
      .set({ state: 'stopped' })
      .where(and(eq(deadlines.id, id), eq(deadlines.state, 'open'))),
  );
  addWrite(context, setDue(context, id, null));
}

/** It runs again, each instant with the time before it that it had; the record plans it, by its own calendar. */
export async function resumeDeadline(
  context: StepContext,
  { id, since }: Of<'resumeDeadline'>,
): Promise<void> {
  const { db, step } = context;
  const [deadline] = await db.select().from(deadlines).where(eq(deadlines.id, id));
  if (deadline?.state !== 'stopped') throw new Error(`deadline ${id} does not stand still on record`);
  const { kind, basis } = deadline;
  const { policy, calendar } = await context.rules();
  const rule = ruleFor(policy.deadlines, deadline.class as Parameters<typeof ruleFor>[1], kind);
  const unit = deadlineUnit({ kind, basis: basis as Parameters<typeof deadlineUnit>[0]['basis'], rule });
  const stop: Stop = { stoppedAt: since, resumedAt: step.at, unit, calendar };
  const dueAt = resumeInstant(deadline.dueAt, stop);
  const provisional = deadline.provisional || calendar.isProvisional(step.at, dueAt);
  const planned = await db
    .select()
    .from(deadlineInstants)
    .where(and(eq(deadlineInstants.deadlineId, id), eq(deadlineInstants.state, 'planned')));
  const instants = planned.map(({ kind: of, index, at }) => {
    const moved = resumeInstant(at, stop);
    return { kind: of, index, at: of === 'breach' || moved > dueAt ? dueAt : moved };
  });
  addWrite(
    context,
    db.update(deadlines).set({ state: 'open', dueAt, provisional }).where(eq(deadlines.id, id)),
  );
  if (instants.length > 0) addWrite(context, moveInstants(id, instants));
  addWrite(context, setDue(context, id, dueAt));
  context.opened.push({ id, kind, dueAt, provisional, instants });
}

function setDue({ db }: StepContext, deadline: string, dueAt: string | null) {
  return db
    .update(tasks)
    .set({ dueAt })
    .where(and(eq(tasks.deadlineId, deadline), eq(tasks.state, 'open')));
}

function moveInstants(id: string, instants: { kind: string; index: number; at: string }[]): SQL {
  const moved = sql.join(
    instants.map(({ kind, index, at }) => sql`(${kind}::text, ${index}::int, ${at}::timestamptz)`),
    sql`, `,
  );
  return sql`update deadline_instants i set at = m.at from (values ${moved}) m (kind, index, at)
    where i.deadline_id = ${id} and i.kind = m.kind and i.index = m.index and i.state = 'planned'`;
}
