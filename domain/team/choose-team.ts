import type { Evaluator } from '../order/shape.js';
import { type Candidate, type ChosenBecause, choosePerson } from './choose-person.js';
import { TEAM_ROLES, TEAM_SOURCES, type Team, type TeamRole } from './shape.js';

/** Whose evaluator takes the team's role as well, so that one person gets one mail. */
const EVALUATOR_OF: Partial<Record<TeamRole, Evaluator>> = {
  liaison: 'sales',
  technical: 'technical',
  manufacturing: 'manufacturing',
  quality: 'quality',
};

export interface TeamWanted {
  people: readonly Candidate[];
  /** Who evaluates this order, by department. */
  prefer?: Partial<Record<Evaluator, string | null>>;
  /** The liaison where nobody evaluates for sales. */
  salesOwnerId?: string | null;
}

/** The named people, why each, and the roles that nobody can fill. */
export interface ChosenTeam {
  team: Team;
  why: Partial<Record<TeamRole, ChosenBecause>>;
  missing: TeamRole[];
}

/**
 * Names 紧急订单生产小组, the seven of P07.2, each from the role and with the skill of TEAM_SOURCES; its lead answers for the
 * whole (P10.2). One person may hold two of the seven where a company is small.
 */
export function chooseTeam({ people, prefer = {}, salesOwnerId }: TeamWanted): ChosenTeam {
  const result: ChosenTeam = { team: {}, why: {}, missing: [] };
  for (const teamRole of TEAM_ROLES) {
    const { role, skill } = TEAM_SOURCES[teamRole];
    const evaluator = EVALUATOR_OF[teamRole];
    const found = choosePerson({
      people,
      role,
      skills: skill ? [skill] : [],
      prefer: evaluator ? [prefer[evaluator]] : [],
      salesOwnerId: teamRole === 'liaison' && !prefer.sales ? salesOwnerId : null,
      exclude: teamRole === 'lead' ? leadersBarred(people, prefer) : [],
    });
    if (!found) {
      result.missing.push(teamRole);
      continue;
    }
    result.team[teamRole] = found.id;
    result.why[teamRole] = found.why;
  }
  return result;
}

/** The lead sees to the whole: with another skilled one at hand, nobody leads who evaluates for a department. */
function leadersBarred(people: readonly Candidate[], prefer: NonNullable<TeamWanted['prefer']>): string[] {
  const { role, skill = '' } = TEAM_SOURCES.lead;
  const able = people.filter(({ roles, skills }) => roles.includes(role) && skills.includes(skill));
  const evaluating = able.map(({ id }) => id).filter((id) => Object.values(prefer).includes(id));
  return evaluating.length < able.length ? evaluating : [];
}
