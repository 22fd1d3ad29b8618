import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { NativeConnectionOptions } from '@temporalio/worker';
import { z } from 'zod';
import { type RobotsSettings, readRobots } from './robot-settings.js';
import { readWebhookSources, type WebhookSources } from './webhook-sources.js';

/** Variables as a process gets them. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** A setting that is wrong or missing: all of them at once, each by its name and what would be right. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  constructor(readonly problems: ReadonlyArray<{ name: string; mustBe: string }>) {
    super(problems.map(({ name, mustBe }) => `${name} ${mustBe}`).join('\n'));
  }
}

const urlWith = (protocols: readonly string[]) => (text: string) => {
  try {
    const url = new URL(text);
    return protocols.includes(url.protocol) && url.hostname !== '';
  } catch {
    return false;
  }
};

const postgresUrl = z
  .string()
  .refine(
    urlWith(['postgres:', 'postgresql:']),
    'must be a PostgreSQL address like postgres://user:password@host:5432/database',
  );

const isOrigin = (text: string) => urlWith(['http:', 'https:'])(text) && new URL(text).origin === text;

const isZone = (text: string) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return text.includes('/') || text === 'UTC';
  } catch {
    return false;
  }
};

const addressOfMail = /^(?:[^<>\r\n]*<[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/;

const settings = z.object({
  DATABASE_URL: postgresUrl,
  MIGRATION_DATABASE_URL: postgresUrl.optional(),
  TEMPORAL_UI_URL: z
    .string()
    .refine(urlWith(['http:', 'https:']), 'must be an address like http://127.0.0.1:8233')
    .transform((text) => text.replace(/\/+$/, ''))
    .optional(),
  SMTP_URL: z
    .string()
    .refine(urlWith(['smtp:', 'smtps:']), 'must be a mail server like smtp://user:password@host:587'),
  MAIL_FROM: z
    .string()
    .regex(addressOfMail, 'must be a sender like Redmark <orders@example.com>')
    .default('红标 Redmark <orders@redmark.local>'),
  API_HOST: z.string().default('127.0.0.1'),
  API_PORT: z
    .string()
    .regex(/^\d{1,5}$/, 'must be a port from 0 to 65535')
    .transform(Number)
    .refine((port) => port <= 65_535, 'must be a port from 0 to 65535')
    .default(7300),
  PUBLIC_URL: z
    .string()
    .refine(
      isOrigin,
      'must be an origin without a path, like https://orders.example.com: links in mails begin with it',
    ),
  LINK_SECRET: z.string().min(32, 'must have at least 32 characters: it signs the links in mails'),
  COMPANY_ZONE: z
    .string()
    .refine(isZone, 'must be a time zone of the IANA list, like Asia/Shanghai')
    .default('Asia/Shanghai'),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'must be one of fatal, error, warn, info, debug, trace, silent',
    })
    .default('info'),
  MONITORS: z
    .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
    .transform((text) => text === '1' || text === 'true')
    .default(true),
  EMBEDDED: z
    .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
    .transform((text) => text === '1' || text === 'true')
    .default(false),
});

/** How Temporal is reached; for a client and for a worker alike. */
export type TemporalConfig = {
  address: string;
  namespace: string;
  /** Where the Temporal UI answers, without a trailing slash; links in pages and mails to staff begin with it. */
  uiUrl?: string;
  tls?: NativeConnectionOptions['tls'];
  apiKey?: string;
  metadata?: Record<string, string>;
};

/** Everything that a process of Redmark is told from outside. */
export type Config = {
  databaseUrl: string;
  /** The owner of the tables: migrations alone use it. Equal to `databaseUrl` unless set. */
  migrationDatabaseUrl: string;
  temporal: TemporalConfig;
  smtpUrl: string;
  mailFrom: string;
  apiHost: string;
  apiPort: number;
  /** The origin with which links in mails begin, without a trailing slash. */
  publicUrl: string;
  linkSecret: string;
  /** The company's IANA time zone. */
  companyZone: string;
  logLevel: string;
  /** Whether the worker keeps the monitors' Schedules; where it does not, those that are there go on. */
  monitors: boolean;
  /** Set by the local supervisor alone: only then development tokens are accepted. */
  embedded: boolean;
  /** Robots that write into group chats; none where none is set. */
  robots: RobotsSettings;
  /** Who may send signed webhooks, by the name in their address. */
  webhooks: WebhookSources;
};

/**
 * Reads and checks every setting. Throws {@link SettingsError} with all that are wrong, never with their values:
 * most of them hold a password. An empty variable counts as one that is not set.
 */
export function readConfig(env: Environment = process.env): Config {
  const given = filled(env);
  const parsed = settings.safeParse(given);
  const problems = parsed.success ? [] : problemsOf(parsed.error, given);
  const webhooks = readWebhookSources(given, problems);
  const robots = readRobots(given, problems);
  const temporal = readTemporal(given, problems);
  if (!parsed.success || !temporal || problems.length > 0) throw new SettingsError(problems);
  const value = parsed.data;
  return {
    databaseUrl: value.DATABASE_URL,
    migrationDatabaseUrl: value.MIGRATION_DATABASE_URL ?? value.DATABASE_URL,
    temporal: { ...temporal, uiUrl: value.TEMPORAL_UI_URL },
    smtpUrl: value.SMTP_URL,
    mailFrom: value.MAIL_FROM,
    apiHost: value.API_HOST,
    apiPort: value.API_PORT,
    publicUrl: value.PUBLIC_URL,
    linkSecret: value.LINK_SECRET,
    companyZone: value.COMPANY_ZONE,
    logLevel: value.LOG_LEVEL,
    monitors: value.MONITORS,
    embedded: value.EMBEDDED,
    robots,
    webhooks,
  };
}

/**
 * What the local supervisor, the commands and the tests need of the machine: `env` to hand on to child processes,
 * and the few variables that they obey themselves.
 */
export function readMachine(env: Environment = process.env) {
  const given = filled(env);
  return {
    env: given,
    searchPath: (given.PATH ?? '').split(':').filter(Boolean),
    /** Where downloads are kept between projects, if the user moved it. */
    cacheHome: given.XDG_CACHE_HOME,
    /** On a build server a test may not be skipped. */
    isCi: given.CI !== undefined && given.CI !== 'false' && given.CI !== '0',
    /** The whole matrix of crashes instead of a sample. */
    wholeCrashMatrix: given.CRASH_MATRIX === '1',
    /** Every walk through the playbooks instead of one of each. */
    everyWalk: given.EVERY_WALK === '1',
  };
}

function filled(env: Environment): Record<string, string> {
  const entries = Object.entries(env).filter((entry): entry is [string, string] => !!entry[1]?.trim());
  return Object.fromEntries(entries);
}

function problemsOf(error: z.ZodError, given: Record<string, string>) {
  return error.issues.map((issue) => {
    const name = String(issue.path[0]);
    const field = settings.shape[name as keyof typeof settings.shape];
    // zod says "expected string" of a missing one; the sentence of a wrong one says what would be right.
    if (given[name] !== undefined || !field) return { name, mustBe: issue.message };
    const said = field.safeParse('').error?.issues[0]?.message ?? issue.message;
    return { name, mustBe: `is not set: it ${said}` };
  });
}

/**
 * Temporal's own environment configuration: TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, TEMPORAL_API_KEY, TEMPORAL_TLS and
 * its kin. The file is read only when TEMPORAL_PROFILE or TEMPORAL_CONFIG_FILE asks for it: a developer's own
 * profile for Temporal Cloud must not turn a local start towards it.
 */
function readTemporal(given: Record<string, string>, problems: { name: string; mustBe: string }[]) {
  const named = given.TEMPORAL_PROFILE ?? given.TEMPORAL_CONFIG_FILE;
  try {
    const { connectionOptions, namespace } = loadClientConnectConfig({
      overrideEnvVars: given,
      disableFile: named === undefined,
    });
    const { address, tls, apiKey, metadata } = connectionOptions;
    if (!address || !/^[^\s/:]+:\d{1,5}$|^\[[0-9a-f:]+\]:\d{1,5}$/i.test(address)) {
      const not = address ? '' : 'is not set: it ';
      problems.push({ name: 'TEMPORAL_ADDRESS', mustBe: `${not}must be host:port, like 127.0.0.1:7233` });
      return undefined;
    }
    const key = typeof apiKey === 'string' ? apiKey : undefined;
    return {
      address,
      namespace: namespace ?? 'default',
      tls,
      apiKey: key,
      metadata: metadata as Record<string, string> | undefined,
    } satisfies TemporalConfig;
  } catch (error) {
    const name = named === undefined ? 'TEMPORAL_TLS' : 'TEMPORAL_PROFILE';
    problems.push({ name, mustBe: `cannot be read: ${(error as Error).message}` });
    return undefined;
  }
}
