import type { Words } from '../shape.js';

/**
 * One thing wrong with a playbook, by its path in it (`steps.3.needs.0`; the whole playbook has the path ''), and what
 * would be right, as people read it.
 */
export interface PlaybookProblem {
  path: string;
  message: Words;
}

export function problemAt(path: readonly PropertyKey[], message: Words): PlaybookProblem {
  return { path: path.map(String).join('.'), message };
}

/** Keys one after the other, as a message lists them. */
export const listed = (keys: Iterable<PropertyKey | bigint | null | undefined>): Words => {
  const texts = [...keys].map(String);
  return { zh: texts.join('、'), en: texts.join(', ') };
};
