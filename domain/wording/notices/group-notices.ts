import type { TemplateName } from './registry.js';

/**
 * Notices to our people that are marked urgent: told in the group chats as well, where there are any (P05.3, P14.6). A
 * new one is a line here. Of an order its letter then says what `withoutCustomer` leaves; whatever else it says must be
 * free of the customer by itself.
 */
export const GROUP_NOTICES = [
  'departmentsTold',
  'orderReclassified',
  'earlyWarning',
  'deadlineEscalated',
  'deliveryDisputed',
] as const satisfies readonly TemplateName[];

export const isGroupNotice = (template: string): boolean =>
  (GROUP_NOTICES as readonly string[]).includes(template);
