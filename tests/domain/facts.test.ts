import { describe, expect, it } from 'vitest';
import { paymentMovesOn } from '../../domain/payments/moves-on.js';
import { purchaseStateOf } from '../../domain/supply/purchase-state.js';

describe('a purchase order', () => {
  const line = (accepted: number) => ({ quantity: 10, accepted });
  it.each([
    [[line(0), line(0)], false, 'ordered'],
    [[line(0), line(0)], true, 'confirmed'],
    [[line(1), line(0)], false, 'partlyReceived'],
    [[line(10), line(9)], true, 'partlyReceived'],
    [[line(10), line(10)], false, 'received'],
  ] as const)('with %j, confirmed %s, is %s', (lines, isConfirmed, state) => {
    expect(purchaseStateOf(lines, isConfirmed)).toBe(state);
  });
});

describe('a report of a payment', () => {
  const early = '2026-11-24T01:00:00.000Z';
  const late = '2026-11-24T01:00:01.000Z';
  it.each([
    ['a later one', { state: 'pending', at: early }, { state: 'failed', at: late }, true],
    ['an earlier one', { state: 'pending', at: late }, { state: 'succeeded', at: early }, false],
    ['the same one', { state: 'failed', at: early }, { state: 'failed', at: early }, false],
    [
      'the next state at one instant',
      { state: 'pending', at: early },
      { state: 'succeeded', at: early },
      true,
    ],
    [
      'the state before at one instant',
      { state: 'succeeded', at: early },
      { state: 'failed', at: early },
      false,
    ],
  ] as const)('moves it on or not: %s', (_what, recorded, reported, moves) => {
    expect(paymentMovesOn(recorded, reported)).toBe(moves);
  });
});
