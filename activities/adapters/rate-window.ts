/**
 * Counts what was sent within a sliding span of `spanMs`; `take` answers whether one more of `most` fits at `atMs`, and
 * counts it. Of this process alone: with several workers the robot's own answer has the last word.
 */
export function createRateWindow(most: number, spanMs: number) {
  let taken: number[] = [];
  return {
    take(atMs: number): boolean {
      taken = taken.filter((one) => atMs - one < spanMs);
      if (taken.length >= most) return false;
      taken.push(atMs);
      return true;
    },
  };
}
