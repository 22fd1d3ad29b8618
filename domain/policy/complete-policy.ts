import { defaultDeadlinesPolicy } from '../deadlines/defaults.js';
import { LEVEL_CLASSES, type LevelClass } from '../deadlines/shape.js';
import { defaultHoldsPolicy } from '../holds/shape.js';
import { defaultLadderPolicy } from '../ladder/defaults.js';
import type { LadderPolicy } from '../ladder/shape.js';
import { defaultRiskPolicy } from '../risk/defaults.js';
import type { RiskPolicy } from '../risk/shape.js';
import type { Policy, PolicySource } from './shape.js';

/**
 * A policy as it was stored, with the defaults of what has been added to policies since. Revisions are kept as they
 * were published and never checked again: a rule that came later must not make an order's own revision unreadable.
 */
export function completePolicy(stored: PolicySource): Policy {
  return {
    ...stored,
    deadlines: { ...defaultDeadlinesPolicy, ...stored.deadlines },
    ladder: completeLadders(stored.ladder),
    holds: { ...defaultHoldsPolicy, ...stored.holds },
    // A weight that is stored is stored whole: its schema filled it in when it was sent.
    risk: { ...defaultRiskPolicy, ...(stored.risk as Partial<RiskPolicy>) },
  };
}

/** A level's rungs are an incident's, so planning must never fall back to those of an order. */
function completeLadders(stored: PolicySource['ladder']): LadderPolicy {
  const levels = LEVEL_CLASSES.map((level) => [level, { ...defaultLadderPolicy[level], ...stored[level] }]);
  return { ...stored, ...(Object.fromEntries(levels) as Pick<LadderPolicy, LevelClass>) };
}
