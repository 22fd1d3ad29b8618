import { leadersOf } from '../interpret/leaders-of.js';
import type { Playbook } from '../shape.js';
import { linksOf } from './links-of.js';
import { type PlaybookProblem, problemAt } from './problem.js';

/** Branches: some sequence of choices reaches every step, and none waits for one of another branch. */
export function checkBranches(playbook: Playbook): PlaybookProblem[] {
  return [...checkReach(playbook), ...checkApart(playbook)];
}

function checkReach(playbook: Playbook): PlaybookProblem[] {
  const leaders = leadersOf(playbook);
  const reached = new Set(playbook.steps.map(({ key }) => key).filter((key) => !leaders.has(key)));
  // A set grows while it is walked through, so each step reached is looked at once.
  for (const from of reached) {
    for (const [key, leading] of leaders)
      if (leading.some((leader) => leader.decision === from)) reached.add(key);
  }
  return playbook.steps.flatMap(({ key }, at) =>
    reached.has(key)
      ? []
      : problemAt(['steps', at], {
          zh: `${key} 永远不会执行：引出它的决定（${namesOf(key)}）本身也不会执行；请由会执行的决定引出，或从 leadsTo 中删除`,
          en: `${key} can never run: nothing reaches the decisions that lead to it (${namesOf(key)}); let one that runs lead to it, or take it out of leadsTo`,
        }),
  );

  function namesOf(key: string): string {
    return (leaders.get(key) ?? []).map(({ decision }) => decision).join(', ');
  }
}

function checkApart(playbook: Playbook): PlaybookProblem[] {
  const choices = choicesOf(playbook);
  return linksOf(playbook).flatMap(({ kind, path, from, to }) => {
    if (kind !== 'needs') return [];
    const apart = findApart(choices.get(from), choices.get(to));
    if (!apart) return [];
    return problemAt(path, {
      zh: `${to} 只在决定 ${apart} 选择其他选项时执行，${from} 等不到它；请删除，或让同一选项也引出 ${to}`,
      en: `${to} runs only when ${apart} chooses another option than for ${from}; leave it out, or let the same option lead to ${to}`,
    });
  });
}

/** For a step: decisions that must have been made for it to run, each with the options that leave it possible. */
type Choices = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Where several decisions lead to one step, only what all of them have in common is sure; what is not sure is left out,
 * so two steps are never called apart that can run together.
 */
function choicesOf(playbook: Playbook): Map<string, Choices> {
  const leaders = leadersOf(playbook);
  const found = new Map<string, Choices>();
  const look = (key: string): Choices => {
    const known = found.get(key);
    if (known) return known;
    // Set first: decisions in a circle are another check's, and end the search here.
    found.set(key, new Map());
    const ways = (leaders.get(key) ?? []).map(({ decision, options }) =>
      new Map(look(decision)).set(decision, options),
    );
    const [first, ...others] = ways;
    const sure = new Map(
      [...(first ?? [])]
        .filter(([decision]) => others.every((way) => way.has(decision)))
        .map(([decision]) => [decision, new Set(ways.flatMap((way) => [...(way.get(decision) ?? [])]))]),
    );
    found.set(key, sure);
    return sure;
  };
  for (const { key } of playbook.steps) look(key);
  return found;
}

function findApart(one: Choices = new Map(), other: Choices = new Map()): string | undefined {
  return [...one].find(([decision, options]) => {
    const needed = other.get(decision);
    return needed && ![...needed].some((option) => options.has(option));
  })?.[0];
}
