import { ROLE_WORDS, type Role } from '../../roles/shape.js';
import type { Playbook } from '../shape.js';
import { type PlaybookProblem, problemAt } from './problem.js';

/** Every role named has a holder, so that no step stays with nobody. `holders`: how many people hold a role. */
export function checkRoles(playbook: Playbook, holders: (role: Role) => number): PlaybookProblem[] {
  return rolesOf(playbook)
    .filter(({ role }) => holders(role) === 0)
    .map(({ path, role }) =>
      problemAt(path, {
        zh: `没有人担任“${ROLE_WORDS[role].zh}”（${role}）；请先指定人员，或改用有人担任的角色`,
        en: `nobody holds the role ${role} (${ROLE_WORDS[role].en}); give it to somebody, or name one that is held`,
      }),
    );
}

function rolesOf({ ownerRole, team, steps }: Playbook): { path: (string | number)[]; role: Role }[] {
  return [
    { path: ['ownerRole'], role: ownerRole },
    ...team.map(({ role }, index) => ({ path: ['team', index, 'role'], role })),
    ...steps.flatMap((step, at) => [
      { path: ['steps', at, 'role'], role: step.role },
      ...(step.kind === 'decision' && step.by !== 'customer' && step.by !== step.role
        ? [{ path: ['steps', at, 'by'], role: step.by }]
        : []),
    ]),
  ];
}
