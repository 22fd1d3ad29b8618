import { addCalls } from '../../db/queries/monitor-system.js';
import type { callCounts } from '../../db/schema/index.js';
import type { AppContext } from '../context.js';

type Part = (typeof callCounts.$inferSelect)['part'];

/** Counts calls of a part of this process, by minute, and writes them in batches. */
export interface CallCounter {
  count(part: Part, failed: boolean): void;
  /** Writes what was counted since the last time; of nothing, that nothing was: a part that is silent is not seen. */
  flush(): Promise<void>;
}

const minuteMs = 60_000;
/** While the record is away counts wait; those of the oldest minutes are given up, for no window reaches them. */
const mostMinutes = 60;

/** Counts for `part`; `process` tells one process from another: counts of a minute add up. */
export function createCallCounter(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  { part, process }: { part: Part; process: string },
): CallCounter {
  let counted = new Map<string, { part: Part; minute: string; calls: number; failed: number }>();
  const at = (of: Part) => {
    const minute = new Date(Math.floor(now().getTime() / minuteMs) * minuteMs).toISOString();
    const key = `${of} ${minute}`;
    const found = counted.get(key) ?? { part: of, minute, calls: 0, failed: 0 };
    counted.set(key, found);
    const [oldest] = counted.keys();
    if (counted.size > mostMinutes && oldest !== undefined) counted.delete(oldest);
    return found;
  };
  return {
    count(of, failed) {
      const found = at(of);
      found.calls += 1;
      if (failed) found.failed += 1;
    },
    async flush() {
      at(part);
      const rows = counted;
      counted = new Map();
      try {
        await addCalls(
          db,
          [...rows.values()].map((row) => ({ ...row, process })),
        );
      } catch (error) {
        // Nobody counts in between but into the new map: what could not be written is added to it.
        for (const [key, row] of rows) {
          const newer = counted.get(key);
          counted.set(
            key,
            newer ? { ...row, calls: row.calls + newer.calls, failed: row.failed + newer.failed } : row,
          );
        }
        throw error;
      }
    },
  };
}
