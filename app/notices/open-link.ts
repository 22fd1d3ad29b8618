import { findLinkedPerson, findLinkedTask } from '../../db/queries/notice-link.js';
import { findNoticeOrder, type NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { MatrixPolicy } from '../../domain/evaluation/shape.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import type { AppContext } from '../context.js';
import type { Links, OpenedLink } from '../links.js';
import type { CustomerPrincipal, PersonPrincipal } from '../principal.js';
import { toOrderFacts } from './order-facts.js';

/** A task in front of the one who may finish it by link. */
export interface TaskVisit {
  order: OrderFacts;
  task: NoticeTaskRow;
  principal: PersonPrincipal | CustomerPrincipal;
  /** Name of whom the link acts as. */
  name: string;
  /** Company zone, IANA name. */
  zone: string;
  now: Date;
  /** Who answers for which point of an evaluation; absent while no policy is in force. */
  matrix?: MatrixPolicy;
}

/** Why a link leads nowhere. */
export type Nowhere = 'unknown' | 'expired' | 'gone' | 'used' | 'withdrawn' | 'signOffClosed';

/** Where a link leads. */
export type Visit =
  | { to: 'task'; visit: TaskVisit }
  | { to: 'tracking'; order: OrderFacts; zone: string }
  | { to: 'nowhere'; why: Nowhere };

/**
 * Follows a link's token, changing nothing. A task that is done is `used` for one who looks; for one who submits a form
 * it is not, for the use case alone can tell the repeat of what finished it, which is answered like the first.
 */
export async function openLink(
  ctx: Pick<AppContext, 'db' | 'now'>,
  links: Links,
  token: string,
  how: 'looks' | 'submits',
): Promise<Visit> {
  const link = links.open(token);
  if (!link) return nowhere('unknown');
  return link.kind === 'view' ? openTracking(ctx, link) : openTask(ctx, link, how);
}

const nowhere = (why: Nowhere): Visit => ({ to: 'nowhere', why });

async function openTracking(
  { db }: Pick<AppContext, 'db'>,
  link: Extract<OpenedLink, { kind: 'view' }>,
): Promise<Visit> {
  const found = await findNoticeOrder(db, link.order);
  // A raised version revokes the links that were sent before.
  if (!found || found.order.tracking_version !== link.version) return nowhere('gone');
  return { to: 'tracking', order: toOrderFacts(found.order), zone: found.policy?.zone ?? 'UTC' };
}

async function openTask(
  ctx: Pick<AppContext, 'db' | 'now'>,
  link: Extract<OpenedLink, { kind: 'act' }>,
  how: 'looks' | 'submits',
): Promise<Visit> {
  const now = ctx.now();
  if (link.expiresAt <= now.toISOString()) return nowhere('expired');
  const linked = await findLinkedTask(ctx.db, link.task);
  if (!linked?.order) return nowhere('gone');
  if (linked.state === 'withdrawn') return nowhere('withdrawn');
  if (linked.state === 'done' && how === 'looks') return nowhere('used');
  const found = await findNoticeOrder(ctx.db, linked.order);
  const task = found?.order.tasks?.find(({ id }) => id === link.task);
  const visitor = found && (await findVisitor(ctx, link.recipient, found.order));
  if (!found || !task || !visitor) return nowhere('gone');
  if (task.kind === 'signOff' && found.policy?.signByLink !== true) return nowhere('signOffClosed');
  const { policy } = found;
  const order = toOrderFacts(found.order);
  return {
    to: 'task',
    visit: { order, task, ...visitor, zone: policy?.zone ?? 'UTC', now, matrix: policy?.matrix },
  };
}

/** Whom a link acts as: exactly the recipient it was sent to, with the roles they have now. */
async function findVisitor(
  { db }: Pick<AppContext, 'db'>,
  recipient: string,
  order: { customer_id: string; customer_name: string },
): Promise<Pick<TaskVisit, 'principal' | 'name'> | null> {
  const [kind, id = ''] = recipient.split(/:(.*)/s);
  const credential = { credentialId: `link:${recipient}`, credential: 'link' as const };
  if (kind === 'customer') {
    if (id !== order.customer_id) return null;
    return { principal: { kind, id, ...credential }, name: order.customer_name };
  }
  const person = kind === 'person' ? await findLinkedPerson(db, id) : null;
  if (!person) return null;
  const { name, roles, department } = person;
  return { principal: { kind: 'person', id, name, roles, department, ...credential }, name };
}
