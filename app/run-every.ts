export interface Repetition {
  /** Resolves when `work` has ended for the first time, well or not. */
  first: Promise<void>;
  /** Lets what is under way end, and begins nothing more. */
  stop(): Promise<void>;
}

/**
 * Runs `work` again and again, `everyMs` after it ended, until stopped, however often it fails. Of failures in a row
 * `failed` hears the first, and `recovered` that it works again: an outage is two lines of log, not one a second.
 */
export function runEvery(
  everyMs: number,
  work: () => Promise<unknown>,
  { failed, recovered = () => {} }: { failed: (error: unknown) => void; recovered?: () => void },
): Repetition {
  let stopped = false;
  let failing = false;
  let wake: () => void = () => {};

  const once = async () => {
    try {
      await work();
      if (failing) recovered();
      failing = false;
    } catch (error) {
      if (!failing) failed(error);
      failing = true;
    }
  };
  const first = once();
  const loop = (async () => {
    await first;
    while (!stopped) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, everyMs);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      if (!stopped) await once();
    }
  })();
  return {
    first,
    async stop() {
      stopped = true;
      wake();
      await loop;
    },
  };
}
