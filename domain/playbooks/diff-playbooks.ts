import { type ChangeKind, compareValues } from './diff/compare-values.js';
import { wordChange } from './diff/word-change.js';
import type { Playbook, Words } from './shape.js';

/** One difference between two revisions of a playbook. */
export interface PlaybookChange {
  kind: ChangeKind;
  /**
   * What differs, by keys and not by places, so that a step put in between moves nothing: `steps.expedite.due`,
   * `severity.rules.delayHours>=48.level`. The path of a list alone means the order of its entries.
   */
  path: string;
  before?: unknown;
  after?: unknown;
  /** The same for people to read, a line in each language. */
  line: Words;
}

/**
 * What changes from one revision to another (P13.5): entries and fields added, removed, changed. Always in the same
 * order, that of the fields, and of the steps as they stood; empty exactly where both say the same.
 */
export function diffPlaybooks(before: Playbook, after: Playbook): PlaybookChange[] {
  return compareValues(before, after).map((change) => ({
    kind: change.kind,
    path: change.path.join('.'),
    ...('before' in change && { before: change.before }),
    ...('after' in change && { after: change.after }),
    line: wordChange(change, before, after),
  }));
}
