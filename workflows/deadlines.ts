import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';
import type { OpenDeadline } from '../contracts/order-state.js';
import type { Instant } from '../domain/time/shape.js';

/** The workflow's clock: the time of the current workflow task, the same in every replay. */
export const now = (): Instant => new Date(Date.now()).toISOString();

/** The next instant of all running deadlines, with what it is for, or nothing. */
export function nextInstant(deadlines: readonly OpenDeadline[]) {
  let next: { at: Instant; what: string } | undefined;
  for (const deadline of deadlines) {
    for (const { at, kind, index } of deadline.instants) {
      if (!next || at < next.at) next = { at, what: `${deadline.id} ${kind} ${index}` };
    }
  }
  return next;
}

/** The running deadlines that have an instant up to `until`. */
export function passed(deadlines: readonly OpenDeadline[], until: Instant): string[] {
  return deadlines.filter(({ instants }) => instants.some(({ at }) => at <= until)).map(({ id }) => id);
}

/**
 * The one timer of a workflow, for its next instant, however many deadlines it has (design §6). It lies in a scope of
 * its own and is armed anew only when that instant changes: each arming costs two events of history.
 */
export function createAlarm() {
  let armedFor: Instant | undefined;
  let scope: CancellationScope | undefined;
  let fired = false;

  return {
    set(next: { at: Instant; what: string } | undefined): void {
      // Hosts of a cluster differ by a moment: a timer that fired before its instant is armed again for the rest.
      const early = fired && armedFor !== undefined && now() < armedFor;
      if (next?.at === armedFor && !early) return;
      scope?.cancel();
      scope = undefined;
      fired = false;
      armedFor = next?.at;
      if (!next) return;
      const waitMs = Math.max(1, Date.parse(next.at) - Date.now());
      const own = new CancellationScope();
      scope = own;
      own
        .run(() => sleep(waitMs, { summary: next.what }))
        .then(() => {
          if (scope === own) fired = true;
        })
        .catch((error) => {
          if (!isCancellation(error)) throw error;
        });
    },
    rang: (): boolean => fired || (armedFor !== undefined && now() >= armedFor),
  };
}
