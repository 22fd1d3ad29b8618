import type { Instant } from '../time/shape.js';
import type { PlannedRung, RungOutcome, RungRole } from './shape.js';

/**
 * Decides what a ladder does at `now`, given the rungs settled before. Of the rungs past, the highest is sent and
 * the lower ones are superseded. Where nobody is reachable, the rung is skipped and the next higher takes its place
 * at this same instant, and so on up; the last rung's repeats keep their own instants. Gives the rungs settled now,
 * lowest first, each with its role, the person reached and why; a rung in `settled` never comes again, so that each
 * fires exactly once however often, and after whatever outage, the ladder is looked at.
 *
 * `holderOf` answers the id of the reachable person who holds a role at this moment.
 */
export function climb({
  rungs,
  settled,
  now,
  holderOf,
}: {
  rungs: readonly PlannedRung[];
  settled: ReadonlySet<number>;
  now: Instant;
  holderOf: (role: RungRole) => string | undefined;
}): RungOutcome[] {
  const open = rungs.filter(({ index }) => !settled.has(index));
  const past = open.filter(({ at }) => at <= now);
  const highest = past.at(-1);
  if (!highest) return [];

  const outcomes: RungOutcome[] = [];
  // A higher rung settled before (it took a place, or an earlier look was cut short) has said it already.
  const above = Math.max(...settled);
  const top = Math.max(highest.index, above);
  for (const rung of past) {
    if (rung.index === top) continue;
    outcomes.push({ ...rung, settledAt: now, result: 'superseded', why: { code: 'overtaken', by: top } });
  }
  if (above > highest.index) return outcomes;

  const candidates = [highest, ...open.filter((rung) => mayTakePlace(rung, highest))];
  for (const [place, rung] of candidates.entries()) {
    const person = holderOf(rung.role);
    if (person !== undefined) {
      const why =
        place === 0 ? ({ code: 'holdsRole' } as const) : ({ code: 'tookPlace', of: highest.index } as const);
      outcomes.push({ ...rung, settledAt: now, result: 'fired', person, why });
      return outcomes;
    }
    const next = candidates[place + 1]?.index;
    outcomes.push({ ...rung, settledAt: now, result: 'skipped', why: { code: 'nobodyReachable', next } });
  }
  return outcomes;
}

/** Higher rungs may step in for a lower one; a repeat may not, it would only tell the same role again. */
function mayTakePlace(rung: PlannedRung, lower: PlannedRung): boolean {
  return rung.index > lower.index && rung.repeatOf === undefined;
}
