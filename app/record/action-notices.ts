import { affectedCustomers } from './affected-customers.js';
import { affectedSuppliers, toldSuppliers } from './affected-parties.js';
import type { Action } from './incident-actions.js';
import type { IncidentContext } from './incident-context.js';
import { addNotice, resolveAudience } from './tell-of-incident.js';

/** 通知应急小组 (P02.1): each member once, whichever roles they have in it. */
export const notifyTeam: Action = async (context, { key }) => {
  const people = await tellTeam(context, key);
  return {
    zh: `已通知应急小组${people}人。`,
    en: `Told ${counted(people, 'member')} of the team.`,
  };
};

/** 召集会议: the invitation (P14.7); what it came to is somebody's to say. */
export const convene: Action = async (context, { key }) => {
  const people = await tellTeam(context, key);
  return {
    zh: `已向应急小组${people}人发出会议邀请。`,
    en: `Invited ${counted(people, 'member')} of the team to the meeting.`,
  };
};

/** Every customer of an affected order, each told of their own orders alone (P02.4, P03.5). */
export const notifyCustomers: Action = async (context, { key }) => {
  const customers = await affectedCustomers(context);
  for (const [id, numbers] of customers) {
    tell(context, key, `customer:${id}`, { audience: 'customers', orders: numbers });
  }
  if (customers.size === 0)
    return { zh: '没有受影响的客户，未发通知。', en: 'No customer is affected; nobody was told.' };
  const [firms, count] = [customers.size, context.affected.length];
  return {
    zh: `已通知客户${firms}家，涉及订单${count}个。`,
    en: `Told ${counted(firms, 'customer')} of ${counted(count, 'order')}.`,
  };
};

/**
 * The supplier that the incident names, and those whose open purchase orders affected orders wait for (P03.5, P14.4). One
 * without a mail address has a notice that fails: the step's task names it then. Tried again, it goes to those alone whom
 * it has not reached.
 */
export const notifySuppliers: Action = async (context, { key }) => {
  const all = await affectedSuppliers(context);
  if (all.length === 0)
    return { zh: '没有受影响的供应商，未发通知。', en: 'No supplier is affected; nobody was told.' };
  const told = await toldSuppliers(context, key);
  const untold = all.filter(({ number }) => !told.has(`supplier:${number}`));
  for (const { number } of untold) tell(context, key, `supplier:${number}`, { audience: 'suppliers' });
  const named = (email: boolean) =>
    all.filter((one) => (one.email !== null) === email).map(({ name }) => name);
  const [written, without] = [named(true), named(false)];
  const [zh, en] = without.length === 0 ? ['', ''] : [without.join('、'), without.join(', ')];
  if (written.length === 0)
    return { zh: `供应商没有可用的邮箱：${zh}。`, en: `Without a mail address: ${en}.` };
  return {
    zh: `已通知供应商${written.length}家：${written.join('、')}。${zh && `没有可用的邮箱：${zh}。`}`,
    en: `Told ${counted(written.length, 'supplier')}: ${written.join(', ')}.${en && ` Without a mail address: ${en}.`}`,
  };
};

async function tellTeam(context: IncidentContext, key: string): Promise<number> {
  const people = await resolveAudience(context, 'team');
  for (const id of people) tell(context, key, `person:${id}`, { audience: 'team' });
  return people.length;
}

/** The notice's key is the step's, so that it happens once. */
function tell(
  context: IncidentContext,
  key: string,
  recipient: string,
  facts: Record<string, unknown>,
): void {
  addNotice(context, 'playbookNotice', recipient, { step: key, ...facts }, key);
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
