import type { Instant } from '../time/shape.js';
import { SCAN_CODES, type ScanCode, type ShipmentStatus } from './shape.js';

const STATUS: Record<ScanCode, ShipmentStatus> = {
  pickedUp: 'underway',
  departed: 'underway',
  arrived: 'underway',
  outForDelivery: 'outForDelivery',
  attemptFailed: 'attemptFailed',
  exception: 'exception',
  damaged: 'exception',
  lost: 'exception',
  returning: 'returning',
  returned: 'returned',
  signedFor: 'signedFor',
};

/**
 * Where a shipment is: what its last scan says, whenever that arrived. Carriers send scans late and out of order; of
 * two at one instant the later in a delivery's course counts.
 */
export function shipmentStatusOf(scans: readonly { at: Instant; code: ScanCode }[]): {
  status: ShipmentStatus;
  lastScanAt: Instant | null;
} {
  const [last] = [...scans].sort(
    (a, b) => compare(b.at, a.at) || SCAN_CODES.indexOf(b.code) - SCAN_CODES.indexOf(a.code),
  );
  return last ? { status: STATUS[last.code], lastScanAt: last.at } : { status: 'booked', lastScanAt: null };
}

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
