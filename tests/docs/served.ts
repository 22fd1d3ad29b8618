import type { Servers } from './find-servers.js';

const KINDS = ['playbook', 'rule', 'test'] as const;
/** The ways in which an obligation is served; a rule that no process loads is none of them. */
export type Kind = (typeof KINDS)[number];

/** Which obligations are served in which ways. */
export type Served = Record<string, Kind[]>;

const kindsOf = ({ playbooks, rules, tests }: Servers): Kind[] => {
  const counts = { playbook: playbooks.size, rule: rules.length, test: tests.length };
  return KINDS.filter((kind) => counts[kind] > 0);
};

/** What serves each obligation now; one with nothing is left out. */
export const servedNow = (servers: Map<string, Servers>): Served =>
  Object.fromEntries(
    [...servers].map(([id, one]) => [id, kindsOf(one)]).filter(([, kinds]) => kinds?.length),
  );

/** What was served and is no longer, in words (`P07.4 has no test any more`), but for obligations that may go. */
export const lostSince = (
  before: Served,
  now: Served,
  mayGo: readonly string[] = [],
): { id: string; kind: Kind; words: string }[] =>
  Object.entries(before).flatMap(([id, kinds]) =>
    kinds
      .filter((kind) => !now[id]?.includes(kind) && !mayGo.includes(id))
      .map((kind) => ({ id, kind, words: `${id} has no ${kind} any more` })),
  );

/** The list as it is committed: an obligation a line, so that two additions do not meet. */
export const writeServed = (served: Served) => {
  const lines = Object.entries(served).map(([id, kinds]) => `  "${id}": ${JSON.stringify(kinds)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
};
