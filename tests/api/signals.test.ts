import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { signBody } from '../../app/verify-signature.js';
import { readWebhookSources } from '../../app/webhook-sources.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { type ApiRig, NOW, startApiRig, type TokenName } from './api-rig.js';

const SECRET = 'a secret of prometheus, long enough for it';
const sources = readWebhookSources(
  {
    WEBHOOK_SOURCE_PROMETHEUS: `alertmanager:${SECRET.replaceAll(' ', '-')}`,
    WEBHOOK_SOURCE_NAGIOS: `signals:${SECRET}`,
    WEBHOOK_SOURCE_ERP: `stock:${SECRET}`,
  },
  [],
);
const BEARER = `Bearer ${SECRET.replaceAll(' ', '-')}`;

/** The example of Alertmanager's documentation of its webhook, filled in as it sends it. */
const documented = {
  version: '4',
  groupKey: '{}:{alertname="InstanceDown"}',
  truncatedAlerts: 0,
  status: 'firing',
  receiver: 'redmark',
  groupLabels: { alertname: 'InstanceDown' },
  commonLabels: { alertname: 'InstanceDown', job: 'web', severity: 'critical' },
  commonAnnotations: { summary: 'Instance web-1:9100 down' },
  externalURL: 'http://alertmanager.example.com:9093',
  alerts: [
    {
      status: 'firing',
      labels: { alertname: 'InstanceDown', instance: 'web-1:9100', job: 'web', severity: 'critical' },
      annotations: {
        summary: 'Instance web-1:9100 down',
        description: 'web-1:9100 has been down for more than 5 minutes.',
      },
      startsAt: '2026-11-24T01:25:04.739266876+08:00',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'http://prometheus.example.com:9090/graph?g0.expr=up+%3D%3D+0&g0.tab=1',
      fingerprint: 'c6e2b1c2d4f8a90b',
    },
  ],
};
const [documentedAlert] = documented.alerts;
const resolved = {
  ...documented,
  status: 'resolved',
  alerts: [{ ...documentedAlert, status: 'resolved', endsAt: '2026-11-24T01:29:04.7Z' }],
};
const signal = { key: 'disk/db-1', summary: 'db-1 的磁盘已满', status: 'firing' };

let rig: ApiRig;
let nowMs = Date.parse(NOW);
let owner: Database;
beforeAll(async () => {
  rig = await startApiRig({ webhooks: sources, now: () => new Date(nowMs) });
  await publishBuiltIns(rig.ctx.db, NOW);
  owner = connectDatabase(rig.databaseUrl, 1);
});
afterEach(async () => {
  nowMs = Date.parse(NOW);
  await owner.$client.query(
    'truncate record_numbers, deadlines, incidents, incident_reports, commands, webhook_deliveries, signal_maps, audit, notices cascade',
  );
});
afterAll(async () => {
  await owner?.$client.end();
  await rig?.stop();
});

async function post(source: string, body: unknown, headers: Record<string, string>) {
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  const answer = await rig.send({
    method: 'POST',
    url: `/v1/signals/${source}`,
    as: null,
    payload,
    headers: { 'content-type': 'application/json', ...headers },
  });
  return { status: answer.statusCode, body: answer.json() };
}
const alert = (body: unknown, authorization = BEARER) => post('prometheus', body, { authorization });
function send(body: unknown, { source = 'nagios', secret = SECRET, offset = 0 } = {}) {
  const timestamp = String(Math.floor(nowMs / 1000) + offset);
  const text = JSON.stringify(body);
  const signature = signBody(secret, timestamp, text);
  return post(source, text, { 'x-redmark-timestamp': timestamp, 'x-redmark-signature': signature });
}
const listIncidents = async () =>
  (
    await rig.ctx.db.$client.query(
      'select type, source, dedup_key "dedupKey", severity, count, summary, facts from incidents order by number',
    )
  ).rows;
const putMap = (rules: object[], as: TokenName = 'orderManager', source = 'prometheus') =>
  rig.send({ method: 'PUT', url: `/v1/signals/${source}/map`, as, payload: { rules } });

describe('Alertmanager’s own webhook', () => {
  it('opens an incident; what no mapping fits is a system failure of level 1, never dropped', async () => {
    const { status, body } = await alert(documented);
    expect([status, body]).toEqual([
      200,
      { repeated: false, alerts: [{ status: 'firing', incident: 'IN-20261124-0001', joined: false }] },
    ]);
    expect(await listIncidents()).toEqual([
      {
        type: 'system-failure',
        source: 'signal/prometheus',
        dedupKey: 'signal/prometheus/c6e2b1c2d4f8a90b',
        severity: 1,
        count: 1,
        summary:
          'InstanceDown (web-1:9100): Instance web-1:9100 down — web-1:9100 has been down for more than 5 minutes.',
        facts: {},
      },
    ]);
  });

  it('is mapped by data: the first mapping whose labels fit says type, level, key, facts and words', async () => {
    const put = await putMap([
      { matchers: [{ label: 'alertname', is: 'DiskFull' }], type: 'data-loss' },
      {
        matchers: [
          { label: 'alertname', oneOf: ['InstanceDown', 'TargetMissing'] },
          { label: 'severity', isNot: 'info' },
          { label: 'instance', startsWith: 'web-' },
        ],
        type: 'server-failure',
        severity: 2,
        dedupKey: '{labels.job}',
        summary: '{labels.instance} 停机：{annotations.nothing}{annotations.summary}',
        facts: { endpoint: '{labels.job}', region: '{labels.zone}' },
      },
      { matchers: [], type: 'network-outage' },
    ]);
    expect([put.statusCode, put.json().updatedBy]).toEqual([200, 'wu.lei']);
    await alert(documented);
    expect(await listIncidents()).toMatchObject([
      {
        type: 'server-failure',
        dedupKey: 'signal/prometheus/web',
        severity: 2,
        summary: 'web-1:9100 停机：Instance web-1:9100 down',
        facts: { endpoint: 'web' },
      },
    ]);
  });

  it('is taken once, however often it is sent at once; after a while the same bytes are a fault that goes on', async () => {
    const answers = await Promise.all([alert(documented), alert(documented), alert(documented)]);
    expect(answers.map(({ status, body }) => [status, body.repeated]).sort()).toEqual([
      [200, false],
      [200, true],
      [200, true],
    ]);
    expect(await listIncidents()).toMatchObject([{ count: 1 }]);
    nowMs += 5 * 60_000 + 1;
    const later = await alert(documented);
    expect(later.body).toEqual({
      repeated: false,
      alerts: [{ status: 'firing', incident: 'IN-20261124-0001', joined: true }],
    });
    expect(await listIncidents()).toMatchObject([{ count: 2 }]);
  });

  it('of text that PostgreSQL cannot hold is taken without that part', async () => {
    const half = {
      ...documentedAlert,
      labels: { alertname: 'Down\0 \ud800' },
      annotations: {},
      fingerprint: 'f\udc00',
    };
    const long = { ...half, labels: { alertname: `${'y'.repeat(1999)}😀` }, fingerprint: 'long' };
    expect((await alert({ ...documented, alerts: [half, long] })).status).toBe(200);
    expect(await listIncidents()).toMatchObject([
      { dedupKey: 'signal/prometheus/f', summary: 'Down' },
      { dedupKey: 'signal/prometheus/long', summary: 'y'.repeat(1999) },
    ]);
  });

  it('that is resolved is noted on the open incident, and closes nothing; without one nothing is noted', async () => {
    expect((await alert(resolved)).body.alerts).toEqual([
      { status: 'resolved', incident: null, joined: false },
    ]);
    await alert(documented);
    nowMs += 6 * 60_000;
    const { body } = await alert(resolved);
    expect(body.alerts).toEqual([{ status: 'resolved', incident: 'IN-20261124-0001', joined: false }]);
    const noted = await rig.ctx.db.$client.query(
      `select a.actor, i.resolved_at, n.recipient from audit a join incidents i on i.number = a.subject
       join notices n on n.step = a.key where a.action = 'faultOver'`,
    );
    expect(noted.rows).toEqual([
      { actor: 'signal/prometheus', resolved_at: null, recipient: 'person:wu.lei' },
    ]);
  });

  it('of several alerts with one key is one fault, which is not over while one of them fires', async () => {
    await putMap([{ matchers: [], type: 'server-failure', dedupKey: '{labels.job}' }]);
    const two = [
      { ...documentedAlert, fingerprint: 'a' },
      { ...documentedAlert, fingerprint: 'b' },
    ];
    await alert({ ...documented, alerts: two });
    expect(await listIncidents()).toMatchObject([{ count: 2 }]);
    nowMs += 1000;
    await alert({ ...documented, alerts: [{ ...two[0], status: 'resolved' }, two[1]] });
    const { rows } = await rig.ctx.db.$client.query(`select from audit where action = 'faultOver'`);
    expect(rows).toHaveLength(0);
  });

  it('of a mapping whose playbook was retired since is a system failure', async () => {
    await putMap([{ matchers: [], type: 'depot-fault' }]);
    await owner.$client.query(`update playbooks set state = 'retired' where type = 'depot-fault'`);
    await alert(documented);
    await owner.$client.query(`update playbooks set state = 'published' where type = 'depot-fault'`);
    expect(await listIncidents()).toMatchObject([{ type: 'system-failure', severity: 1 }]);
  });
});

describe('a signed signal', () => {
  it('says its type, level and facts itself, and joins what is open under its key', async () => {
    const said = { ...signal, type: 'server-failure', severity: 3, facts: { endpoint: 'db-1' } };
    expect((await send(said)).status).toBe(200);
    nowMs += 1000;
    expect((await send(said)).body.alerts[0].joined).toBe(true);
    expect(await listIncidents()).toMatchObject([
      {
        type: 'server-failure',
        dedupKey: 'signal/nagios/disk/db-1',
        severity: 3,
        count: 2,
        facts: { endpoint: 'db-1' },
      },
    ]);
    const answer = await send({ ...said, status: 'resolved' });
    expect(answer.body.alerts).toEqual([{ status: 'resolved', incident: 'IN-20261124-0001', joined: false }]);
  });

  it('sent again as it was is taken once', async () => {
    await send(signal);
    expect((await send(signal)).body.repeated).toBe(true);
    expect(await listIncidents()).toMatchObject([{ type: 'system-failure', count: 1 }]);
  });
});

describe('nothing is stored of a delivery', () => {
  const unchanged = async (
    work: () => Promise<{ status: number; body: { code?: string } }>,
    status: number,
    code: string,
  ) => {
    const before = await rig.countRows();
    const answer = await work();
    expect([answer.status, answer.body.code], JSON.stringify(answer.body)).toEqual([status, code]);
    expect(await rig.countRows()).toEqual(before);
  };

  it.each<[string, () => ReturnType<typeof post>]>([
    ['with another credential', () => alert(documented, 'Bearer another-secret-of-the-same-length-or-so')],
    ['without a credential', () => post('prometheus', documented, {})],
    ['with a credential of another scheme', () => alert(documented, `Basic ${SECRET}`)],
    ['signed with another secret', () => send(signal, { secret: 'x'.repeat(40) })],
    ['signed six minutes ago', () => send(signal, { offset: -360 })],
    [
      'with a bearer credential where it is to be signed',
      () => post('nagios', signal, { authorization: BEARER }),
    ],
    ['that is broken, before anybody reads it', () => post('nagios', '{"key":', {})],
  ])('%s', (_, work) => unchanged(work, 401, 'bad-signature'));

  it('of a source that may not send alerts, or that nobody has named', async () => {
    await unchanged(() => send(signal, { source: 'erp' }), 404, 'not-found');
    await unchanged(() => send(signal, { source: 'nobody' }), 404, 'not-found');
    await unchanged(() => send(signal, { source: '__proto__' }), 404, 'not-found');
  });

  it.each<[string, unknown]>([
    ['of another version', { ...documented, version: '3' }],
    ['without alerts', { ...documented, alerts: [] }],
    [
      'with an alert without a fingerprint',
      { ...documented, alerts: [{ ...documentedAlert, fingerprint: undefined }] },
    ],
    ['with an alert of another status', { ...documented, alerts: [{ ...documentedAlert, status: 'odd' }] }],
    ['with labels that are no text', { ...documented, alerts: [{ ...documentedAlert, labels: { a: 1 } }] }],
    ['that is a list', []],
  ])('%s', (_, body) => unchanged(() => alert(body), 422, 'invalid-input'));

  it('whose sender names a type that has no playbook', () =>
    unchanged(() => send({ ...signal, type: 'flood' }), 422, 'invalid-input'));
});

describe('a map', () => {
  it('is empty until somebody has set it', async () => {
    const { body } = { body: (await rig.send({ url: '/v1/signals/prometheus/map' })).json() };
    expect(body).toEqual({ source: 'prometheus', rules: [], updatedBy: null, updatedAt: null });
  });

  it.each<[string, object, string]>([
    ['that opens what has no playbook', { type: 'flood' }, 'rules.0.type'],
    ['with a template of something else', { dedupKey: '{env.SECRET}' }, 'rules.0.dedupKey'],
    ['with an unknown matcher', { matchers: [{ label: 'a', like: 'b' }] }, 'rules.0.matchers.0.like'],
    ['with an unknown fact', { facts: { colour: 'red' } }, 'rules.0.facts.colour'],
  ])('%s is refused', async (_, change, field) => {
    const answer = await putMap([{ matchers: [], type: 'server-failure', ...change }]);
    expect([answer.statusCode, answer.json().code]).toEqual([422, 'invalid-input']);
    expect(
      answer.json().errors.map((error: { field: string }) => error.field),
      answer.body,
    ).toContain(field);
  });

  it('is set by managers alone, of sources that are set up', async () => {
    expect((await putMap([], 'technicalSupport')).statusCode).toBe(403);
    expect((await putMap([], 'client')).statusCode).toBe(403);
    expect((await putMap([], 'orderManager', 'erp')).statusCode).toBe(404);
  });
});
