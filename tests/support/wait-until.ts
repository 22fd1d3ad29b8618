/**
 * Calls `probe` until it gives something other than undefined, null or false, and gives that. An error of the probe
 * counts as "not yet". Throws after `withinMs` with the last error.
 */
export async function waitUntil<T>(
  probe: () => T | Promise<T>,
  { withinMs = 10_000, everyMs = 50, what = 'the awaited' } = {},
): Promise<Exclude<T, undefined | null | false>> {
  const stopAt = Date.now() + withinMs;
  for (;;) {
    let why = '';
    try {
      const found = await probe();
      if (found !== undefined && found !== null && found !== false) {
        return found as Exclude<T, undefined | null | false>;
      }
    } catch (error) {
      why = `: ${(error as Error).message}`;
    }
    if (Date.now() > stopAt) throw new Error(`${what} did not come within ${withinMs} ms${why}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
}
