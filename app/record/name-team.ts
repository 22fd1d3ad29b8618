import { chooseTeam } from '../../domain/team/choose-team.js';
import type { StepContext } from './step-context.js';

/** Names 紧急订单生产小组, the seven (P07.2); where it fits, the people who evaluate. */
export async function nameTeam(context: StepContext): Promise<void> {
  const { order, batch } = context;
  const evaluators = batch.tasks.filter((task) => task.kind === 'evaluate');
  const prefer = Object.fromEntries(
    evaluators.map((task) => [task.department, task.assigneeId ?? undefined]),
  );
  const chosen = chooseTeam({ people: await context.staff(), prefer, salesOwnerId: order.salesOwnerId });
  context.set.team = chosen.team;
}
