import type { Playbook } from '../shape.js';
import { type Link, linksOf } from './links-of.js';
import { type PlaybookProblem, problemAt } from './problem.js';

/**
 * Steps that wait for each other in a circle, and so for ever; a step waits for its needs, and for the decisions that
 * lead to it. One problem a circle, at the link by which its first step waits.
 */
export function checkCycles(playbook: Playbook): PlaybookProblem[] {
  const waits = waitsOf(playbook);
  const problems: PlaybookProblem[] = [];
  const told = new Set<string>();
  for (const { key } of playbook.steps) {
    if (told.has(key)) continue;
    const [first, ...rest] = findCircle(key, waits);
    if (!first) continue;
    const circle = [key, ...[first, ...rest].map(({ to }) => to)];
    for (const member of circle) told.add(member);
    problems.push(problemAt(first.path, rest.length === 0 ? wordSelf(key) : wordCircle(circle)));
  }
  return problems;
}

interface Wait {
  path: Link['path'];
  to: string;
}

function waitsOf(playbook: Playbook): Map<string, Wait[]> {
  const waits = new Map<string, Wait[]>();
  const known = new Set(playbook.steps.map(({ key }) => key));
  for (const { kind, from, to, path } of linksOf(playbook)) {
    if (!known.has(to)) continue;
    const [waiting, first] = kind === 'needs' ? [from, to] : [to, from];
    waits.set(waiting, [...(waits.get(waiting) ?? []), { path, to: first }]);
  }
  return waits;
}

/** The shortest way from a step back to itself; empty where there is none. */
function findCircle(start: string, waits: ReadonlyMap<string, readonly Wait[]>): Wait[] {
  const seen = new Set<string>();
  let ways: Wait[][] = [[]];
  while (ways.length > 0) {
    const longer: Wait[][] = [];
    for (const way of ways) {
      for (const wait of waits.get(way.at(-1)?.to ?? start) ?? []) {
        if (wait.to === start) return [...way, wait];
        if (seen.has(wait.to)) continue;
        seen.add(wait.to);
        longer.push([...way, wait]);
      }
    }
    ways = longer;
  }
  return [];
}

const wordSelf = (key: string) => ({
  zh: `${key} 等待自己，永远不会开始；请删除此处`,
  en: `${key} waits for itself and would never begin; leave this out`,
});

const wordCircle = (circle: readonly string[]) => ({
  zh: `步骤互相等待，永远不会开始：${circle.join(' → ')}；请删除其中一处`,
  en: `these steps wait for each other and would never begin: ${circle.join(' → ')}; leave one of the links out`,
});
