import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, readConfig, readMachine, SettingsError } from '../app/config.js';
import { appRole } from '../db/grant-app-role.js';
import { choosePorts } from './choose-ports.js';
import {
  type InstanceSettings,
  type Ports,
  readInstanceSettings,
  writeInstanceSettings,
} from './instance-settings.js';
import { postgresUrl } from './postgres.js';
import { findReplacements, type Replacements } from './replacements.js';

/** The project's folder; this file lies in dist/local/, or in local/ when run from the sources. */
export const projectFolder = fileURLToPath(
  new URL(import.meta.url.includes('/dist/local/') ? '../..' : '..', import.meta.url),
).replace(/\/$/, '');

export const databaseName = 'redmark';

/** Everything about the set of parts that is about to start, before anything has started. */
export type Instance = {
  folder: string;
  settings: InstanceSettings;
  ports: Ports;
  replaced: Replacements;
  /** What worker, watchman and API get as their environment, beside the machine's. */
  env: Record<string, string>;
  /** The same, read and checked. */
  config: Config;
};

/**
 * Plans the instance of a folder: ports, addresses, secrets. Throws SettingsError, with every setting that is wrong,
 * before anything starts.
 */
export async function planInstance(folder: string): Promise<Instance> {
  const { env: given } = readMachine();
  const settings = await readInstanceSettings(folder);
  const replaced = findReplacements(given);
  // Port 0 asks for any that is free: the usual choice is one.
  const wanted = isPort(given.API_PORT) && Number(given.API_PORT) > 0 ? Number(given.API_PORT) : undefined;
  const ports = await choosePorts(settings.ports, wanted);
  const env = composeEnvironment(given, settings, ports, replaced);
  const config = readConfig({ ...given, ...env });
  if (!['127.0.0.1', 'localhost', '::1'].includes(config.apiHost)) {
    const mustBe = 'must be 127.0.0.1 here: the development tokens are for this machine alone';
    throw new SettingsError([{ name: 'API_HOST', mustBe }]);
  }
  await writeInstanceSettings(folder, { ...settings, ports });
  return { folder, settings, ports, replaced, env, config };
}

const isPort = (text = '') => /^\d{1,5}$/.test(text) && Number(text) <= 65_535;

function composeEnvironment(
  given: Record<string, string>,
  settings: InstanceSettings,
  ports: Ports,
  replaced: Replacements,
): Record<string, string> {
  const api = `http://127.0.0.1:${ports.api}`;
  const at = (password: string) => ({ port: ports.postgres, password });
  return {
    EMBEDDED: '1',
    TZ: 'UTC',
    // What is no port stays as it is, to be refused by its name with all else that is wrong.
    API_PORT: given.API_PORT && !isPort(given.API_PORT) ? given.API_PORT : String(ports.api),
    PUBLIC_URL: given.PUBLIC_URL ?? api,
    LINK_SECRET: given.LINK_SECRET ?? settings.linkSecret,
    SMTP_URL: given.SMTP_URL ?? `smtp://127.0.0.1:${ports.smtp}`,
    ...(replaced.database
      ? {}
      : {
          DATABASE_URL: postgresUrl(at(settings.appPassword), databaseName, appRole),
          MIGRATION_DATABASE_URL: postgresUrl(at(settings.ownerPassword), databaseName),
        }),
    ...(replaced.temporal ? {} : embeddedTemporal(given, ports)),
  };
}

/** The embedded server's address, and nothing of what may be set for another one: an empty variable is not set. */
function embeddedTemporal(given: Record<string, string>, ports: Ports): Record<string, string> {
  const others = Object.keys(given).filter((name) => name.startsWith('TEMPORAL_'));
  return {
    ...Object.fromEntries(others.map((name) => [name, ''])),
    TEMPORAL_ADDRESS: `127.0.0.1:${ports.temporal}`,
    TEMPORAL_NAMESPACE: given.TEMPORAL_NAMESPACE ?? 'default',
    TEMPORAL_UI_URL: `http://127.0.0.1:${ports.temporalUi}`,
  };
}

/** Where things lie in an instance's folder. */
export const logFileOf = (folder: string, name: string) => join(folder, 'logs', `${name}.log`);
