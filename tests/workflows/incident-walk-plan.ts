import { openable, resolveRuns, settle, startRun } from '../../domain/playbooks/interpret.js';
import type { Playbook, Severity } from '../../domain/playbooks/shape.js';

/** One way through a playbook to its archive: what is chosen in each decision that is met, and what becomes of each step. */
export interface Walk {
  level: Severity;
  /** The option taken, by the decision's key. */
  choices: Map<string, string>;
  /** How every step ends: done, or left out by the level or by a decision. */
  ends: Map<string, string>;
}

/**
 * Walks that together take every option of each decision that can be met at this level: always the one next that takes
 * the most options which none has taken.
 */
export function planWalks(playbook: Playbook, level: Severity): Walk[] {
  const ways = everyWay(playbook, level).map((walk) => ({ walk, options: optionsOf(walk) }));
  const missing = new Set(ways.flatMap(({ options }) => options));
  const planned: Walk[] = [];
  do {
    const news = (options: string[]) => options.filter((option) => missing.has(option)).length;
    const best = ways.reduce((a, b) => (news(b.options) > news(a.options) ? b : a));
    planned.push(best.walk);
    for (const option of best.options) missing.delete(option);
  } while (missing.size > 0);
  return planned;
}

const optionsOf = ({ choices }: Walk) => [...choices].map(([decision, option]) => `${decision}=${option}`);

/** Each sequence of choices, the first options first. */
function everyWay(playbook: Playbook, level: Severity): Walk[] {
  const walks: Walk[] = [];
  let path: { taken: number; of: number }[] = [];
  do {
    const walk = walkBy(playbook, level, path);
    walks.push(walk);
    // The last choice that has another option takes it; those after it are asked anew.
    path = path.slice(0, path.findLastIndex(({ taken, of }) => taken + 1 < of) + 1);
    const last = path.at(-1);
    if (last) last.taken += 1;
  } while (path.length > 0);
  return walks;
}

function walkBy(playbook: Playbook, level: Severity, path: { taken: number; of: number }[]): Walk {
  const choices = new Map<string, string>();
  let runs = startRun(playbook);
  for (;;) {
    const [step] = openable(playbook, runs, { phase: 'active', severity: level });
    if (!step) break;
    runs = settle(playbook, runs, step.key, 'open');
    if (step.kind !== 'decision') {
      runs = settle(playbook, runs, step.key, 'done');
      continue;
    }
    const asked = choices.size;
    path[asked] ??= { taken: 0, of: step.options.length };
    const option = step.options[path[asked]?.taken ?? 0]?.key ?? '';
    choices.set(step.key, option);
    runs = settle(playbook, runs, step.key, 'done', option);
  }
  const ends = new Map(resolveRuns(playbook, runs, level).map(({ key, state }) => [key, state as string]));
  return { level, choices, ends };
}
