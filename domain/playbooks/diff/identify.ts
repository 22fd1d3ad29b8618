/**
 * The entries of a list by what names them: their key; a condition by its fact, a rule of the level by its conditions.
 * The second entry of one name, which no valid playbook has, is `name#2`. Undefined where an entry has no name.
 */
export function identify(entries: readonly unknown[]): Map<string, unknown> | undefined {
  const found = new Map<string, unknown>();
  for (const entry of entries) {
    const name = nameOf(entry);
    if (name === undefined) return undefined;
    let free = name;
    for (let count = 2; found.has(free); count++) free = `${name}#${count}`;
    found.set(free, entry);
  }
  return found;
}

interface Named {
  key?: string;
  fact?: string;
  when?: { fact: string; atLeast: number }[];
}

function nameOf(entry: unknown): string | undefined {
  if (typeof entry !== 'object' || entry === null) return undefined;
  const { key, fact, when } = entry as Named;
  return key ?? fact ?? (Array.isArray(when) ? conditionsOf(when) : undefined);
}

const conditionsOf = (when: NonNullable<Named['when']>) =>
  when
    .map(({ fact, atLeast }) => `${fact}>=${atLeast}`)
    .sort()
    .join('&');
