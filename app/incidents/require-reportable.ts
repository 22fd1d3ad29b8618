import type { Queryable } from '../../db/connect.js';
import { findReportable } from '../../db/queries/incidents.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import { refuseField } from '../errors.js';
import type { Principal } from '../principal.js';
import { scopeOf } from '../read-rights.js';

/**
 * What a report names is on record, and may be named by who reports: an API client names its own orders, and as parent
 * an incident that it reported. What is another's is as good as not there. Throws `invalid-input` by the field.
 */
export async function requireReportable(
  db: Queryable,
  principal: Principal,
  { type, orders = [], parent }: IncidentInput,
): Promise<void> {
  const known = await findReportable(db, { type, orders, parent, ...scopeOf(principal) });
  if (!known.type) throw refuseField('type', `no playbook of the type ${type} is in force`);
  const there = new Set(known.orders);
  const unknown = orders.findIndex((number) => !there.has(number));
  if (unknown >= 0) throw refuseField(`orders.${unknown}`, `there is no order ${orders[unknown]}`);
  if (parent !== undefined && !known.parent) {
    throw refuseField('parent', `there is no open incident ${parent}`);
  }
}
