import pg from 'pg';

/** Shapes of statements a process names; one beyond them is planned anew each time, as without a name. */
const mostNames = 500;
const names = new Map<string, string>();

/**
 * A connection that gives each statement with parameters a name, so that PostgreSQL parses and plans it once a
 * connection rather than once a call: planning costs more than running where a statement touches a few rows by key.
 */
export class NamingClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const query = this.query.bind(this) as (...args: unknown[]) => unknown;
    this.query = ((config: unknown, values: unknown, ...rest: unknown[]) =>
      query(
        hasParameters(config, values) ? { ...config, name: nameOf(config.text) } : config,
        values,
        ...rest,
      )) as typeof this.query;
  }
}

function hasParameters(config: unknown, values: unknown): config is { text: string } {
  return (
    typeof config === 'object' &&
    config !== null &&
    'text' in config &&
    !('submit' in config) &&
    !('name' in config && config.name) &&
    Array.isArray(values) &&
    values.length > 0
  );
}

function nameOf(text: string): string | undefined {
  const known = names.get(text);
  if (known || names.size >= mostNames) return known;
  const name = `s${names.size}`;
  names.set(text, name);
  return name;
}
