import type { PlaybookSimulationView } from '../../contracts/http-playbook-simulation.js';
import type { PlaybookSimulateInput } from '../../contracts/http-playbooks.js';
import { findNames } from '../../db/queries/people.js';
import { ruleFor } from '../../domain/deadlines/rule-for.js';
import {
  type Simulation,
  type SimulationRequest,
  simulatePlaybook,
} from '../../domain/playbooks/simulate.js';
import { validatePlaybook } from '../../domain/playbooks/validate-playbook.js';
import type { Policy } from '../../domain/policy/shape.js';
import { loadRules } from '../load-rules.js';
import { type Colleague, loadStaff } from '../record/staff.js';
import type { PlaybookContext } from './record-playbook.js';
import { refuseProblems } from './refuse-problems.js';
import { requireRevision } from './require-revision.js';
import { readPlaybook } from './view-revision.js';

const TIMES = ['acknowledge', 'confirm', 'firstNotice', 'update', 'mitigate', 'report', 'review'] as const;

/**
 * What a revision would do, were such an incident reported at `startAt` (P02.6): with the people, turns on call,
 * absences, calendar and policy as they are now. Reads alone; nothing happens. Roles that nobody holds are shown, not
 * refused. Throws `not-found`; `playbook-problems` for a draft that could not run.
 */
export async function simulateRevision(
  { db, now }: PlaybookContext,
  type: string,
  { severity, startAt = now().toISOString(), revision, draft = false }: PlaybookSimulateInput,
): Promise<PlaybookSimulationView> {
  const row = await requireRevision(db, type, revision ?? (draft ? 'draft' : 'published'));
  const { playbook, problems } = validatePlaybook(readPlaybook(row), { holders: () => 1 });
  if (!playbook) throw refuseProblems(problems);
  const [rules, staff] = await Promise.all([loadRules(db), loadStaff(db)]);
  const names = await findNames(
    db,
    staff.map(({ id }) => id),
  );
  const people = staff.map((one) => ({ ...one, name: names.get(one.id) ?? one.id }));
  const simulation = simulatePlaybook({
    playbook,
    severity,
    people,
    onCall: onCallOf(staff),
    calendar: rules.calendar,
    ...levelOf(rules.policy, severity),
    startAt,
  });
  return {
    type,
    revision: row.revision,
    severity,
    startAt,
    policyRevision: rules.revision,
    provisional: rules.calendar.isProvisional(startAt, endOf(simulation)),
    ...simulation,
    people: people.map(({ id, name }) => ({ id, name })),
  };
}

const endOf = ({ everybodyActsAtDue, nobodyActs }: Simulation) =>
  everybodyActsAtDue.endsAt > nobodyActs.endsAt ? everybodyActsAtDue.endsAt : nobodyActs.endsAt;

function onCallOf(staff: readonly Colleague[]): SimulationRequest['onCall'] {
  return {
    rota: staff.flatMap(({ duties }) => duties.shifts),
    overrides: staff.flatMap(({ duties }) => duties.overrides),
    delegations: staff.flatMap(({ duties }) => duties.delegations),
  };
}

/** The times and the ladder of a level, of the policy (P11). */
function levelOf(
  { deadlines, ladder }: Policy,
  severity: PlaybookSimulateInput['severity'],
): Pick<SimulationRequest, 'policyTimes' | 'ladder'> {
  const level = `level${severity}` as const;
  const policyTimes = Object.fromEntries(
    TIMES.flatMap((time) => {
      const rule = ruleFor(deadlines, level, time);
      return rule ? [[time, rule]] : [];
    }),
  );
  return { policyTimes, ladder: ladder[level] };
}
