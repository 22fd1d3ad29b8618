import type { Queryable } from './connect.js';

/**
 * A statement of a fixed shape, put together once for each database and then only filled in: putting it together costs
 * more than running it. `build` ends in `.prepare(name)` and has `sql.placeholder(…)` for what changes.
 */
export function prepareOnce<T>(build: (db: Queryable) => T): (db: Queryable) => T {
  const known = new WeakMap<Queryable, T>();
  return (db) => {
    const found = known.get(db) ?? build(db);
    known.set(db, found);
    return found;
  };
}
