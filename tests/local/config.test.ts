import { expect, test } from 'vitest';
import { readConfig, SettingsError } from '../../app/config.js';

const right = {
  DATABASE_URL: 'postgres://redmark_app:s%2Fecret@127.0.0.1:5432/redmark',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  PUBLIC_URL: 'https://orders.example.com',
  LINK_SECRET: 'x'.repeat(32),
};

function refusalOf(env: Record<string, string | undefined>): string {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

test('what is not set has its default, and development tokens are off', () => {
  const config = readConfig(right);
  expect(config).toMatchObject({
    migrationDatabaseUrl: right.DATABASE_URL,
    companyZone: 'Asia/Shanghai',
    apiHost: '127.0.0.1',
    logLevel: 'info',
    embedded: false,
  });
  expect(config.temporal).toMatchObject({ address: '127.0.0.1:7233', namespace: 'default' });
});

test('all wrong settings are named at once, in one line each', () => {
  const lines = refusalOf({
    LINK_SECRET: 'short',
    COMPANY_ZONE: 'Shanghai',
    DATABASE_URL: 'mysql://h/d',
  }).split('\n');
  const named = lines.map((line) => line.split(' ')[0]);
  expect(named.sort()).toEqual(
    ['COMPANY_ZONE', 'DATABASE_URL', 'LINK_SECRET', 'PUBLIC_URL', 'SMTP_URL', 'TEMPORAL_ADDRESS'].sort(),
  );
});

test.each([
  ['DATABASE_URL', 'http://host/db'],
  ['MIGRATION_DATABASE_URL', 'redmark'],
  ['TEMPORAL_ADDRESS', 'http://127.0.0.1:7233'],
  ['TEMPORAL_ADDRESS', '127.0.0.1'],
  ['SMTP_URL', 'localhost:25'],
  ['MAIL_FROM', 'nobody'],
  ['MAIL_FROM', 'a@example.com\nBcc: b@example.com'],
  ['API_PORT', '70000'],
  ['API_PORT', '80a'],
  ['PUBLIC_URL', 'https://orders.example.com/'],
  ['LINK_SECRET', 'x'.repeat(31)],
  ['COMPANY_ZONE', 'Mars/Olympus'],
  ['LOG_LEVEL', 'loud'],
  ['MONITORS', 'some'],
  ['EMBEDDED', 'yes'],
])('%s=%j is refused by its name, with what would be right', (name, value) => {
  expect(refusalOf({ ...right, [name]: value })).toMatch(new RegExp(`^${name} must `));
});

test('a refusal never shows the value: most of them hold a password', () => {
  expect(refusalOf({ ...right, DATABASE_URL: 'mysql://root:hunter2@host/d' })).not.toContain('hunter2');
});

test('an empty variable counts as one that is not set', () => {
  expect(readConfig({ ...right, COMPANY_ZONE: '', MIGRATION_DATABASE_URL: ' ' }).companyZone).toBe(
    'Asia/Shanghai',
  );
});

test('an API key turns TLS on', () => {
  expect(readConfig({ ...right, TEMPORAL_API_KEY: 'key' }).temporal).toMatchObject({
    apiKey: 'key',
    tls: true,
  });
});

test('who may send signed webhooks is read by name, with what each may send', () => {
  const secret = 'a secret with a colon: long enough for it';
  const { webhooks } = readConfig({
    ...right,
    WEBHOOK_SOURCE_SF_EXPRESS: `scans:${secret}`,
    WEBHOOK_SOURCE_ERP: `payments+stock:${'e'.repeat(32)}`,
    WEBHOOK_SOURCE_PROMETHEUS: `alertmanager:${'p'.repeat(32)}`,
    WEBHOOK_SOURCE_NAGIOS: `signals:${'n'.repeat(32)}`,
  });
  expect([...webhooks.values()]).toEqual([
    { name: 'sf-express', secret, kinds: ['scans'] },
    { name: 'erp', secret: 'e'.repeat(32), kinds: ['payments', 'stock'] },
    { name: 'prometheus', secret: 'p'.repeat(32), kinds: ['alertmanager'] },
    { name: 'nagios', secret: 'n'.repeat(32), kinds: ['signals'] },
  ]);
  expect(readConfig(right).webhooks.size).toBe(0);
});

test.each([
  ['WEBHOOK_SOURCE_SF', 'scans:short'],
  ['WEBHOOK_SOURCE_SF', 'x'.repeat(40)],
  ['WEBHOOK_SOURCE_SF', `everything:${'x'.repeat(40)}`],
  ['WEBHOOK_SOURCE_SF', `scans+:${'x'.repeat(40)}`],
  ['WEBHOOK_SOURCE_', `scans:${'x'.repeat(40)}`],
])('a source %s=%s is refused by its name, without its value', (name, value) => {
  const said = refusalOf({ ...right, [name]: value });
  expect(said).toMatch(new RegExp(`^${name} must be like scans`));
  expect(said).not.toContain(value);
});

test('monitors look unless that is switched off', () => {
  expect(readConfig(right).monitors).toBe(true);
  expect(readConfig({ ...right, MONITORS: '0' }).monitors).toBe(false);
});
