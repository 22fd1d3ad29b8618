import { ApplicationFailure, condition } from '@temporalio/workflow';

interface Waiting<C, R> {
  command: C;
  settled?: { reply: R } | { refusal: { code: string; detail: string } };
}

/**
 * The inbox of a workflow (design §3.2). A handler pushes its command and awaits the result; one main loop takes them
 * in order, so no two ever interleave.
 */
export function createInbox<C, R>() {
  const waiting: Waiting<C, R>[] = [];
  let current: Waiting<C, R> | undefined;

  return {
    /** For update handlers: resolves with the reply once the record has committed, or refuses with a stable code. */
    async ask(command: C): Promise<R> {
      const entry: Waiting<C, R> = { command };
      waiting.push(entry);
      await condition(() => entry.settled !== undefined);
      if (entry.settled && 'reply' in entry.settled) return entry.settled.reply;
      const refusal = entry.settled?.refusal ?? { code: 'internal', detail: 'settled without a word' };
      // A plain Error would retry the workflow task for ever; this one is the update's answer.
      throw ApplicationFailure.nonRetryable(refusal.detail, refusal.code);
    },

    /** For signals, and for what the workflow says to itself: nobody waits for the answer. */
    push(command: C): void {
      waiting.push({ command });
    },

    isEmpty: () => waiting.length === 0,

    /** The next command, which stays first until it is settled. */
    peek(): C | undefined {
      current = waiting[0];
      return current?.command;
    },

    reply(reply: R): void {
      settle({ reply });
    },

    refuse(refusal: { code: string; detail: string }): void {
      settle({ refusal });
    },
  };

  function settle(settled: NonNullable<Waiting<C, R>['settled']>): void {
    if (current) current.settled = settled;
    waiting.shift();
    current = undefined;
  }
}
