import type { z } from 'zod';
import type { FieldError } from './errors.js';

type Issue = z.core.$ZodIssue;
type Path = readonly PropertyKey[];

// A body can be wrong in as many places as it is long; nobody reads on after this.
const mostErrors = 50;
const longestName = 100;

/**
 * The wrong fields of an input, each by its path with dots (`lines.0.quantity`) and what would be right. An unknown key
 * is a field of its own (`lines.0.colour`); of a union's branches the one that came closest speaks. `root` names the
 * whole input where that itself is wrong.
 */
export function toFieldErrors({ issues }: { issues: readonly Issue[] }, root = 'body'): FieldError[] {
  const errors = issues.flatMap((issue) => readIssue(issue, []));
  const seen = new Set<string>();
  return errors
    .map(({ path, message }) => ({ field: fieldOf(path) || root, message }))
    .filter(({ field, message }) => !seen.has(`${field} ${message}`) && seen.add(`${field} ${message}`))
    .slice(0, mostErrors);
}

interface PathError {
  path: Path;
  message: string;
}

function readIssue(issue: Issue, base: Path): PathError[] {
  const path = [...base, ...issue.path];
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => ({ path: [...path, key], message: 'is not a field here' }));
    case 'invalid_key':
      // The issues of a key have the key itself as their root: the path to it stands in the outer one.
      return issue.issues.map((inner) => ({ path, message: messageOf(inner) }));
    case 'invalid_element':
      return issue.issues.flatMap((inner) => readIssue(inner, path));
    case 'invalid_union':
      return readUnion(issue, path);
    default:
      return [{ path, message: messageOf(issue) }];
  }
}

function readUnion(issue: Extract<Issue, { code: 'invalid_union' }>, path: Path): PathError[] {
  const branches = issue.errors.filter((branch) => branch.length > 0);
  const values = branches.flatMap(([only, ...more]) =>
    only?.code === 'invalid_value' && only.path.length === 0 && more.length === 0 ? only.values : [],
  );
  // A union of literals is one list of what may stand here.
  if (branches.length > 0 && values.length >= branches.length) return [{ path, message: oneOf(values) }];
  const [closest] = [...branches].sort((a, b) => depthOf(b) - depthOf(a) || a.length - b.length);
  if (!closest) {
    const known = 'options' in issue && Array.isArray(issue.options) ? issue.options : [];
    return [{ path, message: known.length > 0 ? oneOf(known) : 'is not of a kind that is known' }];
  }
  return closest.flatMap((inner) => readIssue(inner, path));
}

const depthOf = (branch: readonly Issue[]) => Math.max(...branch.map((issue) => issue.path.length));

/** Our own messages stand as they are; zod's are put in the same words as ours. */
function messageOf(issue: Issue): string {
  const { message } = issue;
  if (!/^(Invalid|Too (big|small)|Unrecognized)\b/.test(message)) return message;
  if (issue.code === 'invalid_value') return oneOf(issue.values);
  if (issue.code === 'too_small') {
    return `must be ${boundOf(issue.inclusive === false ? 'above' : 'at least', issue.minimum, issue.origin)}`;
  }
  if (issue.code === 'too_big') {
    return `must be ${boundOf(issue.inclusive === false ? 'below' : 'at most', issue.maximum, issue.origin)}`;
  }
  if (issue.code !== 'invalid_type') return 'cannot be read';
  if (/received undefined$/.test(message)) return 'is missing';
  return `must be ${wordOf[issue.expected] ?? `of type ${issue.expected}`}`;
}

const wordOf: Record<string, string> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  tuple: 'a list',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function boundOf(word: string, bound: number | bigint, origin: string): string {
  if (origin === 'array' || origin === 'set') return `a list of ${word} ${bound} entries`;
  return origin === 'string' ? `a text of ${word} ${bound} characters` : `${word} ${bound}`;
}

const oneOf = (values: readonly unknown[]) =>
  values.length === 1
    ? `must be ${String(values[0])}`
    : `must be one of ${values.map((value) => String(value)).join(', ')}`;

const fieldOf = (path: Path) => path.map((part) => String(part).slice(0, longestName)).join('.');
