import { eq } from 'drizzle-orm';
import type { Database } from '../../db/connect.js';
import {
  audit,
  deadlineInstants,
  deadlines,
  milestones,
  notices,
  orders,
  proposals,
  questions,
  tasks,
} from '../../db/schema/index.js';

/** What the tests read of an order's record, straight from its tables. */
export function readRecord(db: Database) {
  const record = {
    async row(number: string) {
      const [row] = await db.select().from(orders).where(eq(orders.number, number));
      if (!row) throw new Error(`${number} is not on record`);
      return row;
    },
    tasks: (number: string) => db.select().from(tasks).where(eq(tasks.orderNumber, number)).orderBy(tasks.id),
    openTasks: async (number: string) =>
      (await record.tasks(number)).filter(({ state }) => state === 'open').map(({ id }) => id),
    async task(id: string) {
      const [task] = await db.select().from(tasks).where(eq(tasks.id, id));
      if (!task) throw new Error(`there is no task ${id}`);
      return task;
    },
    proposals: (number: string) =>
      db.select().from(proposals).where(eq(proposals.orderNumber, number)).orderBy(proposals.round),
    questions: (number: string) =>
      db
        .select()
        .from(questions)
        .where(eq(questions.orderNumber, number))
        .orderBy(questions.askedAt, questions.id),
    milestones: (number: string) => db.select().from(milestones).where(eq(milestones.orderNumber, number)),
    deadlines: (number: string) =>
      db.select().from(deadlines).where(eq(deadlines.orderNumber, number)).orderBy(deadlines.id),
    async deadline(id: string) {
      const [row] = await db.select().from(deadlines).where(eq(deadlines.id, id));
      if (!row) throw new Error(`there is no deadline ${id}`);
      return row;
    },
    /** Warnings, breach and rungs in the order of time. */
    instants: async (deadlineId: string) =>
      (await db.select().from(deadlineInstants).where(eq(deadlineInstants.deadlineId, deadlineId))).sort(
        (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : a.index - b.index),
      ),
    /** `rung 2 fired`, for each instant that has one of `states`. */
    settled: async (deadlineId: string, kind: 'warning' | 'breach' | 'rung') =>
      (await record.instants(deadlineId))
        .filter((instant) => instant.kind === kind && instant.state !== 'planned')
        .map(({ index, state }) => `${index} ${state}`),
    notices: (number: string) => db.select().from(notices).where(eq(notices.orderNumber, number)),
    /** Who was told a thing, without the `person:` before their ids; sorted. */
    told: async (number: string, template: string) =>
      (await record.notices(number))
        .filter((notice) => notice.template === template)
        .map(({ recipient }) => recipient.replace(/^person:/, ''))
        .sort(),
    audit: (number: string) => db.select().from(audit).where(eq(audit.subject, number)).orderBy(audit.seq),
    actions: async (number: string) => (await record.audit(number)).map(({ action }) => action),
  };
  return record;
}
