import { ImportRefused } from '../app/import-refused.js';

/** The failures of a database that a person can do something about. */
const SENTENCES: Record<string, string> = {
  ECONNREFUSED: 'does not answer: is it running?',
  ENOTFOUND: 'has a host that cannot be found.',
  ETIMEDOUT: 'does not answer.',
  '28P01': 'refuses the password.',
  '3D000': 'names a database that does not exist.',
  '42P01': 'has no tables yet: start Redmark on it once.',
  '42501': 'does not let this user write.',
};

/** One sentence for a database that cannot be used, naming where its address came from; else the error as it is. */
export function describeFailure(error: unknown, named: string): unknown {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    const code = 'code' in cause ? String(cause.code) : '';
    const sentence = Object.hasOwn(SENTENCES, code) ? SENTENCES[code] : undefined;
    if (sentence) return new ImportRefused([`The database of ${named} ${sentence}`]);
  }
  return error;
}
