import type { IncidentView } from '../../contracts/http-incidents.js';
import type { Database } from '../../db/connect.js';
import { findAffectedPartners, findAffectedSuppliers } from '../../db/queries/affected-parties.js';
import { type FoundIncident, findIncident } from '../../db/queries/incident-view.js';
import { findNoticeIncident } from '../../db/queries/notice-incident.js';
import { findNames } from '../../db/queries/people.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import type { SimilarIncident } from '../../domain/wording/incident-told.js';
import { AppError } from '../errors.js';
import { toIncidentTold } from '../notices/incident-facts.js';
import { readPlaybook } from '../playbooks/view-revision.js';
import { type Principal, principalRef } from '../principal.js';
import { isStaff, scopeOf } from '../read-rights.js';
import { toIncidentSummary } from './list-incidents.js';
import { instantOf, instantOrNull, namesIn, viewSteps } from './view-steps.js';

/**
 * An incident, whole, with its steps in the playbook's order, whom it affects, and what was done about the like before
 * (P12.3). An API client that reported it gets its phase and times and its own reports, nothing else.
 * Throws `not-found` for another's, too.
 */
export async function getIncident(db: Database, number: string, viewer: Principal): Promise<IncidentView> {
  const mayRead = viewer.kind === 'person' || viewer.kind === 'client';
  const found = mayRead ? await findIncident(db, number, scopeOf(viewer)) : undefined;
  if (!found) throw new AppError('not-found', `there is no incident ${number.slice(0, 40)}`);
  const [names, told] = await Promise.all([
    findNames(db, namesIn(found)),
    isStaff(viewer) ? findNoticeIncident(db, number) : null,
  ]);
  const view = viewIncident({ ...found, playbook: readPlaybook(found) }, names, viewer);
  if (isStaff(viewer)) view.affected = { ...view.affected, ...(await findParties(db, found.incident)) };
  return { ...view, similar: told ? toIncidentTold(told.incident).similar.map(inOneLanguage) : [] };
}

async function findParties(
  db: Database,
  { number, facts }: FoundIncident['incident'],
): Promise<Pick<IncidentView['affected'], 'suppliers' | 'partners'>> {
  const [suppliers, partners] = await Promise.all([
    findAffectedSuppliers(db, facts, { incident: number }),
    findAffectedPartners(db, facts, { incident: number }),
  ]);
  const shown = suppliers.map(({ email, phone: _, ...rest }) => ({ ...rest, reachable: email !== null }));
  return { suppliers: shown, partners };
}

/** A summary of the past is shown as it was kept; the letters say it in the reader's language. */
const inOneLanguage = ({ summary, ...one }: SimilarIncident) => ({ ...one, summary: summary.zh });

function viewIncident(found: FoundIncident, names: Map<string, string>, viewer: Principal): IncidentView {
  const { incident, playbook } = found;
  const staff = isStaff(viewer);
  const named = (id: string | null) => (id === null ? null : { id, name: names.get(id) ?? nameOf(id) });
  const ours = (id: string | null) => (staff ? named(id) : null);
  const deadlines = found.deadlines.map((one) => {
    return { ...one, dueAt: instantOf(one.dueAt), metAt: instantOrNull(one.metAt) };
  });
  const next = deadlines.find(({ state }) => state === 'open');
  const summary = toIncidentSummary(
    {
      incident,
      name: playbook.name,
      ownerName: names.get(incident.ownerId ?? '') ?? null,
      dueAt: next?.dueAt ?? null,
      breached: deadlines.some(({ state }) => state === 'breached'),
      orders: found.scope.total,
    },
    viewer,
  );
  const reports = found.reports.filter(({ by }) => staff || by === principalRef(viewer));
  return {
    ...summary,
    playbookRevision: incident.playbookRevision,
    severityBy: ours(incident.severityBy),
    severityBecause: staff ? incident.severityBecause : null,
    source: staff ? incident.source : null,
    dedupKey: staff ? incident.dedupKey : null,
    facts: staff ? incident.facts : null,
    reportedBy: ours(incident.reportedBy),
    acknowledgedBy: ours(incident.acknowledgedBy),
    confirmedBy: ours(incident.confirmedBy),
    team: staff ? teamOf(playbook, incident.team ?? {}, named) : [],
    deadlines: staff ? deadlines : [],
    steps: staff ? viewSteps(found, named) : [],
    affected: {
      ...(staff ? { ...found.scope, orders: found.affected } : { total: 0, customers: 0, orders: [] }),
      suppliers: [],
      partners: [],
    },
    reports: reports.map(({ by, at, ...report }) => ({
      ...report,
      by: named(by) ?? { id: by, name: by },
      at: instantOf(at),
    })),
    children: staff ? found.children : [],
    recurrenceOf: staff ? incident.recurrenceOf : null,
    rootCause: staff && incident.rootCause ? causeOf(playbook, incident.rootCause) : null,
    similar: [],
    archiveHash: staff ? incident.archiveHash : null,
    version: incident.stateVersion,
  };
}

/** `rules` and the product itself are nobody's names. */
const nameOf = (id: string) => (id === 'redmark' ? '红标 Redmark' : id);

type Named = (id: string | null) => { id: string; name: string } | null;

function teamOf({ team }: Playbook, people: Record<string, string>, named: Named): IncidentView['team'] {
  return team.map((member) => ({ ...member, person: named(people[member.key] ?? null) }));
}

function causeOf({ causes }: Playbook, { category, words }: { category: string; words: string }) {
  const found = causes.find(({ key }) => key === category);
  return { category, name: found?.name ?? { zh: category, en: category }, words };
}
