import { count, eq, sql } from 'drizzle-orm';
import type { Queryable } from '../../db/connect.js';
import { prepareOnce } from '../../db/prepare-once.js';
import { type OnCallJson, onCallSql } from '../../db/queries/on-call.js';
import { people, tasks } from '../../db/schema/index.js';
import { defaultWorkingTime } from '../../domain/calendar/defaults.js';
import type { Delegation, OnCall, Override, RoleShift } from '../../domain/on-call/shape.js';
import { isAway, type Served, standInFor } from '../../domain/on-call/stand-in-for.js';
import { whoIsOnCall } from '../../domain/on-call/who-is-on-call.js';
import type { Department, Role } from '../../domain/roles/shape.js';
import type { Instant } from '../../domain/time/shape.js';

/** One person as assignment sees them; `load` is the number of their open tasks. */
export interface Colleague {
  id: string;
  email: string;
  department: Department;
  roles: Role[];
  skills: string[];
  head: boolean;
  load: number;
  /** Their turns on call, and their absences. */
  duties: Duties;
}

interface Duties {
  shifts: RoleShift[];
  overrides: Override[];
  delegations: Delegation[];
  /** The company's zone, which the rota is written in. */
  zone: string;
}

/**
 * Who is reached for a role at an instant, and why: `holds` the role, is `onCall` for it, or `onBehalfOf:<id>` of the
 * one who would have been and is away.
 */
export interface Holder {
  id: string;
  why: 'holds' | 'onCall' | `onBehalfOf:${string}`;
}

const activeStaff = prepareOnce((db) => {
  const load = db
    .select({ assigneeId: tasks.assigneeId, open: count().as('open') })
    .from(tasks)
    .where(eq(tasks.state, 'open'))
    .groupBy(tasks.assigneeId)
    .as('load');
  return db
    .select({
      id: people.id,
      email: people.email,
      department: people.department,
      roles: people.roles,
      skills: people.skills,
      head: people.head,
      load: load.open,
      // The first row alone carries it, so that it travels once.
      onCall: sql<OnCallJson | null>`case when row_number() over (order by ${people.id}) = 1 then ${onCallSql} end`,
    })
    .from(people)
    .leftJoin(load, eq(load.assigneeId, people.id))
    .where(eq(people.active, true))
    .orderBy(people.id)
    .prepare('active-staff');
});

/**
 * Everybody active, with their load, their turns on call and their absences. One query: companies of this size have
 * hundreds of people, not millions.
 */
export async function loadStaff(db: Queryable): Promise<Colleague[]> {
  const rows = await activeStaff(db).execute();
  const dutiesOf = readDuties(rows[0]?.onCall);
  return rows.map(({ onCall: _, ...row }) => ({
    ...row,
    load: Number(row.load ?? 0),
    duties: dutiesOf(row.id),
  }));
}

/** Gives each person what the tables say of them. */
function readDuties(table: OnCallJson | null | undefined): (person: string) => Duties {
  const zone = table?.zone ?? defaultWorkingTime.zone;
  const shifts = byPerson(table?.shifts);
  const overrides = byPerson(table?.overrides?.map(inUtc));
  const delegations = byPerson(table?.delegations?.map(inUtc));
  return (person) => ({
    shifts: shifts.get(person) ?? [],
    overrides: overrides.get(person) ?? [],
    delegations: delegations.get(person) ?? [],
    zone,
  });
}

function byPerson<Row extends { person: string }>(rows: readonly Row[] | null = []): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows ?? []) found.set(row.person, [...(found.get(row.person) ?? []), row]);
  return found;
}

function inUtc<Row extends { from: Instant; to: Instant; madeAt: Instant }>(row: Row): Row {
  return { ...row, from: utc(row.from), to: utc(row.to), madeAt: utc(row.madeAt) };
}

const utc = (at: string): Instant => new Date(at).toISOString();

/** Who is on call for a role at an instant, by override or rota; undefined where nobody is. */
export function onCallFor(staff: readonly Colleague[], role: string, at: Instant): OnCall | undefined {
  return whoIsOnCall({
    rota: staff.flatMap(({ duties }) => duties.shifts),
    overrides: staff.flatMap(({ duties }) => duties.overrides),
    delegations: delegationsOf(staff),
    role,
    at,
    zone: staff[0]?.duties.zone ?? defaultWorkingTime.zone,
    staff,
  });
}

/**
 * Whom a department's head is looked for in: the one on call for the department, unless `but` names them (those whom
 * something waits for already are no step up), else its head, or who stands in for the head. Undefined for nobody.
 */
export function headOf(
  staff: readonly Colleague[],
  department: string,
  at: Instant,
  but: readonly string[] = [],
): Holder | undefined {
  const onCall = onCallFor(staff, department, at);
  if (onCall && !but.includes(onCall.person)) return served(onCall, 'onCall');
  const head = staff.find((colleague) => colleague.head && colleague.department === department);
  return head && reach(staff, head.id, at);
}

/**
 * Whom a role reaches at an instant: the one on call; else the least loaded of its holders who are there, the first by
 * id among equals; else who stands in for one of those away. Undefined for nobody.
 */
export function holderOf(staff: readonly Colleague[], role: Role, at: Instant): Holder | undefined {
  const onCall = onCallFor(staff, role, at);
  if (onCall) return served(onCall, 'onCall');
  const holders = staff
    .filter((colleague) => colleague.roles.includes(role))
    .sort((a, b) => a.load - b.load || (a.id < b.id ? -1 : 1));
  const there = present(holders, at);
  if (there[0]) return { id: there[0].id, why: 'holds' };
  return holders.map(({ id }) => reach(staff, id, at)).find((one) => one !== undefined);
}

/** The person, or who stands in for them at an instant; undefined where that leads to nobody active. */
export function reach(staff: readonly Colleague[], person: string, at: Instant): Holder | undefined {
  const isActive = (id: string) => staff.some((colleague) => colleague.id === id);
  const found = standInFor({ person, delegations: delegationsOf(staff), at, isActive });
  return found && served(found, 'holds');
}

/** Those of some people who are not away at an instant. */
export function present(among: readonly Colleague[], at: Instant): Colleague[] {
  return among.filter(({ id, duties }) => !isAway(id, duties.delegations, at));
}

const delegationsOf = (staff: readonly Colleague[]) => staff.flatMap(({ duties }) => duties.delegations);

const served = ({ person, onBehalfOf }: Served, why: 'holds' | 'onCall'): Holder => ({
  id: person,
  why: onBehalfOf === undefined ? why : `onBehalfOf:${onBehalfOf}`,
});
