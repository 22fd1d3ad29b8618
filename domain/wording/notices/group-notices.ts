import type { TemplateName } from './registry.js';

/**
 * Notices to our people that are marked urgent: told in the group chats as well, where there are any (P05.3, P14.6). A
 * new one is a line here. Of an order its letter then says what `withoutCustomer` leaves, of an incident what
 * `incidentForGroup` leaves; whatever else it says must be free of the customer by itself.
 */
export const GROUP_NOTICES = [
  'departmentsTold',
  'orderReclassified',
  'earlyWarning',
  'deadlineEscalated',
  'deliveryDisputed',
  'incidentActivated',
  'incidentSeverity',
] as const satisfies readonly TemplateName[];

/** What a playbook tells the team goes there too where its step is urgent: the step says so, not this table. */
export const isGroupNotice = (template: string): boolean =>
  template === 'playbookNotice' || (GROUP_NOTICES as readonly string[]).includes(template);
