import type { RungRole } from '../../ladder/shape.js';
import type { Delegation, Override, RoleShift } from '../../on-call/shape.js';
import { isAway, type Served, standInFor } from '../../on-call/stand-in-for.js';
import { whoIsOnCall } from '../../on-call/who-is-on-call.js';
import { DEPARTMENTS, type Department, type Role } from '../../roles/shape.js';
import { type Candidate, choosePerson } from '../../team/choose-person.js';
import type { Instant } from '../../time/shape.js';
import type { Playbook } from '../shape.js';
import type { Reached } from './simulation.js';

/** A person as they stand in the record; `load` counts their open tasks. */
export interface SimulatedPerson extends Candidate {
  department: Department;
  head: boolean;
  name?: string;
}

/** 值班表, overrides and absences; without them everybody is there and nobody is on call. */
export interface OnCallTables {
  rota: readonly RoleShift[];
  overrides: readonly Override[];
  delegations: readonly Delegation[];
}

export interface Reach {
  /** Whose task a step of this role is: on call, else of the team, else by skill and load; null for nobody. */
  assign(role: Role, at: Instant): Reached | null;
  /** Who is told on a rung above somebody with this role. */
  rung(rung: RungRole, role: Role, at: Instant): Reached | null;
  /** Who fills each role of the response team, at the instant it is called. */
  team: { key: string; role: Role; reached: Reached | null }[];
}

/** Looks people up as the engine does when it needs them (design §6). `at`: when the team is named. */
export function reachPeople({
  playbook,
  people,
  onCall = { rota: [], overrides: [], delegations: [] },
  zone,
  at: start,
}: {
  playbook: Playbook;
  people: readonly SimulatedPerson[];
  onCall?: OnCallTables;
  zone: string;
  at: Instant;
}): Reach {
  const { delegations } = onCall;
  const { skills } = playbook;
  const isActive = (id: string) => people.some((person) => person.id === id);
  const there = (at: Instant) => people.filter(({ id }) => !isAway(id, delegations, at));
  const standIn = (person: string, at: Instant) => standInFor({ person, delegations, at, isActive });

  function onDuty(role: string, at: Instant): Reached | undefined {
    const found = whoIsOnCall({ ...onCall, role, at, zone, staff: people });
    return found && reachedBy(found, 'onCall');
  }

  /** A holder who is there, by skill and load; else who stands in for one. */
  function holder(role: Role, at: Instant): Reached | undefined {
    const chosen = choosePerson({ people: there(at), role, skills });
    if (chosen) return { person: chosen.id, why: chosen.why };
    const away = choosePerson({ people, role, skills });
    const served = away && standIn(away.id, at);
    return served && reachedBy(served, away.why);
  }

  const team = playbook.team.map(({ key, role }) => ({
    key,
    role,
    reached: onDuty(role, start) ?? holder(role, start) ?? null,
  }));

  function ofTeam(role: Role, at: Instant): Reached | undefined {
    const member = team.find((one) => one.role === role)?.reached;
    const served = member ? standIn(member.person, at) : undefined;
    return served && reachedBy(served, 'team');
  }

  const reachRole = (role: Role, at: Instant) => onDuty(role, at) ?? holder(role, at) ?? null;

  function headOf(department: Department, at: Instant): Reached | null {
    const head = people.find((person) => person.head && person.department === department);
    const served = head && standIn(head.id, at);
    return onDuty(department, at) ?? (served ? reachedBy(served, 'head') : null);
  }

  return {
    team,
    assign: (role, at) => onDuty(role, at) ?? ofTeam(role, at) ?? holder(role, at) ?? null,
    rung: (rung, role, at) => {
      if (rung === 'departmentHead') return headOf(departmentOf(role), at);
      if (rung === 'teamLead') return team[0]?.reached ?? null;
      return reachRole(rung, at);
    },
  };
}

const reachedBy = ({ person, onBehalfOf }: Served, why: Reached['why']): Reached => ({
  person,
  why,
  ...(onBehalfOf !== undefined && { onBehalfOf }),
});

/** Whose head stands above a role; those who manage stand under the management’s. */
function departmentOf(role: Role): Department {
  return DEPARTMENTS.find((department) => department === role) ?? 'management';
}
