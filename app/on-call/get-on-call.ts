import type {
  DelegationView,
  DutyView,
  OnCallView,
  OverrideView,
  RotaView,
} from '../../contracts/http-on-call.js';
import { selectDelegations, selectOverrides, selectShifts } from '../../db/queries/on-call.js';
import { findNames } from '../../db/queries/people.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { type Colleague, holderOf, loadStaff, onCallFor } from '../record/staff.js';

/** So many exceptions are shown at most, those that begin first. */
const MOST_SHOWN = 500;

/**
 * Whom a role, or each role, reaches at an instant, by the same rules as a rung or a task (design §6), with the rotas,
 * overrides and delegations that say so. `at` is now unless given.
 */
export async function getOnCall(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  { at = now().toISOString(), role }: { at?: Instant; role?: Role },
): Promise<OnCallView> {
  const [staff, shifts, overrides, delegations] = await Promise.all([
    loadStaff(db),
    selectShifts(db, role),
    selectOverrides(db, { after: at, role }, MOST_SHOWN),
    selectDelegations(db, at, MOST_SHOWN),
  ]);
  const asked = role ? [role] : [...ROLES];
  const duties = asked.map((one) => dutyOf(staff, one, at));
  const names = await findNames(db, [
    ...duties.flatMap(({ person, onBehalfOf }) => [person, onBehalfOf].filter((id) => id !== null)),
    ...shifts.map(({ personId }) => personId),
    ...overrides.flatMap(({ personId, by }) => [personId, by]),
    ...delegations.flatMap(({ personId, standInId, by }) => [personId, standInId, by]),
  ]);
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  const roles = [...new Set(shifts.map((shift) => shift.role))];
  return {
    at,
    zone: staff[0]?.duties.zone ?? defaultWorkingTime.zone,
    items: duties.map(({ person, onBehalfOf, ...duty }) => ({
      ...duty,
      person: person === null ? null : named(person),
      onBehalfOf: onBehalfOf === null ? null : named(onBehalfOf),
    })),
    rotas: roles.map(
      (one): RotaView => ({
        role: one,
        shifts: shifts
          .filter((shift) => shift.role === one)
          .map(({ weekday, from, to, personId }) => ({ weekday, from, to, person: named(personId) })),
      }),
    ),
    overrides: overrides.map(
      ({ personId, by, ...one }): OverrideView => ({ ...one, person: named(personId), by: named(by) }),
    ),
    delegations: delegations.map(
      ({ personId, standInId, by, ...one }): DelegationView => ({
        ...one,
        person: named(personId),
        standIn: named(standInId),
        by: named(by),
      }),
    ),
  };
}

type Duty = Omit<DutyView, 'person' | 'onBehalfOf'> & { person: string | null; onBehalfOf: string | null };

function dutyOf(staff: readonly Colleague[], role: Role, at: Instant): Duty {
  const onCall = onCallFor(staff, role, at);
  if (onCall) {
    const { person, onBehalfOf = null, by, override = null, from, to } = onCall;
    return { role, person, why: 'onCall', onBehalfOf, by, override, from, to };
  }
  const none = { by: null, override: null, from: null, to: null };
  const holder = holderOf(staff, role, at);
  if (!holder) return { role, person: null, why: 'nobody', onBehalfOf: null, ...none };
  const onBehalfOf = holder.why.startsWith('onBehalfOf:') ? holder.why.slice('onBehalfOf:'.length) : null;
  return { role, person: holder.id, why: 'holds', onBehalfOf, ...none };
}
