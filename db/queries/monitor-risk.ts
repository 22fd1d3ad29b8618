import { sql } from 'drizzle-orm';
import type { Tier } from '../../domain/assessment/shape.js';
import type { Grade, OrderClass } from '../../domain/order/shape.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import type { Risk } from '../../domain/risk/shape.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import type { Queryable } from '../connect.js';

/** What the record knows of the risk of an open order, as rows are. */
export interface RiskRow {
  number: string;
  class: OrderClass;
  grade: Grade;
  tier: Tier;
  promisedOn: LocalDate;
  projectedOn: LocalDate | null;
  /** Milestones that are done. */
  milestonesDone: number;
  deadlines: { kind: string; goneShare: number }[];
  latePurchases: string[];
  singleSource: string[];
  shortLines: string[];
  incidents: { number: string; severity: Severity }[];
  /** As it was last stored. */
  risk: number | null;
  riskReasons: Risk['reasons'] | null;
  riskAt: Instant | null;
}

/**
 * The facts of all open orders (P15.5), in one query of sets: each part is read once for all orders, and no order is asked
 * for by itself. `today`: of the company's zone.
 *
 * How much of a deadline's time is gone is what its planned warnings say: they were planned in its own unit.
 */
export async function findRiskRows(
  db: Queryable,
  { at, today }: { at: Instant; today: LocalDate },
): Promise<RiskRow[]> {
  const { rows } = await db.execute<RiskRow & Record<string, unknown>>(sql`
    with open as (select * from orders where ended_at is null),
    gone as (
      select d.order_number, d.kind, case
          when d.state = 'breached' or d.due_at <= ${at}::timestamptz then 1
          else coalesce((select max(i.index) / 100.0 from deadline_instants i
            where i.deadline_id = d.id and i.kind = 'warning' and i.at <= ${at}::timestamptz), 0) end share
      from deadlines d join open o on o.number = d.order_number
      where d.state = 'open' or (d.state = 'breached' and d.met_at is null)
    ),
    gone_of as (
      select order_number, jsonb_agg(jsonb_build_object('kind', kind, 'goneShare', share) order by kind) list
      from gone group by 1
    ),
    late_of as (
      select w.order_number, array_agg(distinct p.number order by p.number) list
      from purchase_orders p
      join purchase_order_lines l on l.purchase_order = p.number and l.accepted < l.quantity
      join purchase_waits w on w.purchase_order = l.purchase_order and w.line = l.line
      where p.state <> 'received' and coalesce(p.confirmed_date, p.needed_by) < ${today}::date
      group by 1
    ),
    offered as (
      select f.sku, count(*) offers from supplier_offers f
      join suppliers s on s.number = f.supplier_number and s.standing <> 'suspended' group by 1
    ),
    -- What is made to order and neither kept nor bought is not short: it is work.
    kept as (select sku, sum(on_hand - reserved) free from stock group by 1),
    coming as (
      select l.sku, sum(l.quantity - l.accepted) quantity from purchase_order_lines l
      join purchase_orders p on p.number = l.purchase_order and p.state <> 'received'
      where l.accepted < l.quantity group by 1
    ),
    lines_of as (
      select l.order_number,
        array_agg(distinct l.sku order by l.sku) filter (where b.offers = 1) single,
        array_agg(distinct l.sku order by l.sku) filter (where (k.sku is not null or b.sku is not null)
          and greatest(coalesce(k.free, 0), 0) + coalesce(c.quantity, 0) < l.quantity) short
      from order_lines l join open o on o.number = l.order_number
      left join offered b on b.sku = l.sku
      left join kept k on k.sku = l.sku
      left join coming c on c.sku = l.sku
      group by 1
    ),
    incidents_of as (
      select x.order_number, jsonb_agg(jsonb_build_object('number', i.number, 'severity', i.severity)
        order by i.number) list
      from incident_orders x join incidents i on i.number = x.incident
      where i.ended_at is null and i.resolved_at is null and not i.drill group by 1
    ),
    done_of as (select order_number, count(*)::int done from milestones where done group by 1)
    select o.number, o.class, o.grade, c.tier,
      coalesce(o.promised_delivery, o.requested_delivery)::text "promisedOn", o.projected_finish::text "projectedOn",
      coalesce(m.done, 0) "milestonesDone", coalesce(g.list, '[]') deadlines,
      coalesce(p.list, '{}') "latePurchases", coalesce(l.single, '{}') "singleSource",
      coalesce(l.short, '{}') "shortLines", coalesce(n.list, '[]') incidents,
      o.risk, o.risk_reasons "riskReasons", o.risk_at "riskAt"
    from open o
    join customers c on c.id = o.customer_id
    left join gone_of g on g.order_number = o.number
    left join late_of p on p.order_number = o.number
    left join lines_of l on l.order_number = o.number
    left join incidents_of n on n.order_number = o.number
    left join done_of m on m.order_number = o.number
    order by o.number`);
  return rows.map((row) => ({ ...row, riskAt: row.riskAt && new Date(row.riskAt).toISOString() }));
}

/** Stores the risk of orders that are still open; in one statement. */
export async function storeRisks(
  db: Queryable,
  risks: readonly ({ number: string } & Risk)[],
  at: Instant,
): Promise<void> {
  if (risks.length === 0) return;
  await db.execute(sql`
    update orders o set risk = r.score, risk_reasons = r.reasons, risk_at = ${at}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(risks)}::jsonb) r(number text, score int, reasons jsonb)
    where o.number = r.number and o.ended_at is null`);
}
