import { byField } from './field-words.js';
import { identify } from './identify.js';

export type ChangeKind = 'added' | 'removed' | 'changed';

/** One difference of two JSON values; an entry of a list with keys has its key in the path, not its place. */
export interface RawChange {
  kind: ChangeKind;
  path: string[];
  before?: unknown;
  after?: unknown;
  /** The entries of a list stand in another order; `before` and `after` are then the keys that both have. */
  order?: true;
}

/**
 * The differences of two JSON values, in the order of the shape’s fields; in a list first what changed or went, then
 * what came. Durations and lists without keys are compared as a whole. Empty exactly where the values say the same.
 */
export function compareValues(before: unknown, after: unknown, path: string[] = []): RawChange[] {
  if (before === undefined && after === undefined) return [];
  if (before === undefined) return [{ kind: 'added', path, after }];
  if (after === undefined) return [{ kind: 'removed', path, before }];
  if (Array.isArray(before) && Array.isArray(after)) return compareLists(before, after, path);
  if (isObject(before) && isObject(after) && !isDuration(before) && !isDuration(after)) {
    return fieldsOf(before, after).flatMap((key) => compareValues(before[key], after[key], [...path, key]));
  }
  return sameJson(before, after) ? [] : [{ kind: 'changed', path, before, after }];
}

function compareLists(before: unknown[], after: unknown[], path: string[]): RawChange[] {
  const [old, current] = [identify(before), identify(after)];
  if (!old || !current) return sameJson(before, after) ? [] : [{ kind: 'changed', path, before, after }];
  const stayed = [...old.keys()].filter((key) => current.has(key));
  const stayedNow = [...current.keys()].filter((key) => old.has(key));
  return [
    ...[...old].flatMap(([key, entry]) => compareValues(entry, current.get(key), [...path, key])),
    ...[...current]
      .filter(([key]) => !old.has(key))
      .flatMap(([key, entry]) => compareValues(undefined, entry, [...path, key])),
    ...(sameJson(stayed, stayedNow)
      ? []
      : [{ kind: 'changed' as const, path, before: stayed, after: stayedNow, order: true as const }]),
  ];
}

type Json = Record<string, unknown>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const durationFields = ['elapsed', 'workingHours', 'workingDays', 'atLeast'];

export const isDuration = (value: unknown): boolean =>
  isObject(value) &&
  Object.keys(value).length > 0 &&
  Object.keys(value).every((key) => durationFields.includes(key));

const fieldsOf = (...values: Json[]) => [...new Set(values.flatMap(Object.keys))].sort(byField);

/** A field that is undefined says the same as one that is absent; the order of fields says nothing. */
function sameJson(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((value, index) => sameJson(value, other[index]));
  }
  if (isObject(one) && isObject(other)) {
    return fieldsOf(one, other).every((key) => sameJson(one[key], other[key]));
  }
  return Object.is(one, other);
}
