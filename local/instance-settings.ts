import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.js';
import { tokenRoles } from './token-roles.js';

const ports = z.object({
  api: z.number(),
  mailbox: z.number(),
  smtp: z.number(),
  postgres: z.number(),
  temporal: z.number(),
  temporalUi: z.number(),
});
export type Ports = z.infer<typeof ports>;

/** What stays the same from start to start, so that links in mails and tokens in scripts live on. */
const instanceSettings = z.object({
  /** Names this instance where its data lie outside of its folder. */
  instance: z.string(),
  linkSecret: z.string().min(32),
  ownerPassword: z.string(),
  appPassword: z.string(),
  tokens: z.record(z.enum(tokenRoles), z.string()),
  /** The ports of the last start; the ones asked for first at the next. */
  ports: ports.optional(),
});
export type InstanceSettings = z.infer<typeof instanceSettings>;

const secret = () => randomBytes(24).toString('base64url');

/** Reads `settings.json` of the instance's folder, or makes new settings. */
export async function readInstanceSettings(folder: string): Promise<InstanceSettings> {
  const known = instanceSettings.safeParse(await readJson(join(folder, 'settings.json')));
  if (known.success) return known.data;
  const fresh: InstanceSettings = {
    instance: randomBytes(6).toString('hex'),
    linkSecret: randomBytes(32).toString('base64url'),
    ownerPassword: secret(),
    appPassword: secret(),
    tokens: Object.fromEntries(
      tokenRoles.map((role) => [role, `dev-${role}-${secret()}`]),
    ) as InstanceSettings['tokens'],
  };
  await writeInstanceSettings(folder, fresh);
  return fresh;
}

export function writeInstanceSettings(folder: string, settings: InstanceSettings): Promise<void> {
  return writeJson(join(folder, 'settings.json'), settings);
}
