import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openable, phaseOf, type StepRun, settle, startRun } from '../../../domain/playbooks/interpret.js';
import { PHASES, type Playbook, playbookSchema } from '../../../domain/playbooks/shape.js';
import { validatePlaybook } from '../../../domain/playbooks/validate-playbook.js';
import { decision, type StepSource, source, task } from './make-playbook.js';

/** Small playbooks with any links at all: most are wrong somewhere. */
const anyPlaybooks: fc.Arbitrary<Playbook> = fc
  .array(
    fc.record({
      phase: fc.constantFrom(...PHASES),
      early: fc.boolean(),
      decides: fc.boolean(),
      needs: fc.uniqueArray(fc.nat(5), { maxLength: 1 }),
      leads: fc.array(fc.uniqueArray(fc.nat(5), { maxLength: 2 }), { minLength: 2, maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((drafts) => {
    const key = (index: number) => `step-${index % drafts.length}`;
    const keys = (picks: number[]) => [...new Set(picks.map(key))];
    const steps = drafts.map(
      ({ phase, early, decides, needs, leads: [yes = [], no = []] }, index): StepSource => {
        const given = { phase, beforeConfirmation: early, needs: keys(needs) };
        return decides
          ? decision(key(index), { yes: keys(yes), no: keys(no) }, given)
          : task(key(index), given);
      },
    );
    return playbookSchema.parse(source([...steps, task('back-to-normal', { phase: 'normal' })]));
  });

/** Every run of a playbook to where nothing more opens, one for each way of choosing. */
function walks(book: Playbook): StepRun[][] {
  const decisions = book.steps.filter(({ kind }) => kind === 'decision').map(({ key }) => key);
  return Array.from({ length: 2 ** decisions.length }, (_, choice) => {
    let runs = startRun(book);
    for (let steps = openable(book, runs, now); steps.length > 0; steps = openable(book, runs, now)) {
      for (const { key } of steps) {
        const yes = ((choice >> decisions.indexOf(key)) & 1) === 0;
        const outcome = decisions.includes(key) ? (yes ? 'yes' : 'no') : undefined;
        runs = settle(book, settle(book, runs, key, 'open'), key, 'done', outcome);
      }
    }
    return runs;
  });
}
const now = { phase: 'active', severity: 3 } as const;

const check = (holds: (book: Playbook, paths: string[]) => void, numRuns: number) =>
  fc.assert(
    fc.property(anyPlaybooks, (book) => {
      const { problems } = validatePlaybook(book, { holders: () => 1 });
      holds(
        book,
        problems.map(({ path }) => path),
      );
    }),
    { numRuns },
  );

it('a playbook without a problem runs to its end by every way, and some way reaches each step', () => {
  let valid = 0;
  check((book, problems) => {
    if (problems.length > 0) return;
    valid++;
    const ends = walks(book);
    for (const runs of ends) expect(phaseOf(book, runs, 3)).toBe('over');
    for (const { key } of book.steps) {
      expect(ends.some((runs) => runs.some((run) => run.key === key && run.state === 'done'))).toBe(true);
    }
  }, 1500);
  expect(valid).toBeGreaterThan(100);
});

it('a playbook whose run would stand still is refused', () => {
  let stuck = 0;
  check((book, problems) => {
    if (walks(book).every((runs) => phaseOf(book, runs, 3) === 'over')) return;
    stuck++;
    expect(problems).not.toEqual([]);
  }, 1000);
  expect(stuck).toBeGreaterThan(100);
});

it('a step is told to wait for another branch only where no way of choosing runs both', () => {
  let apart = 0;
  fc.assert(
    fc.property(anyPlaybooks, (book) => {
      const { problems } = validatePlaybook(book, { holders: () => 1 });
      for (const { path } of problems.filter(({ message }) => /chooses another option/.test(message.en))) {
        apart++;
        const [, at, , index] = path.split('.');
        const step = book.steps[Number(at)];
        const need = step?.needs[Number(index)];
        const both = walks(book).filter((runs) =>
          [step?.key, need].every((key) => runs.some((run) => run.key === key && run.state === 'done')),
        );
        expect(both).toEqual([]);
      }
    }),
    { numRuns: 2000 },
  );
  expect(apart).toBeGreaterThan(20);
});
