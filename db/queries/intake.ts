import { type SQL, sql } from 'drizzle-orm';
import type { Tier } from '../../domain/assessment/shape.js';
import type { IncidentFacts as ReportFacts } from '../../domain/incident/shape.js';
import type { Playbook, Words } from '../../domain/playbooks/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';
import type { products } from '../schema/index.js';
import { type RulesStamp, rulesStampSql } from './policies.js';
import { unhurried } from './unhurried.js';

/** A product as an order is priced and assessed by it. */
export type OrderedProduct = Pick<
  typeof products.$inferSelect,
  | 'sku'
  | 'nameZh'
  | 'nameEn'
  | 'leadTimeKind'
  | 'leadTimeDays'
  | 'scalesWithQuantity'
  | 'priceMinor'
  | 'currency'
  | 'discontinued'
>;

/** A customer as an order is taken for it. */
export interface OrderingCustomer {
  id: string;
  name: string;
  tier: Tier;
  salesOwnerId: string | null;
  salesOwnerName: string | null;
}

/** By what a customer is looked for. */
export interface CustomerKey {
  by: 'id' | 'email' | 'phone' | 'name';
  value: string;
}

/** A customer, and by which of the keys it was found. */
export type CustomerMatch = OrderingCustomer & Pick<CustomerKey, 'by'>;

export interface CustomerSearch {
  keys: readonly CustomerKey[];
  /** Only customers that this API client brought; the whole book where absent. */
  clientId?: string;
}

/** Two for each key are enough to say that it is ambiguous. */
const mostMatches = 2;

const CONDITIONS: Record<CustomerKey['by'], (value: string) => SQL> = {
  id: (value) => sql`c.id = ${value}`,
  email: (value) => sql`lower(c.email) = ${value}`,
  phone: (value) => sql`c.phone = ${value}`,
  name: (value) => sql`c.name = ${value}`,
};

function matchesSql({ keys, clientId }: CustomerSearch): SQL {
  if (keys.length === 0) return sql`'[]'::json`;
  const own = clientId === undefined ? sql`` : sql`and c.client_id = ${clientId}`;
  const found = keys.map(
    ({ by, value }) => sql`(select ${by}::text "by", c.id, c.name, c.tier, c.sales_owner_id "salesOwnerId",
        (select p.name from people p where p.id = c.sales_owner_id) "salesOwnerName"
      from customers c where ${CONDITIONS[by](value)} ${own} limit ${sql.raw(String(mostMatches))})`,
  );
  return sql`(select coalesce(json_agg(m), '[]') from (${sql.join(found, sql` union all `)}) m)`;
}

/** The customers that each key finds, two at most. */
export async function findMatches(db: Queryable, search: CustomerSearch): Promise<CustomerMatch[]> {
  const found = await db.execute<{ matches: CustomerMatch[] }>(sql`select ${matchesSql(search)} matches`);
  return found.rows[0]?.matches ?? [];
}

/** What an order that comes in is checked against. */
export interface IntakeFacts {
  /** Names the rules in force; null where there are none yet. */
  rules: RulesStamp | null;
  /** The day of receipt in the company's zone, and its next number; null where there are no rules yet. */
  place: { day: LocalDate; number: number } | null;
  products: OrderedProduct[];
  matches: CustomerMatch[];
  /** Incidents that last, as far as they may affect an order that comes in; mostly none. */
  incidents: IncidentAtIntake[];
}

/** What the one statement gives. */
type Intake = Omit<IntakeFacts, 'incidents'> & { areIncidents: boolean };

/** An open incident as a new order is checked against it. */
export interface IncidentAtIntake {
  number: string;
  /** By what its playbook finds affected orders, and what it names. */
  by: Playbook['affected'];
  facts: ReportFacts;
  name: Words;
  ownerId: string | null;
  /** Steps that hold shipments and have begun. */
  holds: string[];
}

// The index of open incidents is all that is read where there are none, and little to plan.
const areIncidentsSql = sql`exists (select from incidents i where i.ended_at is null
  and i.phase in ('reported', 'responding', 'mitigated'))`;

/** Open incidents that find what they affect by what a new order can have: a product, where it goes, or everything. */
async function findIncidents(db: Queryable): Promise<IncidentAtIntake[]> {
  const found = await db.execute<IncidentAtIntake & Record<string, unknown>>(sql`
    select i.number, p.playbook -> 'affected' "by", i.facts, p.playbook -> 'name' name, i.owner_id "ownerId",
      (select coalesce(jsonb_agg(s.key order by s.key), '[]') from incident_steps s
        join lateral jsonb_array_elements(p.playbook -> 'steps') x
          on x ->> 'key' = s.key and x ->> 'action' = 'holdShipments'
        where s.incident = i.number and s.state in ('open', 'done')) holds
    from incidents i join playbooks p on p.type = i.type and p.revision = i.playbook_revision
    where i.ended_at is null and i.phase in ('reported', 'responding', 'mitigated') and not i.drill
      and p.playbook -> 'affected' ?| array['product', 'region', 'everything']
    order by i.number`);
  return found.rows;
}

/**
 * Takes the next number of a day. Its commit does not wait for the disk: the commit of the order that bears the number
 * comes after it in the same log and does, so that no order can be there without its number having been taken.
 */
const takeNumberSql = (receivedAt: Instant) => sql`
  insert into order_numbers (day, last)
  select (${receivedAt}::timestamptz at time zone (policy #>> '{workingTime,zone}'))::date, 1
    from policies where ${unhurried} and revision = (select max(revision) from policies)
  on conflict (day) do update set last = order_numbers.last + 1
  returning day, last`;

/**
 * Reads what taking an order needs and takes its number, in one statement: the client waits through each round trip.
 * Only while incidents last is there a second one, which reads those.
 * A number is unique whatever happens; that of an order which is refused for what was read is not given out again.
 */
export async function openIntake(
  db: Queryable,
  asked: { receivedAt: Instant; skus: readonly string[]; customer: CustomerSearch },
): Promise<IntakeFacts> {
  const { receivedAt, skus, customer } = asked;
  const found = await db.execute<Intake & Record<string, unknown>>(sql`
    with taken as (${takeNumberSql(receivedAt)})
    select
      (select json_build_object('day', day, 'number', last) from taken) place,
      (select to_json(stamp) from (${rulesStampSql()}) stamp) rules,
      (select coalesce(json_agg(json_build_object('sku', sku, 'nameZh', name_zh, 'nameEn', name_en,
          'leadTimeKind', lead_time_kind, 'leadTimeDays', lead_time_days,
          'scalesWithQuantity', scales_with_quantity, 'priceMinor', price_minor, 'currency', currency,
          'discontinued', discontinued)), '[]')
        from products where sku = any(${sql.param(skus)}::text[])) products,
      ${matchesSql(customer)} matches, ${areIncidentsSql} "areIncidents"`);
  const [facts] = found.rows;
  if (!facts) throw new Error('a select without from gives one row');
  const { areIncidents, ...read } = facts;
  return { ...read, incidents: areIncidents ? await findIncidents(db) : [] };
}
