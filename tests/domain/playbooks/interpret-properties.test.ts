import fc from 'fast-check';
import { expect, it } from 'vitest';
import {
  isOver,
  openable,
  phaseOf,
  resolveRuns,
  restart,
  type StepRun,
  settle,
  startRun,
} from '../../../domain/playbooks/interpret.js';
import type { Playbook, Severity } from '../../../domain/playbooks/shape.js';
import { playbooks, rankOf } from './arbitrary-playbook.js';

/** One thing that happens; `pick` chooses among the steps it can happen to. */
type Happening =
  | { kind: 'open' | 'finish' | 'skip' | 'fail' | 'retry'; pick: number }
  | { kind: 'confirm' }
  | { kind: 'level'; to: Severity };

const pick = fc.nat(1000);
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('open' as const), pick }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('finish' as const), pick }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('skip', 'fail', 'retry'), pick }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'confirm' as const }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('level' as const), to: fc.constantFrom(1, 2, 3) }) },
);

interface Look {
  runs: StepRun[];
  severity: Severity;
  confirmed: boolean;
  /** The step opened by what happened before this look. */
  opened?: string;
}

/** Lets everything happen, then finishes what is left; gives the run as it stood after each happening. */
function live(book: Playbook, happenings: readonly Happening[]): Look[] {
  let now: Look = { runs: startRun(book), severity: 1, confirmed: false };
  const looks = [now];
  const take = (given: Partial<Look>) => {
    now = { ...now, opened: undefined, ...given };
    looks.push(now);
  };
  const keysIn = (state: StepRun['state']) =>
    now.runs.filter((run) => run.state === state).map(({ key }) => key);
  const choose = (keys: readonly string[], at: number) => keys[at % Math.max(1, keys.length)];
  const mayOpen = () =>
    openable(book, now.runs, {
      phase: now.confirmed ? 'active' : 'reported',
      severity: now.severity,
    }).map(({ key }) => key);

  const open = (key: string) => take({ runs: settle(book, now.runs, key, 'open'), opened: key });
  const finish = (key: string, at: number) => {
    const step = book.steps.find((one) => one.key === key);
    const outcome = step?.kind === 'decision' ? step.options[at % step.options.length]?.key : undefined;
    take({ runs: settle(book, now.runs, key, 'done', outcome) });
  };

  for (const what of happenings) {
    if (what.kind === 'confirm') take({ confirmed: true });
    else if (what.kind === 'level') take({ severity: what.to });
    else if (what.kind === 'open') {
      const key = choose(mayOpen(), what.pick);
      if (key !== undefined) open(key);
    } else if (what.kind === 'retry') {
      const key = choose(keysIn('failed'), what.pick);
      if (key !== undefined) take({ runs: restart(now.runs, key) });
    } else {
      const key = choose(
        what.kind === 'skip'
          ? [...keysIn('open'), ...keysIn('failed'), ...keysIn('waiting')]
          : keysIn('open'),
        what.pick,
      );
      if (key === undefined) continue;
      if (what.kind === 'finish') finish(key, what.pick);
      else take({ runs: settle(book, now.runs, key, what.kind === 'skip' ? 'skipped' : 'failed') });
    }
  }

  take({ confirmed: true });
  for (const key of keysIn('failed')) take({ runs: restart(now.runs, key) });
  // Each round settles a step at least, so more rounds than steps would never end.
  for (let round = 0; round <= book.steps.length; round++) {
    for (const key of mayOpen()) open(key);
    for (const key of keysIn('open')) finish(key, round);
  }
  return looks;
}

const lives = fc
  .tuple(playbooks, fc.array(happening, { maxLength: 60 }))
  .map(([book, happenings]) => ({ book, happenings }));
const check = (holds: (book: Playbook, looks: Look[], happenings: readonly Happening[]) => void) =>
  fc.assert(
    fc.property(lives, ({ book, happenings }) => holds(book, live(book, happenings), happenings)),
    { numRuns: 80 },
  );

const stateIn = ({ runs }: Look, key: string) => runs.find((run) => run.key === key)?.state;
const rose = (looks: readonly Look[]) =>
  looks.some((look, index) => index > 0 && look.severity > (looks[index - 1]?.severity ?? 3));

it('a run ends once everything open is settled, whatever happened before', () =>
  check((book, looks) => {
    const last = looks.at(-1);
    if (!last) throw new Error('a life has a first look');
    expect(phaseOf(book, last.runs, last.severity)).toBe('over');
    expect(resolveRuns(book, last.runs, last.severity).filter(({ state }) => !isOver(state))).toEqual([]);
  }));

it('no step opens twice', () =>
  check((_, looks) => {
    const opened = looks.flatMap(({ opened }) => opened ?? []);
    expect(opened).toHaveLength(new Set(opened).size);
  }));

it('a step opens only after its needs, unless a rise of the level adds one of them later', () =>
  check((book, looks) => {
    looks.forEach((look, at) => {
      const step = book.steps.find(({ key }) => key === look.opened);
      for (const need of step?.needs ?? []) {
        expect(['waiting', 'done', 'skipped', 'leftOut']).toContain(stateIn(look, need));
        const later = looks.findIndex(({ opened }, index) => index > at && opened === need);
        if (later > 0) expect(rose(looks.slice(at, later))).toBe(true);
      }
    });
  }));

it('a phase begins only after those before it, unless a rise of the level adds to one of them later', () =>
  check((book, looks) => {
    looks.forEach((look, at) => {
      const step = book.steps.find(({ key }) => key === look.opened);
      if (!step || step.beforeConfirmation || rankOf[step.phase] <= 1) return;
      if (rose(looks.slice(0, at + 1))) return;
      for (const earlier of book.steps.filter(({ phase }) => rankOf[phase] < rankOf[step.phase])) {
        expect(['waiting', 'done', 'skipped', 'leftOut']).toContain(stateIn(look, earlier.key));
        const later = looks.findIndex(({ opened }, index) => index > at && opened === earlier.key);
        if (later > 0) expect(rose(looks.slice(at, later))).toBe(true);
      }
    });
  }));

it('nothing but what cannot wait and the checks opens before somebody confirms', () =>
  check((book, looks) => {
    for (const { opened, confirmed } of looks) {
      const step = book.steps.find(({ key }) => key === opened);
      if (step && !confirmed) expect(step.beforeConfirmation || step.phase === 'confirm').toBe(true);
    }
  }));

it('a step that only a decision leads to opens only where one was made so', () =>
  check((book, looks) => {
    const leading = (key: string) =>
      book.steps.flatMap((step) =>
        step.kind === 'decision'
          ? step.options.filter(({ leadsTo }) => leadsTo.includes(key)).map((o) => `${step.key} ${o.key}`)
          : [],
      );
    const last = looks.at(-1);
    const made = new Set(last?.runs.map(({ key, outcome }) => `${key} ${outcome}`));
    for (const { opened } of looks) {
      if (opened === undefined || leading(opened).length === 0) continue;
      expect(leading(opened).some((choice) => made.has(choice))).toBe(true);
    }
  }));

it('nothing opens above the level of its moment', () =>
  check((book, looks) => {
    for (const { opened, severity } of looks) {
      expect(book.steps.find(({ key }) => key === opened)?.minSeverity ?? 1).toBeLessThanOrEqual(severity);
    }
  }));

it('a step left out opens no more, unless the level rises', () =>
  check((book, looks) => {
    looks.forEach((look, at) => {
      const out = resolveRuns(book, look.runs, look.severity).filter(({ state }) => state === 'leftOut');
      for (const { key } of out) {
        const later = looks.findIndex(({ opened }, index) => index > at && opened === key);
        if (later < 0) continue;
        expect(rose(looks.slice(at, later + 1))).toBe(true);
        // Never where a decision has left it out for good.
        expect(stateIn(look, key)).toBe('waiting');
      }
    });
  }));

it('no change of the level, and nothing that happens to another step, withdraws what has begun', () =>
  check((book, looks) => {
    const begun = ['open', 'done', 'skipped', 'failed'];
    looks.forEach((look, at) => {
      const before = looks[at - 1];
      if (!before) return;
      for (const { key, state } of before.runs) {
        if (!begun.includes(state)) continue;
        expect(begun).toContain(stateIn(look, key));
        const seen = resolveRuns(book, look.runs, look.severity).find((run) => run.key === key);
        expect(seen?.state).toBe(stateIn(look, key));
      }
    });
  }));

it('the order in which a playbook lists its steps means nothing to what may begin', () =>
  check((book, looks) => {
    const turned = { ...book, steps: [...book.steps].reverse() };
    for (const { runs, severity, confirmed } of looks) {
      const when = { phase: confirmed ? ('active' as const) : ('reported' as const), severity };
      const keys = (steps: { key: string }[]) => steps.map(({ key }) => key).sort();
      expect(keys(openable(turned, [...runs].reverse(), when))).toEqual(keys(openable(book, runs, when)));
    }
  }));
