/** Waits until an address answers 200. Throws with its last answer when it does not within 60 s. */
export async function waitUntilHealthy(url: string, withinMs = 60_000): Promise<void> {
  let last = 'nothing';
  for (const stopAt = Date.now() + withinMs; Date.now() < stopAt; ) {
    try {
      const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
      const text = await response.text();
      if (response.status === 200) return;
      last = `${response.status} ${text.slice(0, 300)}`;
    } catch (error) {
      last = (error as Error).message;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not become healthy: ${last}`);
}
