import type { Role } from '../roles/shape.js';
import { type Playbook, playbookSchema } from './shape.js';
import { checkBranches } from './validate/check-branches.js';
import { checkCycles } from './validate/check-cycles.js';
import { checkKeys } from './validate/check-keys.js';
import { checkPhases } from './validate/check-phases.js';
import { checkRoles } from './validate/check-roles.js';
import { checkSeverity } from './validate/check-severity.js';
import type { PlaybookProblem } from './validate/problem.js';
import { wordIssue } from './validate/word-issue.js';

export type { PlaybookProblem } from './validate/problem.js';

/** A playbook, complete and valid, or what is wrong with it. */
export interface Validated {
  /** Every default filled in; there only when nothing is wrong, so what is there may be published. */
  playbook?: Playbook;
  /** By path, in the order of the checks. */
  problems: PlaybookProblem[];
}

/**
 * Whether a source is a playbook that can be published (P02.6, P13.5): its shape, names, phases, circles, branches,
 * roles and levels. Where the shape is wrong only that is told, for the rest could not be read. Takes anything and never
 * throws. `holders`: how many people hold a role.
 */
export function validatePlaybook(
  source: unknown,
  { holders }: { holders: (role: Role) => number },
): Validated {
  const parsed = playbookSchema.safeParse(source);
  if (!parsed.success) {
    return { problems: parsed.error.issues.flatMap((issue) => wordIssue(issue, source)) };
  }
  const playbook = parsed.data;
  const problems = [
    ...checkKeys(playbook),
    ...checkPhases(playbook),
    ...checkCycles(playbook),
    ...checkBranches(playbook),
    ...checkRoles(playbook, holders),
    ...checkSeverity(playbook),
  ];
  return problems.length === 0 ? { playbook, problems } : { problems };
}
