import { chooseTeam } from '../../domain/team/choose-team.js';
import { present } from './staff.js';
import type { StepContext } from './step-context.js';

/**
 * Names 紧急订单生产小组, the seven (P07.2); where it fits, the people who evaluate. Who is away is named only where nobody
 * else could be.
 */
export async function nameTeam(context: StepContext): Promise<void> {
  const { order, batch, step } = context;
  const evaluators = batch.tasks.filter((task) => task.kind === 'evaluate');
  const prefer = Object.fromEntries(
    evaluators.map((task) => [task.department, task.assigneeId ?? undefined]),
  );
  const staff = await context.staff();
  const wanted = { prefer, salesOwnerId: order.salesOwnerId };
  const there = chooseTeam({ people: present(staff, step.at), ...wanted });
  const whole = there.missing.length > 0 ? chooseTeam({ people: staff, ...wanted }) : there;
  context.set.team = { ...whole.team, ...there.team };
}
