import type { OrderPlan, OrderState } from '../../contracts/order-state.js';
import type { Audience, Change, NoticeTemplate } from '../../contracts/record.js';
import { ENDED_PHASES } from '../../domain/order/terms/shape.js';
import { type DraftOf, deadlinesOf, settleDeadline, withdrawTasks } from '../draft.js';

/** A step of an order. */
export type Draft = DraftOf<OrderPlan, OrderState, Change>;

export function enterPhase(draft: Draft, phase: OrderState['phase'], because?: string): void {
  draft.next.phase = phase;
  draft.changes.push({ do: 'enterPhase', phase, because });
}

export function tell(
  draft: Draft,
  template: NoticeTemplate,
  to: Audience[],
  facts?: Record<string, unknown>,
  words?: readonly string[],
): void {
  draft.changes.push({ do: 'tell', template, to, facts, words });
}

/** Nothing is left open behind an order that leaves the process. */
export function closeAll(draft: Draft, confirmation: 'met' | 'withdrawn'): void {
  withdrawTasks(draft, () => true);
  for (const { id, kind } of deadlinesOf(draft)) {
    settleDeadline(draft, id, kind === 'confirmation' ? confirmation : 'withdrawn');
  }
}

/** Ends an order. A confirmation still open is met: the customer got an answer, if not the one asked for. */
export function endOrder(draft: Draft, phase: OrderState['phase'], because: string): void {
  closeAll(draft, 'met');
  // Nothing is held any more that has ended.
  for (const { id } of draft.next.holds ?? []) {
    draft.changes.push({ do: 'releaseHold', id, because: 'orderEnded' });
  }
  if (draft.next.holds) draft.next.holds = [];
  enterPhase(draft, phase, because);
}

/** Ended, or back to being a normal order, which has no process. */
export function hasEnded(order: Pick<OrderState, 'class' | 'phase'>): boolean {
  return order.class === 'normal' || (ENDED_PHASES as readonly string[]).includes(order.phase);
}
