import type { Words } from '../../domain/playbooks/shape.js';
import { choosePerson } from '../../domain/team/choose-person.js';
import type { ActionStep } from '../record/incident-actions.js';
import type { IncidentContext } from '../record/incident-context.js';
import { onCallFor, present } from '../record/staff.js';
import { openActionItems } from './open-action-items.js';

/** The action `openActionItem` (P16.7): somebody of the step's role gets it, in the time that the step gives. */
export async function openActionItem(context: IncidentContext, step: ActionStep): Promise<Words> {
  const { incident, set, step: at } = context;
  const staff = await context.staff();
  const owner =
    onCallFor(staff, step.role, at.at)?.person ??
    choosePerson({ people: present(staff, at.at), role: step.role, skills: context.playbook.skills })?.id ??
    choosePerson({ people: staff, role: step.role })?.id ??
    set.ownerId ??
    incident.ownerId;
  const what = step.about ?? step.title;
  if (!owner) {
    return {
      zh: `整改措施未能指派，没有可负责的人员：${what.zh}`,
      en: `Nobody could be found for the action item: ${what.en}`,
    };
  }
  if (!incident.drill) {
    const measure = { what: what.zh, ownerId: owner, step: step.key, rule: step.due };
    await openActionItems(context, [measure], 'redmark');
  }
  return { zh: `已登记整改措施：${what.zh}`, en: `Action item opened: ${what.en}` };
}
