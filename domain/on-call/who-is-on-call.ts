import { toInstant } from '../time/instant.js';
import { addDays, epochMsAt, localDateOf, weekdayOf } from '../time/local-date.js';
import type { Instant, LocalDate } from '../time/shape.js';
import type { Delegation, OnCall, Override, RoleShift, RotaShift } from './shape.js';
import { covers, lastMade, standInFor } from './stand-in-for.js';

/** People as they are now: who is missing has left. */
type Staff = readonly { id: string; roles: readonly string[] }[];

/**
 * Who is on call for a role at an instant (P01.3, design §6), by the last override made for that moment, or else by the
 * weekly rota in `zone` (IANA name); a stand-in where that one is away. Where `staff` is given, a turn counts only while
 * its person holds the role, and nobody who has left is reached. Undefined where nobody is on call: the role's holders
 * stand as ever.
 */
export function whoIsOnCall({
  rota,
  overrides,
  delegations,
  role,
  at,
  zone,
  staff,
}: {
  rota: readonly RoleShift[];
  overrides: readonly Override[];
  delegations: readonly Delegation[];
  role: string;
  at: Instant;
  zone: string;
  staff?: Staff;
}): OnCall | undefined {
  const isActive = (id: string) => staff === undefined || staff.some((one) => one.id === id);
  const mayServe = (id: string) =>
    staff === undefined || staff.some((one) => one.id === id && one.roles.includes(role));
  const current = overrides.filter((one) => one.role === role && covers(one, at));
  for (const { person, from, to, id } of lastMade(current)) {
    const served = mayServe(person) && standInFor({ person, delegations, at, isActive });
    if (served) return { ...served, by: 'override', from, to, override: id };
  }
  for (const shift of rota.filter((one) => one.role === role)) {
    const turn = turnAt(shift, at, zone);
    const { person } = shift;
    const served = turn && mayServe(person) && standInFor({ person, delegations, at, isActive });
    if (turn && served) return { ...served, by: 'rota', ...turn };
  }
  return undefined;
}

/** The turn of a shift that an instant lies in: the one that begins that day, or the one of the night before. */
function turnAt(shift: RotaShift, at: Instant, zone: string): { from: Instant; to: Instant } | undefined {
  const today = localDateOf(at, zone);
  return [today, addDays(today, -1)]
    .filter((date) => isoWeekday(date) === shift.weekday)
    .map((date) => turnOn(date, shift, zone))
    .find((turn) => covers(turn, at));
}

function turnOn(date: LocalDate, { from, to }: RotaShift, zone: string): { from: Instant; to: Instant } {
  const last = to > from ? date : addDays(date, 1);
  return { from: toInstant(epochMsAt(date, from, zone)), to: toInstant(epochMsAt(last, to, zone)) };
}

const isoWeekday = (date: LocalDate) => weekdayOf(date) || 7;
