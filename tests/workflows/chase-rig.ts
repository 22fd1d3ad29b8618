import { and, asc, eq } from 'drizzle-orm';
import { completeTask } from '../../app/complete-task.js';
import type { Principal } from '../../app/principal.js';
import { answerOf, findCommand } from '../../app/submit-command.js';
import type { ChaseInput } from '../../contracts/chase-state.js';
import { actionItems, chases, commands, notices, tasks } from '../../db/schema/index.js';
import type { Rig } from './rig.js';

/** What tests do with chases: through the use cases that the API calls, on the record of a rig. */
export function onChases(rig: Rig) {
  const acts = {
    handle: (number: string) => rig.environment.client.workflow.getHandle(`chase/${number}`),

    async row(number: string) {
      const [found] = await rig.db.select().from(chases).where(eq(chases.number, number));
      if (!found) throw new Error(`${number} is not on record`);
      return found;
    },

    /** The input that its process was started with. */
    async inputOf(number: string) {
      const [start] = await rig.db
        .select()
        .from(commands)
        .where(and(eq(commands.target, `chase/${number}`), eq(commands.kind, 'start')));
      return start?.payload as ChaseInput;
    },

    async item(id: string) {
      const [found] = await rig.db.select().from(actionItems).where(eq(actionItems.id, id));
      if (!found) throw new Error(`${id} is not on record`);
      return found;
    },

    itemsOf: (incident: string) =>
      rig.db
        .select()
        .from(actionItems)
        .where(eq(actionItems.incident, incident))
        .orderBy(asc(actionItems.id)),

    /** The open task of a chase, once its process has begun; the relay starts what a step opened. */
    async task(number: string, kind?: string) {
      return rig.waitFor(`the task of ${number}`, async () => {
        await rig.relay();
        const open = await rig.db
          .select()
          .from(tasks)
          .where(and(eq(tasks.chaseNumber, number), eq(tasks.state, 'open')));
        return open.find((one) => kind === undefined || one.kind === kind);
      });
    },

    told: async (number: string, template: string) =>
      (await rig.db.select().from(notices).where(eq(notices.chaseNumber, number)))
        .filter((notice) => notice.template === template)
        .map(({ recipient }) => recipient.replace(/^person:/, ''))
        .sort(),

    /** Finishes a task as somebody; throws the refusal. */
    async complete(taskId: string, form: unknown, by: Principal): Promise<unknown> {
      await rig.sync();
      const answer = await completeTask(rig.ctx, { principal: by, taskId, form });
      if (answer.status === 200) return answer.body;
      const command = await rig.waitFor(`the answer of ${answer.body.id}`, async () => {
        const found = await findCommand(rig.ctx, answer.body.id);
        return found?.state === 'pending' ? undefined : found;
      });
      return answerOf(command).body;
    },

    /** As whom the open task of a chase was given to. */
    async completeOpen(number: string, form: unknown): Promise<unknown> {
      const { id, assigneeId } = await acts.task(number);
      return acts.complete(id, form, await rig.personById(assigneeId ?? ''));
    },

    /** Ends every chase that still runs: an open one would climb in the next test's time. */
    async clear(): Promise<void> {
      await rig.relay();
      for (const { number } of await rig.db.select().from(chases)) {
        await rig.end(`chase/${number}`);
      }
    },
  };
  return acts;
}
