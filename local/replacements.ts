import nodemailer from 'nodemailer';
import pg from 'pg';
import { type Config, SettingsError } from '../app/config.js';
import { connectTemporal } from '../app/temporal.js';

/** The parts that the user brings himself, by setting their address. */
export type Replacements = { database: boolean; temporal: boolean; smtp: boolean };

export function findReplacements(env: Record<string, string>): Replacements {
  return {
    database: env.DATABASE_URL !== undefined,
    temporal: ['TEMPORAL_ADDRESS', 'TEMPORAL_PROFILE', 'TEMPORAL_CONFIG_FILE'].some((name) => env[name]),
    smtp: env.SMTP_URL !== undefined,
  };
}

type Problem = { name: string; mustBe: string };

/**
 * Knocks at each part that was replaced. Throws {@link SettingsError} with the names of the settings behind which
 * nothing fitting answers.
 */
export async function checkReplacements(config: Config, replaced: Replacements): Promise<void> {
  const problems = await Promise.all([
    replaced.database ? checkDatabase('DATABASE_URL', config.databaseUrl) : undefined,
    replaced.database && config.migrationDatabaseUrl !== config.databaseUrl
      ? checkDatabase('MIGRATION_DATABASE_URL', config.migrationDatabaseUrl)
      : undefined,
    replaced.temporal ? checkTemporal(config) : undefined,
    replaced.smtp ? checkSmtp(config.smtpUrl) : undefined,
  ]);
  const found = problems.filter((problem) => problem !== undefined);
  if (found.length > 0) throw new SettingsError(found);
}

async function checkDatabase(name: string, connectionString: string): Promise<Problem | undefined> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version_num')::int as version");
    const version = Math.floor(rows[0].version / 10_000);
    return version >= 15
      ? undefined
      : { name, mustBe: `must be PostgreSQL 15 or newer; this one is ${version}` };
  } catch (error) {
    return { name, mustBe: `must be a PostgreSQL database that answers: ${reasonOf(error)}` };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checkTemporal({ temporal }: Config): Promise<Problem | undefined> {
  const { connection, namespace } = connectTemporal(temporal);
  try {
    const describe = () => connection.workflowService.describeNamespace({ namespace });
    await connection.withDeadline(Date.now() + 5_000, describe);
    return undefined;
  } catch (error) {
    const notFound = (error as { code?: number }).code === 5;
    return notFound
      ? {
          name: 'TEMPORAL_NAMESPACE',
          mustBe: `must be a namespace of ${temporal.address}; ${namespace} is none`,
        }
      : { name: 'TEMPORAL_ADDRESS', mustBe: `must be a Temporal server that answers: ${reasonOf(error)}` };
  } finally {
    await connection.close();
  }
}

async function checkSmtp(url: string): Promise<Problem | undefined> {
  const transport = nodemailer.createTransport(url);
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error('no answer within 5 s')), 5_000).unref();
  });
  try {
    await Promise.race([transport.verify(), late]);
    return undefined;
  } catch (error) {
    return { name: 'SMTP_URL', mustBe: `must be a mail server that answers: ${reasonOf(error)}` };
  } finally {
    transport.close();
  }
}

// An error of several addresses has its sentences inside and none of its own.
function reasonOf(error: unknown): string {
  const { message, errors } = error as Error & { errors?: Error[] };
  return message || errors?.[0]?.message || 'no answer';
}
