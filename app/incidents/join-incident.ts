import { eq } from 'drizzle-orm';
import type { ReportedView } from '../../contracts/http-incidents.js';
import type { Queryable } from '../../db/connect.js';
import { hasPendingSignal, type OpenIncident } from '../../db/queries/incidents.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { audit, commands, incidentOrders, incidentReports, incidents } from '../../db/schema/index.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { AppContext } from '../context.js';
import type { RequestIdentity } from '../idempotency.js';
import {
  makeReportCommand,
  makeReportEntry,
  makeReportedSignal,
  makeReportRow,
} from './make-incident-rows.js';

/**
 * Counts a report in the open incident that the caller holds locked, and links the orders it names. Its process is told
 * by a signal, which is a command: lost it cannot be. Of a storm's reports those that find one still on its way send
 * none of their own; that one is read after they have committed.
 */
export async function joinIncident(
  tx: Queryable,
  { now }: Pick<AppContext, 'now'>,
  identity: RequestIdentity,
  { number, count: before }: OpenIncident,
): Promise<ReportedView> {
  const { orders = [] } = identity.body as IncidentInput;
  const at = now().toISOString();
  const count = before + 1;
  const answer: ReportedView = { number, joined: true, count };
  await tx.update(incidents).set({ count }).where(eq(incidents.number, number));
  if (orders.length > 0) {
    const links = orders.map((order) => ({ incident: number, order, because: 'reported', at }));
    await tx.insert(incidentOrders).values(links).onConflictDoNothing();
  }
  const signals = (await hasPendingSignal(tx, number))
    ? []
    : [makeReportedSignal(identity, number, at, count)];
  await insertAll(tx, [
    newRows(incidentReports, [makeReportRow(identity, number, at)]),
    newRows(audit, [makeReportEntry(identity, number, at, { step: `report/${count}`, detail: { count } })]),
    newRows(commands, [
      makeReportCommand(identity, number, at, { kind: 'record', payload: null, answer }),
      ...signals,
    ]),
  ]);
  return answer;
}
