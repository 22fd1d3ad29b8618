import { type DestinationStream, type Logger, pino } from 'pino';

/** An error as the log shows it. */
interface LoggedError {
  type: string;
  message: string;
  code?: string;
  /** The constraint of the database that refused, if one did. */
  constraint?: string;
  stack?: string;
  cause?: LoggedError;
}

/** The log of a process: one JSON line an entry, on standard output unless a destination is given. */
export function createLog({ name, level }: { name: string; level: string }, to?: DestinationStream): Logger {
  const options = { name, level, serializers: { err: toLoggedError } };
  return to ? pino(options, to) : pino(options);
}

/**
 * An error without the values it carries. A failed query's message lists its parameters, PostgreSQL quotes the value
 * it refused and shows the row in `detail`: names, addresses, words of customers, none of which belong in a log.
 */
export function toLoggedError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: 'not an error' };
  const { code, constraint } = error as { code?: unknown; constraint?: unknown };
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    type: error.name === 'Error' ? error.constructor.name : error.name,
    message: withoutValues(error),
    ...(typeof code === 'string' || typeof code === 'number' ? { code: String(code) } : {}),
    ...(typeof constraint === 'string' ? { constraint } : {}),
    ...(frames && frames.length > 0 ? { stack: frames.join('\n') } : {}),
    ...(error.cause instanceof Error && depth < 4 ? { cause: toLoggedError(error.cause, depth + 1) } : {}),
  };
}

function withoutValues(error: Error): string {
  // drizzle: `Failed query: select … $1` with the parameters on the lines after it.
  const [text = ''] = error.message.split('\nparams:');
  return isFromPostgres(error) ? text.replace(/"[^"]*"/g, '"…"') : text;
}

const isFromPostgres = (error: Error) => 'severity' in error && 'routine' in error;
