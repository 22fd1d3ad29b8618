import { and, eq } from 'drizzle-orm';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { actionItems } from '../../db/schema/index.js';
import { EFFECT_CHECKERS } from '../../domain/chase/kinds.js';
import { levelClass } from '../../domain/deadlines/shape.js';
import { choosePerson } from '../../domain/team/choose-person.js';
import { addChase } from '../chases/add-chase.js';
import { startChase } from '../chases/start-chase.js';
import type { ChaseContext } from '../record/chase-context.js';
import { onCallFor, present } from '../record/staff.js';
import { addWrite } from '../record/step-context.js';
import { chaseOf, dueOf } from './add-action-item.js';
import { roleOf } from './role-of.js';

/** An action item was carried out: a second person checks its effect before it is closed (P16.7). */
export async function followActionItem(context: ChaseContext, actor: string): Promise<void> {
  const { db, item, step, body } = context;
  if (!item) return;
  const done = { state: 'done' as const, doneBy: actor, doneAt: step.at, doneNote: String(body.note ?? '') };
  const { role, ownerId } = await findChecker(context, actor);
  const rules = await context.rules();
  const plan = addChase(context.batch, rules, {
    number: await takeNumber(context),
    kind: 'effectCheck',
    role,
    ownerId,
    class: levelOf(context),
    at: step.at,
    by: actor,
    incident: item.incident,
    ids: { item: item.id },
    not: [actor],
  });
  addWrite(
    context,
    db
      .update(actionItems)
      .set({ ...done, chase: plan.number })
      .where(ofThis(context, 'open')),
  );
  startChase(context, plan);
}

/** The second person has looked: closed with effect, open again without, for as many rounds as it takes (P16.7). */
export async function closeActionItem(
  context: ChaseContext,
  actor: string,
  effective: boolean,
): Promise<void> {
  const { db, item, step, body } = context;
  if (!item) return;
  const checked = { checkedBy: actor, checkedAt: step.at, checkNote: String(body.note ?? '') };
  if (effective) {
    const closed = { ...checked, state: 'closed' as const, chase: null };
    addWrite(context, db.update(actionItems).set(closed).where(ofThis(context, 'done')));
    return;
  }
  const [rules, staff] = [await context.rules(), await context.staff()];
  const owner = staff.find(({ id }) => id === item.ownerId);
  const chase = chaseOf({
    id: item.id,
    incident: item.incident,
    owner: { id: item.ownerId, role: owner ? roleOf(owner) : 'emergencyManager' },
    class: levelOf(context),
    at: step.at,
    by: actor,
  });
  const plan = addChase(context.batch, rules, { ...chase, number: await takeNumber(context) });
  const open = {
    ...checked,
    state: 'open' as const,
    chase: plan.number,
    dueAt: dueOf(plan),
    reopened: item.reopened + 1,
    reopenedBecause: null,
  };
  addWrite(context, db.update(actionItems).set(open).where(ofThis(context, 'done')));
  startChase(context, plan);
}

/** Its row, while this chase is the one that sees to it. */
const ofThis = ({ chase, item }: ChaseContext, state: 'open' | 'done') =>
  and(eq(actionItems.id, item?.id ?? ''), eq(actionItems.chase, chase.number), eq(actionItems.state, state));

const levelOf = ({ severity }: ChaseContext) => levelClass(severity ?? 1);

async function takeNumber({ db, step, rules }: ChaseContext): Promise<string> {
  const { calendar } = await rules();
  const [number = ''] = await takeNumbers(db, 'CH', calendar.localDate(step.at));
  return number;
}

/** The first role in the order of who checks that somebody else than the doer holds, and who of them. */
async function findChecker({ staff: load, step }: ChaseContext, doer: string) {
  const staff = await load();
  for (const role of EFFECT_CHECKERS) {
    const onCall = onCallFor(staff, role, step.at)?.person;
    if (onCall && onCall !== doer) return { role, ownerId: onCall };
    const wanted = { role, exclude: [doer] };
    const person =
      choosePerson({ ...wanted, people: present(staff, step.at) }) ??
      choosePerson({ ...wanted, people: staff });
    if (person) return { role, ownerId: person.id };
  }
  // Nobody of them but the doer: the task waits for whoever gets one of these roles, and climbs meanwhile.
  return { role: 'emergencyManager' as const, ownerId: null };
}
