import type { Ports } from './instance-settings.js';
import { findPort } from './ports.js';

const usual: Ports = {
  api: 7300,
  mailbox: 7325,
  smtp: 7326,
  postgres: 7332,
  temporal: 7233,
  temporalUi: 8233,
};

/**
 * A free port for each part: the one of the last start, else the usual one, else the next free one above it.
 * `wantedApi` comes before all for the API.
 */
export async function choosePorts(last: Ports | undefined, wantedApi?: number): Promise<Ports> {
  const taken = new Set<number>();
  const chosen = {} as Ports;
  for (const name of Object.keys(usual) as (keyof Ports)[]) {
    const wanted = name === 'api' ? wantedApi : undefined;
    const preferred = [wanted, last?.[name], usual[name]].filter((port) => port !== undefined);
    chosen[name] = await findPort(preferred, taken);
    taken.add(chosen[name]);
  }
  return chosen;
}
