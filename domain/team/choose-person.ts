import type { Role } from '../roles/shape.js';

/** A person as assignment sees them; `load` is the number of their open tasks. */
export interface Candidate {
  id: string;
  roles: readonly Role[];
  skills: readonly string[];
  load: number;
}

/**
 * Why this person: the customer's sales owner; evaluates this order already; has the skill; has the fewest open tasks;
 * nobody else was there to choose.
 */
export type ChosenBecause = 'salesOwner' | 'evaluates' | 'skill' | 'leastLoad' | 'onlyOne';

export interface Chosen {
  id: string;
  why: ChosenBecause;
}

export interface PersonWanted {
  people: readonly Candidate[];
  role: Role;
  /** Skills that are preferred; who has more of them comes first. */
  skills?: readonly string[];
  salesOwnerId?: string | null;
  /** Taken where they hold the role: they work on the order already, so one person gets one mail. */
  prefer?: readonly (string | null | undefined)[];
  /** Never taken, e.g. who evaluates for another department (design: separation of duties). */
  exclude?: readonly string[];
}

/**
 * Chooses among the holders of a role (P07.1, P07.2): the sales owner, then who works on the order already, then by
 * skill, then by load, then by id, so that the same facts always give the same person. Undefined when nobody is left.
 */
export function choosePerson({
  people,
  role,
  skills = [],
  salesOwnerId,
  prefer = [],
  exclude = [],
}: PersonWanted) {
  const holders = people.filter((person) => person.roles.includes(role) && !exclude.includes(person.id));
  if (salesOwnerId && holders.some(({ id }) => id === salesOwnerId))
    return chosen(salesOwnerId, 'salesOwner');
  const preferred = prefer.find((id) => id && holders.some((person) => person.id === id));
  if (preferred) return chosen(preferred, 'evaluates');

  const fitOf = (person: Candidate) => skills.filter((skill) => person.skills.includes(skill)).length;
  const ranked = [...holders].sort(
    (a, b) => fitOf(b) - fitOf(a) || a.load - b.load || (a.id < b.id ? -1 : 1),
  );
  const [best, next] = ranked;
  if (!best) return undefined;
  if (!next) return chosen(best.id, 'onlyOne');
  return chosen(best.id, fitOf(best) > fitOf(next) ? 'skill' : 'leastLoad');
}

const chosen = (id: string, why: ChosenBecause): Chosen => ({ id, why });
