// PostgreSQL takes 65,535 parameters a statement; an order has about forty columns.
const chunkSize = 500;

/** Runs a statement over many rows, so many at a time and one after the other; gives all answers in order. */
export async function inChunks<Row, Answer>(
  rows: readonly Row[],
  run: (chunk: Row[]) => PromiseLike<Answer[]>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  for (let at = 0; at < rows.length; at += chunkSize) {
    answers.push(...(await run(rows.slice(at, at + chunkSize))));
  }
  return answers;
}
