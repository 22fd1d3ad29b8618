import type { Database } from '../../db/connect.js';
import { incidentOrders, incidents } from '../../db/schema/index.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import { NOW } from './api-rig.js';

/** Puts an open incident on record that an order hangs on. */
export async function openIncidentForRisk(
  db: Database,
  { order, severity }: { order: string; severity: Severity },
): Promise<void> {
  const number = 'IN-20261124-0009';
  await db.insert(incidents).values({
    number,
    type: 'quality-problem',
    playbookRevision: 1,
    summary: 'x',
    source: 'x',
    phase: 'responding',
    severity,
    severityBy: 'rules',
    severityBecause: { zh: 'x', en: 'x' },
    reportedBy: 'x',
    reportedAt: NOW,
    policyRevision: 1,
    createdAt: NOW,
  });
  await db.insert(incidentOrders).values({ incident: number, order, because: 'reported', at: NOW });
}
