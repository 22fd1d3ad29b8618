import { and, asc, eq, ne } from 'drizzle-orm';
import type { Queryable } from '../connect.js';
import { chases, deadlines, tasks } from '../schema/index.js';

export type FoundChase = NonNullable<Awaited<ReturnType<typeof findChase>>>;

/** A chase with its task and its deadline; the task is not there before its process has begun. */
export async function findChase(db: Queryable, number: string) {
  const [found] = await db
    .select({
      chase: chases,
      task: tasks.id,
      role: tasks.role,
      dueAt: deadlines.dueAt,
      deadline: deadlines.state,
    })
    .from(chases)
    .leftJoin(tasks, and(eq(tasks.chaseNumber, chases.number), ne(tasks.kind, 'reach')))
    .leftJoin(deadlines, and(eq(deadlines.chaseNumber, chases.number), eq(deadlines.kind, chases.kind)))
    .where(eq(chases.number, number))
    .orderBy(asc(tasks.openedAt))
    .limit(1);
  return found;
}
