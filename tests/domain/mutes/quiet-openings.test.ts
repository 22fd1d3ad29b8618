import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateMonitor, untouchedMonitor } from '../../../domain/monitors/evaluate-monitor.js';
import { isInForce, type Mute, matchingMute } from '../../../domain/mutes/matching-mute.js';
import { quietOpenings } from '../../../domain/mutes/quiet-openings.js';
import { LONGEST_MUTE_MS, muteInputSchema } from '../../../domain/mutes/shape.js';
import { minute, rule } from '../monitors/make-monitor.js';

const mute = (given: Partial<Mute> = {}): Mute => ({
  id: 'm1',
  monitor: 'heat',
  subject: null,
  type: null,
  from: minute(0),
  until: minute(10),
  endedAt: null,
  ...given,
});
const opening = { rule: 'heat', subject: 'oven', type: 'server-failure' };

describe('a mute', () => {
  it('is in force from its first instant up to, and without, its last, or its earlier end', () => {
    const at = [-1, 0, 9, 10];
    expect(at.map((count) => isInForce(mute(), minute(count)))).toEqual([false, true, true, false]);
    const ended = mute({ endedAt: minute(5) });
    expect([4, 5].map((count) => isInForce(ended, minute(count)))).toEqual([true, false]);
    // Ended after its time: it was over by itself.
    expect(isInForce(mute({ endedAt: minute(20) }), minute(15))).toBe(false);
  });

  it.each<[Partial<Mute>, boolean]>([
    [{}, true],
    [{ monitor: null, subject: 'oven' }, true],
    [{ monitor: null, type: 'server-failure' }, true],
    [{ subject: 'fridge' }, false],
    [{ type: 'data-loss' }, false],
    [{ monitor: 'cold' }, false],
    // One that names nothing would be a company that hears nothing.
    [{ monitor: null }, false],
  ])('%j keeps the opening of an oven quiet: %s', (given, quiet) => {
    expect(matchingMute(opening, [mute(given)], minute(1)) !== undefined).toBe(quiet);
  });

  it('must name what is quiet, and an end', () => {
    const good = { kind: 'mute', type: 'data-loss', reason: 'x', owner: 'y', until: '2026-11-24T00:00:00Z' };
    expect(muteInputSchema.safeParse(good).success).toBe(true);
    expect(muteInputSchema.safeParse({ ...good, type: undefined }).error?.issues[0]?.path).toEqual([
      'monitor',
    ]);
    expect(muteInputSchema.safeParse({ ...good, until: undefined }).success).toBe(false);
    expect(LONGEST_MUTE_MS).toBe(30 * 86_400_000);
  });
});

it('nothing is lost under a mute: what is reported and what is still there agree, whatever was quiet and when', () => {
  const monitor = rule({ hysteresis: { openAfter: 1, closeAfter: 1, dampFor: 'PT1S' } });
  fc.assert(
    fc.property(
      fc.array(fc.boolean(), { minLength: 1, maxLength: 30 }),
      fc.nat(30),
      fc.nat(15),
      (bad, from, length) => {
        const mutes = [mute({ from: minute(from), until: minute(from + length) })];
        let state = untouchedMonitor;
        let isOpen = false;
        let found = 0;
        let quieted = 0;
        for (const [index, isBad] of bad.entries()) {
          const at = minute(index);
          const samples = [{ at, subject: 'oven', value: isBad ? 10 : 0 }];
          const look = evaluateMonitor(monitor, samples, state, at);
          const heard = quietOpenings(look, state, mutes, at);
          found += look.opens.length;
          quieted += heard.quieted.m1 ?? 0;
          // An incident is reported once, and is over once.
          for (const _ of heard.closes) {
            expect(isOpen).toBe(true);
            isOpen = false;
          }
          for (const _ of heard.opens) {
            expect(isOpen).toBe(false);
            isOpen = true;
          }
          state = JSON.parse(JSON.stringify(heard.state));
          const isQuiet = index >= from && index < from + length;
          // Outside of the mute, what is bad is reported, at the latest by this look.
          if (!isQuiet) expect(isOpen).toBe(isBad);
        }
        expect(quieted).toBeLessThanOrEqual(found);
      },
    ),
  );
});
