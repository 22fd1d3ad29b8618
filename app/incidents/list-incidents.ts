import { z } from 'zod';
import type { IncidentSummary } from '../../contracts/http-incidents.js';
import type { Queryable } from '../../db/connect.js';
import { type IncidentFilter, type ListedIncident, selectIncidents } from '../../db/queries/incident-list.js';
import { INCIDENT_PHASE_WORDS } from '../../domain/wording/terms.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from '../cursor.js';
import { type Principal, principalRef } from '../principal.js';
import { isStaff, scopeOf } from '../read-rights.js';

const keySchema = z.tuple([instantKey, textKey]);

export type ListIncidentsRequest = PageRequest & Omit<IncidentFilter, 'clientId'>;

/** Incidents, newest first: staff see all, an API client those it reported. Throws `invalid-parameter` for a cursor of another list. */
export async function listIncidents(
  db: Queryable,
  viewer: Principal,
  { limit, cursor, ...filter }: ListIncidentsRequest,
): Promise<Page<IncidentSummary>> {
  const key = readCursor(cursor, keySchema);
  const after = key && { createdAt: key[0], number: key[1] };
  const rows = await selectIncidents(db, { ...filter, ...scopeOf(viewer) }, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ incident }) => [incident.createdAt, incident.number],
    (row) => toIncidentSummary(row, viewer),
  );
}

/** An incident as a list shows it; who has it and what else it affects is not for a client. */
export function toIncidentSummary(row: ListedIncident, viewer: Principal): IncidentSummary {
  const { incident, name, ownerName, dueAt, breached, orders } = row;
  const { ownerId, reportedBy, createdAt: _, ...shown } = incident;
  const staff = isStaff(viewer);
  const mayReadSummary = staff || reportedBy === principalRef(viewer);
  return {
    ...shown,
    name,
    phaseWords: INCIDENT_PHASE_WORDS[shown.phase],
    summary: mayReadSummary ? shown.summary : null,
    summaryWords: mayReadSummary ? shown.summaryWords : null,
    owner: staff && ownerId !== null ? { id: ownerId, name: ownerName ?? ownerId } : null,
    parent: staff ? shown.parent : null,
    dueAt: staff && dueAt !== null ? new Date(dueAt).toISOString() : null,
    breached: staff && breached,
    orders: staff ? orders : null,
  };
}
