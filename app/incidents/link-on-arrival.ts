import type { IncidentAtIntake } from '../../db/queries/intake.js';
import type { audit, commands, holds, incidentOrders } from '../../db/schema/index.js';
import { plainPlace } from '../../domain/address/plain-place.js';
import type { AffectedBy } from '../../domain/playbooks/shape.js';
import type { PreparedOrder } from '../prepare-order.js';
import { makeCommandRow } from '../record/add-command.js';
import { holdRequest } from '../record/hold-shipments.js';
import { linkRequest } from '../record/reach-orders.js';
import { affectedKeys, becauseOf, queriesOf } from './affected-keys.js';

/** Rows that an order brings which comes in while incidents last that affect it. */
export interface Arrival {
  links: (typeof incidentOrders.$inferInsert)[];
  commands: (typeof commands.$inferInsert)[];
  holds: (typeof holds.$inferInsert)[];
  audit: (typeof audit.$inferInsert)[];
}

/**
 * Links a new order to every open incident that affects it (P03.5): by its products, by where it goes, or because
 * everything is affected. By a supplier, a warehouse, a carrier or a payment it is affected once it waits for their goods
 * or has been given to them, and is linked then. Where an incident holds shipments, it is held as well.
 */
export function linkOnArrival(order: PreparedOrder): Arrival {
  const arrival: Arrival = { links: [], commands: [], holds: [], audit: [] };
  for (const incident of order.incidents) {
    const reasons = queriesOf(incident.by).flatMap((by) => {
      const keys = keysHit(by, incident, order);
      return keys.length > 0 ? [becauseOf(by, keys)] : [];
    });
    if (reasons.length > 0) add(arrival, order, incident, reasons.join(';'));
  }
  return arrival;
}

/** The incident's keys that the order hangs on. */
function keysHit(by: AffectedBy, { facts }: IncidentAtIntake, { body }: PreparedOrder): string[] {
  const keys = affectedKeys(by, facts) ?? [];
  if (by === 'everything') return ['everything'];
  if (by === 'product') return keys.filter((sku) => body.lines.some((line) => line.sku === sku));
  if (by !== 'region') return [];
  const { region, city, district, country } = body.shipTo;
  const places = [region, city, district, country].flatMap((name) => (name ? [plainPlace(name)] : []));
  return keys.filter((key) => places.includes(plainPlace(key)));
}

function add(arrival: Arrival, order: PreparedOrder, incident: IncidentAtIntake, because: string): void {
  const { number, now, assessment, rules } = order;
  arrival.links.push({
    incident: incident.number,
    order: number,
    because,
    at: now,
  });
  const principal = `incident/${incident.number}`;
  const from = { principal, step: `order/${number}/arrival`, at: now };
  const owner = incident.ownerId ?? 'redmark';
  const reason = 'shipment';
  const about = { incident: incident.number, order: number };
  if (assessment.class !== 'normal') {
    const rule = rules.policy.holds[reason] ?? { stops: [], shipping: true };
    const requests = [
      linkRequest({ ...about, type: incident.name }),
      ...incident.holds.map((step) => holdRequest({ ...about, step, owner, rule })),
    ];
    arrival.commands.push(...requests.map((request) => makeCommandRow(request, from)));
    return;
  }
  // A normal order has no process: what holds it stands on the record from its first moment.
  for (const step of incident.holds) {
    const round = arrival.holds.length + 1;
    const id = round === 1 ? `${number}.hold` : `${number}.hold.${round}`;
    const held = { order: number, reason, incident: incident.number, step };
    arrival.holds.push({ ...held, id, ownerId: owner, heldBy: principal, heldAt: now });
    arrival.audit.push({
      key: `order/${number}/arrival/${id}`,
      at: now,
      subject: number,
      actor: principal,
      credential: 'workflow',
      action: 'hold',
      detail: { reason, incident: incident.number, step },
    });
  }
}
