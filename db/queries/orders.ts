import { and, desc, eq, gte, isNull, or, type SQL, sql } from 'drizzle-orm';
import type { IncidentPhase } from '../../domain/incident/shape.js';
import type { Grade, OrderClass, OrderPhase } from '../../domain/order/shape.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import type { RiskReason } from '../../domain/risk/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import { customers, orders, people } from '../schema/index.js';
import { containing } from './containing.js';

/** Only what this API client placed; everything where absent. */
export interface OrderScope {
  clientId?: string;
}

/** What `GET /v1/orders` can be narrowed by. */
export interface OrderFilter extends OrderScope {
  class?: OrderClass;
  grade?: Grade;
  phase?: OrderPhase;
  /** Whether a deadline of the order has been breached. */
  breached?: boolean;
  customer?: string;
  /** The next open deadline lies before this instant. */
  dueBefore?: Instant;
  /** Open, and its risk at least so high, 0 to 100. */
  riskAtLeast?: number;
  /** Part of the order's number, the customer's name or reference, or a SKU. */
  q?: string;
}

/** Where a page of the list ends; the next one begins after it. */
export interface OrderKey {
  /** Of a list by risk. */
  risk?: number;
  createdAt: Instant;
  number: string;
}

interface LineRow {
  line: number;
  sku: string;
  nameZh: string;
  nameEn: string;
  quantity: number;
  unitPriceMinor: number;
  discountBp: number;
  amountMinor: number;
}

interface DeadlineRow {
  id: string;
  kind: string;
  round: number;
  dueAt: string;
  provisional: boolean;
  state: 'open' | 'stopped' | 'met' | 'breached' | 'withdrawn';
  metAt: string | null;
}

interface ProposalRow {
  id: string;
  round: number;
  measure: string;
  promisedDelivery: LocalDate;
  currency: string;
  amountMinor: number;
  state: 'open' | 'approved' | 'rejected';
  decidedBy: string | null;
  decidedAt: string | null;
  credential: string | null;
  note: string | null;
}

interface MilestoneRow {
  milestone: string;
  done: boolean;
  at: string;
  projectedFinish: LocalDate | null;
}

/** An open hold. */
export interface HoldRow {
  id: string;
  reason: string;
  ownerId: string;
  ownerName: string | null;
  note: string | null;
  dueAt: string | null;
  incident: string | null;
  step: string | null;
  heldBy: string;
  heldAt: string;
}

interface LinkedIncidentRow {
  number: string;
  type: string;
  severity: Severity;
  phase: IncidentPhase;
  because: string;
}

// The parts of an order come with it as JSON, in one round trip.
const partsOf = <Row>(columns: SQL, from: SQL, order: SQL) =>
  sql<Row[]>`(select coalesce(json_agg(json_build_object(${columns}) order by ${order}), '[]') from ${from})`;

const parts = {
  lines: partsOf<LineRow>(
    sql`'line', l.line, 'sku', l.sku, 'nameZh', p.name_zh, 'nameEn', p.name_en, 'quantity', l.quantity,
      'unitPriceMinor', l.unit_price_minor, 'discountBp', l.discount_bp, 'amountMinor', l.amount_minor`,
    sql`order_lines l join products p on p.sku = l.sku where l.order_number = ${orders.number}`,
    sql`l.line`,
  ),
  deadlines: partsOf<DeadlineRow>(
    sql`'id', d.id, 'kind', d.kind, 'round', d.round, 'dueAt', d.due_at, 'provisional', d.provisional,
      'state', d.state, 'metAt', d.met_at`,
    sql`deadlines d where d.order_number = ${orders.number}`,
    sql`d.due_at, d.id`,
  ),
  proposals: partsOf<ProposalRow>(
    sql`'id', r.id, 'round', r.round, 'measure', r.measure, 'promisedDelivery', r.promised_delivery,
      'currency', r.currency, 'amountMinor', r.amount_minor, 'state', r.state, 'decidedBy', r.decided_by,
      'decidedAt', r.decided_at, 'credential', r.credential, 'note', r.note`,
    sql`proposals r where r.order_number = ${orders.number}`,
    sql`r.round`,
  ),
  milestones: partsOf<MilestoneRow>(
    sql`'milestone', m.milestone, 'done', m.done, 'at', m.at, 'projectedFinish', m.projected_finish`,
    sql`milestones m where m.order_number = ${orders.number}`,
    sql`m.at, m.milestone`,
  ),
  holds: partsOf<HoldRow>(
    sql`'id', h.id, 'reason', h.reason, 'ownerId', h.owner_id, 'ownerName', w.name, 'note', h.note,
      'dueAt', h.due_at, 'incident', h.incident_number, 'step', h.step, 'heldBy', h.held_by, 'heldAt', h.held_at`,
    sql`holds h left join people w on w.id = h.owner_id
      where h.order_number = ${orders.number} and h.released_at is null`,
    sql`h.held_at, h.id`,
  ),
  incidents: partsOf<LinkedIncidentRow>(
    sql`'number', i.number, 'type', i.type, 'severity', i.severity, 'phase', i.phase, 'because', a.because`,
    sql`incident_orders a join incidents i on i.number = a.incident where a.order_number = ${orders.number}`,
    sql`i.created_at, i.number`,
  ),
  /** Names of everybody the order's row names. */
  names: partsOf<{ id: string; name: string }>(
    sql`'id', n.id, 'name', n.name`,
    sql`people n where n.id = ${orders.confirmedBy} or n.id = ${orders.salesOwnerId}
      or n.id in (select value from jsonb_each_text(coalesce(${orders.team}, '{}')))`,
    sql`n.id`,
  ),
};

const customerColumns = { id: customers.id, name: customers.name, tier: customers.tier };

/**
 * One order with all its parts; undefined when there is none, or the scope does not hold it. A named statement:
 * PostgreSQL plans these seven queries in one longer than it runs them, and each connection does so only a few times.
 */
export async function findOrder(db: Queryable, number: string, { clientId }: OrderScope = {}) {
  const isScoped = clientId !== undefined;
  const [found] = await db
    .select({ order: orders, customer: customerColumns, ...parts })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .where(
      and(
        eq(orders.number, sql.placeholder('number')),
        isScoped ? eq(orders.clientId, sql.placeholder('clientId')) : undefined,
      ),
    )
    .prepare(isScoped ? 'find_order_of_client' : 'find_order')
    .execute({ number, clientId });
  return found;
}
export type FoundOrder = NonNullable<Awaited<ReturnType<typeof findOrder>>>;

/** Who placed an order and for whom: enough to say who may read it. */
export async function findOrderOwner(db: Queryable, number: string) {
  const [found] = await db
    .select({ number: orders.number, clientId: orders.clientId, customerId: orders.customerId })
    .from(orders)
    .where(eq(orders.number, number));
  return found;
}

// An index holds the open deadlines alone, and few are open for one order.
const nextDue = sql<string | null>`(select min(d.due_at) from deadlines d
  where d.order_number = ${orders.number} and d.state = 'open')`;
const isBreached = sql<boolean>`exists (select 1 from deadlines d
  where d.order_number = ${orders.number} and d.state = 'breached')`;

// What a list shows; the rest of a row is large (reasons, decisions, the process's state) and stays where it is.
const listed = {
  number: orders.number,
  class: orders.class,
  grade: orders.grade,
  keyOrder: orders.keyOrder,
  red: orders.red,
  score: orders.score,
  phase: orders.phase,
  salesOwnerId: orders.salesOwnerId,
  currency: orders.currency,
  amountMinor: orders.amountMinor,
  requestedDelivery: orders.requestedDelivery,
  promisedDelivery: orders.promisedDelivery,
  receivedAt: orders.receivedAt,
  createdAt: orders.createdAt,
  atRisk: orders.atRisk,
  // Of an order that has ended it says nothing any more.
  risk: sql<number | null>`case when ${orders.endedAt} is null then ${orders.risk} end`,
  riskReasons: sql<RiskReason[] | null>`case when ${orders.endedAt} is null then ${orders.riskReasons} end`,
};

/** By which a list may be ordered. */
export type OrderSort = 'newest' | 'risk';

/**
 * A page of orders after the key of the last one: the newest first, or open orders whose risk is known, the riskiest
 * first. `dueAt` is the next open deadline's instant.
 */
export function selectOrders(
  db: Queryable,
  filter: OrderFilter,
  { limit, after, sort = 'newest' }: { limit: number; after?: OrderKey; sort?: OrderSort },
) {
  const isByRisk = sort === 'risk';
  return db
    .select({
      order: listed,
      customer: customerColumns,
      salesOwnerName: people.name,
      dueAt: nextDue,
      breached: isBreached,
    })
    .from(orders)
    .innerJoin(customers, eq(customers.id, orders.customerId))
    .leftJoin(people, eq(people.id, orders.salesOwnerId))
    .where(and(...conditionsOf(filter), isByRisk ? hasRisk(0) : undefined, after && isAfter(after)))
    .orderBy(...(isByRisk ? [desc(orders.risk)] : []), desc(orders.createdAt), desc(orders.number))
    .limit(limit);
}

function conditionsOf(filter: OrderFilter): (SQL | undefined)[] {
  const { dueBefore, breached } = filter;
  return [
    ownedBy(filter.clientId),
    filter.class && eq(orders.class, filter.class),
    filter.grade === undefined ? undefined : eq(orders.grade, filter.grade),
    filter.phase && eq(orders.phase, filter.phase),
    filter.customer === undefined ? undefined : eq(orders.customerId, filter.customer),
    breached === undefined ? undefined : breached ? isBreached : sql`not ${isBreached}`,
    dueBefore === undefined
      ? undefined
      : sql`exists (select 1 from deadlines d where d.order_number = ${orders.number} and d.state = 'open'
          and d.due_at < ${dueBefore}::timestamptz)`,
    filter.riskAtLeast === undefined ? undefined : hasRisk(filter.riskAtLeast),
    filter.q === undefined ? undefined : mentions(filter.q),
  ];
}

const hasRisk = (least: number) => and(isNull(orders.endedAt), gte(orders.risk, least));

const ownedBy = (clientId: string | undefined) =>
  clientId === undefined ? undefined : eq(orders.clientId, clientId);

const isAfter = ({ risk, createdAt, number }: OrderKey) =>
  risk === undefined
    ? sql`(${orders.createdAt}, ${orders.number}) < (${createdAt}::timestamptz, ${number})`
    : sql`(${orders.risk}, ${orders.createdAt}, ${orders.number}) < (${risk}, ${createdAt}::timestamptz, ${number})`;

function mentions(q: string): SQL | undefined {
  return or(
    containing(orders.number, q),
    containing(customers.name, q),
    containing(orders.customerReference, q),
    sql`exists (select 1 from order_lines l where l.order_number = ${orders.number} and ${containing(sql`l.sku`, q)})`,
  );
}
