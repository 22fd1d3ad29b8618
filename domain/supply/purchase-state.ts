import type { PurchaseState } from './shape.js';

/** Where a purchase order stands: by what was accepted of its lines, else by whether the supplier gave its word. */
export function purchaseStateOf(
  lines: readonly { quantity: number; accepted: number }[],
  isConfirmed: boolean,
): PurchaseState {
  if (lines.every(({ quantity, accepted }) => accepted >= quantity)) return 'received';
  if (lines.some(({ accepted }) => accepted > 0)) return 'partlyReceived';
  return isConfirmed ? 'confirmed' : 'ordered';
}
