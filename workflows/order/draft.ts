import type { OrderPlan, OrderState } from '../../contracts/order-state.js';
import type { Audience, Change, NoticeTemplate } from '../../contracts/record.js';
import { type DraftOf, settleDeadline, withdrawTasks } from '../draft.js';

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
): void {
  draft.changes.push({ do: 'tell', template, to, facts });
}

/** Nothing is left open behind an order that leaves the process. */
export function closeAll(draft: Draft, confirmation: 'met' | 'withdrawn'): void {
  withdrawTasks(draft, () => true);
  for (const { id, kind } of [...draft.next.deadlines]) {
    settleDeadline(draft, id, kind === 'confirmation' ? confirmation : 'withdrawn');
  }
}

/** Ends an order. A confirmation still open is met: the customer got an answer, if not the one asked for. */
export function endOrder(draft: Draft, phase: OrderState['phase'], because: string): void {
  closeAll(draft, 'met');
  enterPhase(draft, phase, because);
}
