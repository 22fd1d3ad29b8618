/** The value that so great a share of them does not pass, by nearest rank; undefined of none. `sorted` ascends. */
export function quantileOf(sorted: readonly number[], share: number): number | undefined {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)];
}
