/** One round: `count` workflows, `atOnce` of them at any time; gives completed ones per second. */
async function runRound(one: () => Promise<unknown>, count: number, atOnce: number): Promise<number> {
  const since = performance.now();
  let begun = 0;
  const drive = async () => {
    while (begun < count) {
      begun += 1;
      await one();
    }
  };
  await Promise.all(Array.from({ length: atOnce }, drive));
  return (count * 1000) / (performance.now() - since);
}

export interface Throughput {
  ours: number[];
  bare: number[];
}

/**
 * Completed workflows per second of both sides, in rounds that take turns: whatever else the machine does meets both.
 * A round of each warms up and is not counted.
 */
export async function measureThroughput(
  sides: { ours: () => Promise<unknown>; bare: () => Promise<unknown> },
  {
    rounds,
    count,
    atOnce,
    what,
    say,
  }: { rounds: number; count: number; atOnce: number; what: string; say: (line: string) => void },
): Promise<Throughput> {
  const result: Throughput = { ours: [], bare: [] };
  await runRound(sides.ours, atOnce, atOnce);
  await runRound(sides.bare, atOnce, atOnce);
  for (let round = 1; round <= rounds; round += 1) {
    // Who goes first changes, so that a machine that slows down favours nobody.
    const order = round % 2 === 1 ? (['ours', 'bare'] as const) : (['bare', 'ours'] as const);
    for (const side of order) result[side].push(await runRound(sides[side], count, atOnce));
    const [ours, bare] = [result.ours.at(-1) ?? 0, result.bare.at(-1) ?? 0];
    say(
      `  round ${round}: ${ours.toFixed(2)} ${what}/s, bare ${bare.toFixed(2)}/s, ratio ${(ours / bare).toFixed(3)}`,
    );
  }
  return result;
}
