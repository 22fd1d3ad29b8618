import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateMonitor, untouchedMonitor } from '../../../domain/monitors/evaluate-monitor.js';
import type { MonitorRule, Sample } from '../../../domain/monitors/shape.js';
import { minute, rule, watchOver } from './make-monitor.js';

const rules: fc.Arbitrary<MonitorRule> = fc
  .record({
    reads: fc.constantFrom('instant', 'mean', 'sum'),
    openAt: fc.integer({ min: 1, max: 12 }),
    band: fc.integer({ min: 0, max: 6 }),
    openAfter: fc.integer({ min: 1, max: 3 }),
    closeAfter: fc.integer({ min: 1, max: 3 }),
    dampFor: fc.constantFrom('PT5M', 'PT1H', 'P1D'),
    window: fc.constantFrom('PT1M', 'PT5M', 'PT1H'),
  })
  .map(({ reads, openAt, band, window, ...hysteresis }) =>
    rule({ reads, window, threshold: { openAt, closeBelow: openAt - band }, hysteresis }),
  );

/** A sample within a look of one of three subjects, or of none, measured or not. */
const anySample = fc.record({
  subject: fc.constantFrom('a', 'b', 'c', undefined),
  value: fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: 0, max: 20, noNaN: true }) },
    { weight: 1, arbitrary: fc.constant(null) },
  ),
  minutesBefore: fc.integer({ min: -1, max: 3 }),
  weight: fc.constantFrom(undefined, 0.1, 1, 7),
});
const anyLooks = fc.array(fc.array(anySample, { maxLength: 6 }), { maxLength: 30 }).map((looks) =>
  looks.map((samples, index) => ({
    at: minute(index * 2),
    samples: samples.map(
      ({ subject, value, minutesBefore, weight }): Sample => ({
        at: minute(index * 2 - minutesBefore),
        ...(subject !== undefined && { subject }),
        ...(weight !== undefined && { weight }),
        // Without a subject a value means nothing.
        value: subject === undefined ? null : value,
      }),
    ),
  })),
);

describe('whatever is measured, in whatever order', () => {
  it('nothing opens twice without closing between, nor closes unopened', () => {
    fc.assert(
      fc.property(rules, anyLooks, (monitor, looks) => {
        const open = new Set<string>();
        for (const { opens, closes } of watchOver(monitor, looks)) {
          const events = [
            ...closes.map(({ dedupKey, at }) => ({ kind: 'close', dedupKey, at })),
            ...opens.map(({ dedupKey, at }) => ({ kind: 'open', dedupKey, at })),
          ].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
          for (const { kind, dedupKey } of events) {
            expect(open.has(dedupKey), `${kind} ${dedupKey}`).toBe(kind === 'close');
            if (kind === 'open') open.add(dedupKey);
            else open.delete(dedupKey);
          }
        }
      }),
    );
  });

  it('what is remembered as open is what was opened and not closed', () => {
    fc.assert(
      fc.property(rules, anyLooks, (monitor, looks) => {
        const count = new Map<string, number>();
        for (const { opens, closes, state } of watchOver(monitor, looks)) {
          for (const { dedupKey } of opens) count.set(dedupKey, (count.get(dedupKey) ?? 0) + 1);
          for (const { dedupKey } of closes) count.set(dedupKey, (count.get(dedupKey) ?? 0) - 1);
          for (const subject of ['a', 'b', 'c']) {
            const isOpen = (state.subjects[subject]?.openSince ?? null) !== null;
            expect(count.get(`heat/${subject}`) ?? 0).toBe(isOpen ? 1 : 0);
          }
          expect(count.get('monitor-blind/heat') ?? 0).toBe(
            (state.sight?.openSince ?? null) === null ? 0 : 1,
          );
        }
      }),
    );
  });

  it('the order of the samples of a look makes no difference', () => {
    const shuffled = anyLooks.chain((looks) =>
      fc
        .tuple(...looks.map(({ samples }) => fc.shuffledSubarray(samples, { minLength: samples.length })))
        .map((orders) => ({
          looks,
          mixed: looks.map((look, index) => ({ ...look, samples: orders[index] ?? [] })),
        })),
    );
    fc.assert(
      fc.property(rules, shuffled, (monitor, { looks, mixed }) => {
        expect(watchOver(monitor, mixed)).toEqual(watchOver(monitor, looks));
      }),
    );
  });

  it('the same look again changes nothing and opens nothing', () => {
    fc.assert(
      fc.property(rules, anyLooks, (monitor, looks) => {
        let state = untouchedMonitor;
        for (const { at, samples } of looks) {
          const first = evaluateMonitor(monitor, samples, state, at);
          const again = evaluateMonitor(monitor, samples, first.state, at);
          expect(again).toEqual({ state: first.state, opens: [], closes: [] });
          state = first.state;
        }
      }),
    );
  });

  it('inside the band nothing opens, and nothing that is open closes', () => {
    const inBand = fc.array(fc.double({ min: 5, max: 9.999, noNaN: true }), { minLength: 1, maxLength: 30 });
    const hysteresis = fc.record({
      openAfter: fc.integer({ min: 1, max: 3 }),
      closeAfter: fc.integer({ min: 1, max: 3 }),
    });
    fc.assert(
      fc.property(inBand, hysteresis, fc.boolean(), (values, given, isOpen) => {
        const monitor = rule({ hysteresis: given });
        const before = isOpen ? Array<number>(given.openAfter).fill(10) : [];
        const looks = [...before, ...values].map((value, index) => ({
          at: minute(index),
          samples: [{ at: minute(index), subject: 'oven', value }],
        }));
        const events = watchOver(monitor, looks).flatMap(({ opens, closes }) => [...opens, ...closes]);
        expect(events).toHaveLength(isOpen ? 1 : 0);
      }),
    );
  });

  it('samples read in one look or one by one come to the same', () => {
    const values = fc.array(fc.double({ min: 0, max: 20, noNaN: true }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(
        values,
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        (all, openAfter, closeAfter) => {
          const monitor = rule({ window: 'P1D', hysteresis: { openAfter, closeAfter } });
          const samples = all.map((value, index): Sample => ({ at: minute(index), subject: 'oven', value }));
          const single = watchOver(
            monitor,
            samples.map((sample) => ({ at: sample.at, samples: [sample] })),
          );
          const [whole] = watchOver(monitor, [{ at: minute(all.length - 1), samples }]);
          expect(whole?.opens).toEqual(single.flatMap(({ opens }) => opens));
          expect(whole?.closes).toEqual(single.flatMap(({ closes }) => closes));
          expect(whole?.state.subjects).toEqual(single.at(-1)?.state.subjects);
        },
      ),
    );
  });

  it('however it flaps, it opens no oftener than once for each doubling of its calm', () => {
    const flips = fc.array(fc.boolean(), { minLength: 100, maxLength: 400 });
    fc.assert(
      fc.property(flips, (bad) => {
        const monitor = rule({ hysteresis: { openAfter: 1, closeAfter: 1, dampFor: 'P1D' } });
        const looks = bad.map((isBad, index) => ({
          at: minute(index),
          samples: [{ at: minute(index), subject: 'oven', value: isBad ? 10 : 1 }],
        }));
        const opens = watchOver(monitor, looks).flatMap((look) => look.opens);
        // Between two openings lie 1, 2, 4, … good readings, 64 at most.
        const between = opens.slice(1).map((_, index) => Math.min(64, 2 ** index));
        const readings = between.reduce((sum, good) => sum + good, opens.length);
        expect(readings).toBeLessThanOrEqual(bad.length);
      }),
      { numRuns: 30 },
    );
  });
});
