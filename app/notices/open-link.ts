import { findNoticeChase } from '../../db/queries/notice-chase.js';
import { findAffectedOrdersOf, findNoticeIncident } from '../../db/queries/notice-incident.js';
import {
  findLinkedCustomer,
  findLinkedPerson,
  findLinkedSupplier,
  findLinkedTask,
} from '../../db/queries/notice-link.js';
import { findNoticeOrder, type NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { MatrixPolicy } from '../../domain/evaluation/shape.js';
import type { ChaseTold } from '../../domain/wording/chase-told.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import type { IncidentTold } from '../../domain/wording/incident-told.js';
import { type Locale, toLocale } from '../../domain/wording/locale.js';
import type { AppContext } from '../context.js';
import type { Links, OpenedLink } from '../links.js';
import type { CustomerPrincipal, PersonPrincipal, SupplierPrincipal } from '../principal.js';
import { toChaseTold } from './chase-facts.js';
import { toIncidentTold, toOwnOrders } from './incident-facts.js';
import { isCustomersDecision, isSuppliersAnswer } from './notice-facts.js';
import { toOrderFacts } from './order-facts.js';

/** A task in front of the one who may finish it by link. */
interface Visiting {
  task: NoticeTaskRow;
  principal: PersonPrincipal | CustomerPrincipal;
  /** Name of whom the link acts as. */
  name: string;
  /** Company zone, IANA name. */
  zone: string;
  now: Date;
}

export interface OrderTaskVisit extends Visiting {
  of: 'order';
  order: OrderFacts;
  /** Who answers for which point of an evaluation; absent while no policy is in force. */
  matrix?: MatrixPolicy;
}

export interface IncidentTaskVisit extends Omit<Visiting, 'principal'> {
  of: 'incident';
  principal: Visiting['principal'] | SupplierPrincipal;
  incident: IncidentTold;
  /** The language of who is written to, where that is known better than by the browser. */
  locale?: Locale;
}

export interface ChaseTaskVisit extends Visiting {
  of: 'chase';
  chase: ChaseTold;
  /** What it hangs on. */
  order: OrderFacts | null;
  incident: IncidentTold | null;
}

export type TaskVisit = OrderTaskVisit | IncidentTaskVisit | ChaseTaskVisit;

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
  return link.kind === 'view' ? openTracking(ctx, link) : openTask(ctx, links, link, how);
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
  links: Links,
  link: Extract<OpenedLink, { kind: 'act' }>,
  how: 'looks' | 'submits',
): Promise<Visit> {
  const now = ctx.now();
  if (link.expiresAt <= now.toISOString()) return nowhere('expired');
  const linked = await findLinkedTask(ctx.db, link.task);
  if (!linked) return nowhere('gone');
  if (linked.state === 'withdrawn') return nowhere('withdrawn');
  if (linked.state === 'done' && how === 'looks') return nowhere('used');
  if (linked.incident) return openIncidentTask(ctx, links, { ...link, incident: linked.incident }, now);
  if (linked.chase) return openChaseTask(ctx, { ...link, chase: linked.chase }, now);
  if (!linked.order) return nowhere('gone');
  const found = await findNoticeOrder(ctx.db, linked.order);
  const task = found?.order.tasks?.find(({ id }) => id === link.task);
  const visitor = found && (await findVisitor(ctx, link.recipient, found.order));
  if (!found || !task || !visitor) return nowhere('gone');
  if (task.kind === 'signOff' && found.policy?.signByLink !== true) return nowhere('signOffClosed');
  const { policy } = found;
  const order = toOrderFacts(found.order);
  return {
    to: 'task',
    visit: { of: 'order', order, task, ...visitor, zone: policy?.zone ?? 'UTC', now, matrix: policy?.matrix },
  };
}

/** Whom a link acts as: exactly the recipient it was sent to, with the roles they have now. */
async function findVisitor(
  { db }: Pick<AppContext, 'db'>,
  recipient: string,
  order: { customer_id: string; customer_name: string },
): Promise<Visitor | null> {
  const [kind, id = ''] = recipient.split(/:(.*)/s);
  if (kind === 'customer') {
    return id === order.customer_id ? customerVisitor(id, order.customer_name) : null;
  }
  return personVisitor(db, recipient);
}

type Visitor = Pick<Visiting, 'principal' | 'name'>;
const credentialOf = (recipient: string) => ({
  credentialId: `link:${recipient}`,
  credential: 'link' as const,
});

function customerVisitor(id: string, name: string): Visitor {
  return { principal: { kind: 'customer', id, ...credentialOf(`customer:${id}`) }, name };
}

async function personVisitor(db: AppContext['db'], recipient: string): Promise<Visitor | null> {
  const [kind, id = ''] = recipient.split(/:(.*)/s);
  const person = kind === 'person' ? await findLinkedPerson(db, id) : null;
  if (!person) return null;
  const { name, roles, department } = person;
  return { principal: { kind: 'person', id, name, roles, department, ...credentialOf(recipient) }, name };
}

/** A task of what is chased; always one of our people's. */
async function openChaseTask(
  { db }: Pick<AppContext, 'db'>,
  { task: id, chase: number, recipient }: { task: string; chase: string; recipient: string },
  now: Date,
): Promise<Visit> {
  const found = await findNoticeChase(db, number);
  const task = found?.chase.tasks?.find((one) => one.id === id);
  const visitor = await personVisitor(db, recipient);
  if (!found || !task || !visitor) return nowhere('gone');
  const visit: ChaseTaskVisit = {
    of: 'chase',
    chase: toChaseTold(found.chase),
    order: found.order && toOrderFacts(found.order),
    incident: found.incident && toIncidentTold(found.incident),
    task,
    ...visitor,
    zone: found.policy?.zone ?? 'UTC',
    now,
  };
  return { to: 'task', visit };
}

/** A task of an incident: one of our people's, or the choice that the playbook leaves to the customers it affects. */
async function openIncidentTask(
  { db }: Pick<AppContext, 'db'>,
  links: Links,
  { task: id, incident: number, recipient }: { task: string; incident: string; recipient: string },
  now: Date,
): Promise<Visit> {
  const found = await findNoticeIncident(db, number);
  const task = found?.incident.tasks?.find((one) => one.id === id);
  if (!found || !task) return nowhere('gone');
  const incident = toIncidentTold(found.incident);
  const rest = { of: 'incident' as const, task, zone: found.policy?.zone ?? 'UTC', now };
  const [kind, whose = ''] = recipient.split(/:(.*)/s);
  if (kind === 'supplier') {
    const supplier = isSuppliersAnswer(task, whose) ? await findLinkedSupplier(db, whose) : null;
    if (!supplier) return nowhere('gone');
    const principal = { kind, id: supplier.id, ...credentialOf(recipient) } as const;
    const { name } = supplier;
    return {
      to: 'task',
      visit: { ...rest, incident, principal, name, locale: toLocale(supplier.locale) },
    };
  }
  if (kind !== 'customer') {
    const visitor = await personVisitor(db, recipient);
    return visitor ? { to: 'task', visit: { ...rest, incident, ...visitor } } : nowhere('gone');
  }
  const [orders, named] = await Promise.all([
    findAffectedOrdersOf(db, { incident: number, customer: whose }),
    findLinkedCustomer(db, whose),
  ]);
  if (!named || orders.length === 0 || !isCustomersDecision(task, incident, whose)) return nowhere('gone');
  const own = { orders: toOwnOrders(orders, links), purchases: [] };
  const visitor = customerVisitor(whose, named.name);
  return { to: 'task', visit: { ...rest, incident: { ...incident, own }, ...visitor } };
}
