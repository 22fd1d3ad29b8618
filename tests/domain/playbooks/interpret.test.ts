import { describe, expect, it } from 'vitest';
import {
  openable,
  phaseOf,
  resolveRuns,
  restart,
  type StepRun,
  settle,
  startRun,
} from '../../../domain/playbooks/interpret.js';
import type { Playbook, Severity } from '../../../domain/playbooks/shape.js';
import { decision, playbook, task } from './make-playbook.js';

/** The keys that may begin. */
const next = (
  book: Playbook,
  runs: StepRun[],
  severity: Severity = 1,
  phase: 'reported' | 'active' = 'active',
) => openable(book, runs, { phase, severity }).map(({ key }) => key);

/** Settles one after the other, each opened first: `check`, or `which:wait` for a decision. */
const finish = (book: Playbook, runs: StepRun[], ...steps: string[]) =>
  steps.reduce((before, text) => {
    const [key = '', outcome] = text.split(':');
    return settle(book, settle(book, before, key, 'open'), key, 'done', outcome);
  }, runs);

const stateOf = (runs: StepRun[], key: string) => runs.find((run) => run.key === key)?.state;

describe('before anybody has confirmed', () => {
  const book = playbook(
    task('isolate', { beforeConfirmation: true }),
    task('call', { phase: 'confirm' }),
    task('call-again', { phase: 'confirm', needs: ['call'] }),
    task('stock'),
    task('staff', { beforeConfirmation: true, minSeverity: 3 }),
  );
  it('what cannot wait begins, and the checks that confirming rests on', () => {
    expect(next(book, startRun(book), 1, 'reported')).toEqual(['isolate', 'call']);
    expect(next(book, startRun(book), 3, 'reported')).toEqual(['isolate', 'call', 'staff']);
  });
  it('checks follow one another as they need', () => {
    expect(next(book, finish(book, startRun(book), 'call'), 1, 'reported')).toEqual([
      'isolate',
      'call-again',
    ]);
  });
  it('who confirms without waiting for a check lets the rest begin, and the check goes on', () => {
    const runs = settle(book, startRun(book), 'call', 'open');
    expect(next(book, runs)).toEqual(['isolate', 'stock']);
    expect(phaseOf(book, runs, 1)).toBe('confirm');
  });
});

describe('phases', () => {
  const book = playbook(
    task('close', { phase: 'close' }),
    task('contain'),
    task('tell', { phase: 'notify' }),
    task('recover', { phase: 'recover' }),
    task('normal', { phase: 'normal' }),
  );
  it('contain and notify begin together, each later one when all before it are over', () => {
    const start = startRun(book);
    expect(next(book, start)).toEqual(['contain', 'tell']);
    expect(next(book, finish(book, start, 'contain'))).toEqual(['tell']);
    expect(next(book, finish(book, start, 'contain', 'tell'))).toEqual(['recover']);
    expect(next(book, finish(book, start, 'contain', 'tell', 'recover'))).toEqual(['normal']);
    expect(next(book, finish(book, start, 'contain', 'tell', 'recover', 'normal'))).toEqual(['close']);
  });
  it('the phase is the earliest that is not over', () => {
    const start = startRun(book);
    expect(phaseOf(book, start, 1)).toBe('contain');
    expect(phaseOf(book, finish(book, start, 'contain'), 1)).toBe('notify');
    expect(phaseOf(book, finish(book, start, 'contain', 'tell', 'recover', 'normal'), 1)).toBe('close');
    expect(phaseOf(book, finish(book, start, 'contain', 'tell', 'recover', 'normal', 'close'), 1)).toBe(
      'over',
    );
  });
  it('a failed step holds its phase until it is retried or skipped', () => {
    const failed = settle(book, settle(book, startRun(book), 'contain', 'open'), 'contain', 'failed');
    const told = finish(book, failed, 'tell');
    expect(next(book, told)).toEqual([]);
    expect(phaseOf(book, told, 1)).toBe('contain');
    expect(next(book, settle(book, told, 'contain', 'skipped'))).toEqual(['recover']);
    const again = restart(told, 'contain');
    expect(stateOf(again, 'contain')).toBe('open');
    expect(next(book, again)).toEqual([]);
    expect(next(book, settle(book, again, 'contain', 'done'))).toEqual(['recover']);
  });
  it('only what has failed is retried', () => {
    const done = finish(book, startRun(book), 'contain');
    expect(restart(done, 'contain')).toEqual(done);
    expect(restart(done, 'tell')).toEqual(done);
  });
});

describe('decisions', () => {
  const book = playbook(
    decision('which', { wait: ['await'], buy: ['offer', 'price'], both: ['await', 'price'] }),
    task('await'),
    decision('offer', { take: ['order'], leave: [] }),
    task('price'),
    task('order'),
    task('after', { needs: ['await', 'order'] }),
    task('recover', { phase: 'recover' }),
  );
  it('what a decision leads to waits for it, with all that needs it', () => {
    expect(next(book, startRun(book))).toEqual(['which']);
  });
  it('what was chosen opens; all else is left out, and what only that would have led to', () => {
    const runs = finish(book, startRun(book), 'which:wait');
    expect(next(book, runs)).toEqual(['await']);
    expect(runs.filter(({ state }) => state === 'leftOut').map(({ key }) => key)).toEqual([
      'offer',
      'price',
      'order',
    ]);
    expect(next(book, finish(book, runs, 'await'))).toEqual(['after']);
  });
  it('a step that several options lead to opens with each of them', () => {
    expect(next(book, finish(book, startRun(book), 'which:buy'))).toEqual(['offer', 'price']);
    expect(next(book, finish(book, startRun(book), 'which:both'))).toEqual(['await', 'price']);
  });
  it('the option chosen is kept', () => {
    expect(finish(book, startRun(book), 'which:buy')[0]).toEqual({
      key: 'which',
      state: 'done',
      outcome: 'buy',
    });
  });
  it('a decision that is skipped leads nowhere', () => {
    const runs = settle(book, startRun(book), 'which', 'skipped');
    expect(next(book, runs)).toEqual(['after']);
  });
  it('a step of two decisions is left out when neither led there, and not before', () => {
    const two = playbook(
      decision('one', { yes: ['step'], no: [] }),
      decision('two', { yes: ['step'], no: [] }),
      task('step'),
    );
    const runs = finish(two, startRun(two), 'one:no');
    expect(stateOf(runs, 'step')).toBe('waiting');
    expect(stateOf(finish(two, runs, 'two:no'), 'step')).toBe('leftOut');
    expect(next(two, finish(two, runs, 'two:yes'))).toEqual(['step']);
  });
});

describe('the level', () => {
  const book = playbook(
    task('stock'),
    task('convene', { minSeverity: 2 }),
    task('staff', { minSeverity: 3 }),
    task('speak', { minSeverity: 3, needs: ['staff'] }),
    task('recover', { phase: 'recover' }),
    task('recover-more', { phase: 'recover', needs: ['recover'] }),
    task('trust', { phase: 'recover', minSeverity: 3 }),
    task('normal', { phase: 'normal' }),
  );
  it('leaves out what needs a higher one, and keeps nobody waiting for it', () => {
    const runs = finish(book, startRun(book), 'stock');
    expect(next(book, startRun(book))).toEqual(['stock']);
    expect(next(book, runs)).toEqual(['recover']);
    expect(next(book, finish(book, runs, 'recover', 'recover-more'))).toEqual(['normal']);
  });
  it('a rise before the phase ends adds its steps', () => {
    const runs = settle(book, startRun(book), 'stock', 'open');
    expect(next(book, runs, 2)).toEqual(['convene']);
    expect(next(book, runs, 3)).toEqual(['convene', 'staff']);
  });
  it('a rise after the phase has ended adds them as well, at once, and the phase that has begun goes on', () => {
    const runs = finish(book, startRun(book), 'stock', 'recover');
    expect(next(book, runs, 3)).toEqual(['convene', 'staff', 'recover-more', 'trust']);
    expect(phaseOf(book, runs, 3)).toBe('contain');
  });
  it('what a rise adds to phases that are over opens all at once; a phase that has not begun waits for it', () => {
    const normal = settle(
      book,
      finish(book, startRun(book), 'stock', 'recover', 'recover-more'),
      'normal',
      'open',
    );
    expect(next(book, normal, 3)).toEqual(['convene', 'staff', 'trust']);
    const recover = finish(book, startRun(book), 'stock', 'recover', 'recover-more');
    expect(next(book, recover, 2)).toEqual(['convene']);
    expect(next(book, finish(book, recover, 'convene'), 2)).toEqual(['normal']);
  });
  it('a fall withdraws nothing that has begun, and begins nothing more of the higher level', () => {
    const runs = settle(book, settle(book, startRun(book), 'convene', 'open'), 'staff', 'open');
    const fallen = finish(book, settle(book, runs, 'staff', 'failed'), 'stock');
    expect(resolveRuns(book, fallen, 1).map(({ state }) => state)).toEqual([
      'done',
      'open',
      'failed',
      'leftOut',
      'waiting',
      'waiting',
      'leftOut',
      'waiting',
    ]);
    expect(next(book, fallen, 1)).toEqual([]);
    expect(stateOf(restart(fallen, 'staff'), 'staff')).toBe('open');
  });
  it('a decision of a higher level leads there after all when the level rises', () => {
    const led = playbook(decision('which', { yes: ['step'], no: [] }, { minSeverity: 3 }), task('step'));
    expect(phaseOf(led, startRun(led), 1)).toBe('over');
    expect(next(led, startRun(led), 3)).toEqual(['which']);
    expect(next(led, finish(led, startRun(led), 'which:yes'), 1)).toEqual(['step']);
  });
});

describe('settling', () => {
  const book = playbook(task('check'), decision('which', { yes: [], no: [] }));
  it('twice changes nothing', () => {
    const done = finish(book, startRun(book), 'check');
    for (const state of ['open', 'done', 'skipped', 'failed'] as const) {
      expect(settle(book, done, 'check', state)).toEqual(done);
    }
    const failed = settle(book, settle(book, startRun(book), 'check', 'open'), 'check', 'failed');
    expect(settle(book, failed, 'check', 'open')).toEqual(failed);
  });
  it('does not touch the run it was given', () => {
    const runs = Object.freeze(startRun(book).map((run) => Object.freeze(run)));
    expect(stateOf(settle(book, runs, 'check', 'open'), 'check')).toBe('open');
    expect(stateOf([...runs], 'check')).toBe('waiting');
  });
  it('refuses what no caller may say', () => {
    const runs = startRun(book);
    expect(() => settle(book, runs, 'gone', 'open')).toThrow(/no step gone/);
    expect(() => settle(book, runs, 'check', 'done')).toThrow(/before it was opened/);
    const open = settle(book, runs, 'which', 'open');
    expect(() => settle(book, open, 'which', 'done')).toThrow(/no option undefined/);
    expect(() => settle(book, open, 'which', 'done', 'maybe')).toThrow(/no option maybe/);
  });
});
