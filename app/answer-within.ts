/**
 * What `attempt` answers, or `otherwise` when `withinMs` are over first. For calls of Temporal's client, whose own
 * deadline is not enough: while the server cannot be reached, it waits between its tries without looking at the
 * deadline, half as long again. A failure of `attempt` after that is nobody's.
 */
export async function answerWithin<T>(withinMs: number, attempt: () => Promise<T>, otherwise: T): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(otherwise), withinMs);
  });
  try {
    return await Promise.race([attempt(), over]);
  } finally {
    clearTimeout(timer);
  }
}
