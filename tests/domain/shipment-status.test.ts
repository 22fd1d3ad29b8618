import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SCAN_CODES } from '../../domain/logistics/shape.js';
import { shipmentStatusOf } from '../../domain/logistics/shipment-status.js';

const scan = (minute: number, code: (typeof SCAN_CODES)[number]) => ({
  at: `2026-11-24T01:${String(minute).padStart(2, '0')}:00.000Z`,
  code,
});

describe('a shipment', () => {
  it('without a scan is booked', () => {
    expect(shipmentStatusOf([])).toEqual({ status: 'booked', lastScanAt: null });
  });

  it.each([
    ['pickedUp', 'underway'],
    ['departed', 'underway'],
    ['arrived', 'underway'],
    ['outForDelivery', 'outForDelivery'],
    ['attemptFailed', 'attemptFailed'],
    ['exception', 'exception'],
    ['damaged', 'exception'],
    ['lost', 'exception'],
    ['returning', 'returning'],
    ['returned', 'returned'],
    ['signedFor', 'signedFor'],
  ] as const)('that was last scanned %s is %s', (code, status) => {
    expect(shipmentStatusOf([scan(2, code), scan(1, 'pickedUp')])).toEqual({
      status,
      lastScanAt: '2026-11-24T01:02:00.000Z',
    });
  });

  it('of two scans at one instant is where the later in a delivery’s course says', () => {
    expect(shipmentStatusOf([scan(1, 'signedFor'), scan(1, 'outForDelivery')]).status).toBe('signedFor');
  });

  it('is the same in whatever order its scans arrive', () => {
    const scans = fc.array(
      fc.tuple(fc.nat(59), fc.constantFrom(...SCAN_CODES)).map(([minute, code]) => scan(minute, code)),
      { maxLength: 12 },
    );
    fc.assert(
      fc.property(
        scans.chain((list) =>
          fc.tuple(
            fc.constant(list),
            fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
          ),
        ),
        ([list, shuffled]) => {
          expect(shipmentStatusOf(shuffled)).toEqual(shipmentStatusOf(list));
        },
      ),
    );
  });
});
