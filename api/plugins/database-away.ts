/** SQLSTATE classes and codes that mean: not now. Connection, resources, shutdown, and a statement that took too long. */
const AWAY = /^(08|53|57P0[1-5]|57014|25006)/;
const AWAY_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENOENT',
]);
// The pool and the client of node-postgres say these without a code.
const AWAY_WORDS =
  /connection terminated|timeout exceeded when trying to connect|connection timeout|client has encountered a connection error/i;

/** Whether an error, or what caused it, says that PostgreSQL cannot be reached or cannot answer now. */
export function isDatabaseAway(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    const code = 'code' in cause && typeof cause.code === 'string' ? cause.code : '';
    if (AWAY.test(code) || AWAY_CODES.has(code) || AWAY_WORDS.test(cause.message)) return true;
    if (cause instanceof AggregateError && cause.errors.some(isDatabaseAway)) return true;
  }
  return false;
}

/**
 * Whether PostgreSQL refused a text that it cannot hold (NUL, a lone surrogate, bytes that are not UTF-8). Every field
 * is checked before; this keeps one that was forgotten from looking like a fault of ours.
 */
export function isUnstorableText(error: unknown): boolean {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth++) {
    if ('code' in cause && (cause.code === '22021' || cause.code === '22P05')) return true;
  }
  return false;
}
