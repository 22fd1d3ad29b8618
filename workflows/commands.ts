import { ApplicationFailure } from '@temporalio/workflow';

interface Waiting<C, R> {
  command: C;
  /** Absent where nobody waits for the answer. */
  caller?: { resolve(reply: R): void; reject(refusal: Error): void };
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
    ask(command: C): Promise<R> {
      return new Promise((resolve, reject) => {
        waiting.push({ command, caller: { resolve, reject } });
      });
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
      current?.caller?.resolve(reply);
      next();
    },

    refuse({ code, detail }: { code: string; detail: string }): void {
      // A plain Error would retry the workflow task for ever; this one is the update's answer.
      current?.caller?.reject(ApplicationFailure.nonRetryable(detail, code));
      next();
    },
  };

  function next(): void {
    waiting.shift();
    current = undefined;
  }
}
