import type { Instant } from '../time/shape.js';
import type { Delegation } from './shape.js';

/** Whom one reaches in a person's place; `onBehalfOf` is that person, where it is somebody else. */
export interface Served {
  person: string;
  onBehalfOf?: string;
}

/** Whether a span holds an instant: its beginning does, its end does not. */
export const covers = ({ from, to }: { from: Instant; to: Instant }, at: Instant) => from <= at && at < to;

/** The one of several that was made last, by id among equals, so that the last word counts everywhere alike. */
export function lastMade<T extends { id: string; madeAt: Instant }>(among: readonly T[]): T[] {
  const stamp = ({ madeAt, id }: T) => `${madeAt} ${id}`;
  return [...among].sort((a, b) => (stamp(a) < stamp(b) ? 1 : -1));
}

/** Whether a person is away at an instant. */
export function isAway(person: string, delegations: readonly Delegation[], at: Instant): boolean {
  return delegations.some((one) => one.person === person && covers(one, at));
}

/**
 * Who is reached for a person at an instant: the person, or who stands in for them (design §10), or for that one in
 * turn. Undefined where it ends with nobody: one who has left, or two who stand in for each other.
 */
export function standInFor({
  person,
  delegations,
  at,
  isActive = () => true,
}: {
  person: string;
  delegations: readonly Delegation[];
  at: Instant;
  /** Whether somebody is with the company still. */
  isActive?: (id: string) => boolean;
}): Served | undefined {
  const passed = new Set<string>();
  let current = person;
  while (!passed.has(current)) {
    passed.add(current);
    const own = delegations.filter((one) => one.person === current && covers(one, at));
    const [away] = lastMade(own);
    if (!away) {
      if (!isActive(current)) return undefined;
      return current === person ? { person } : { person: current, onBehalfOf: person };
    }
    current = away.standIn;
  }
  return undefined;
}
