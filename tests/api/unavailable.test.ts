import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildApp } from '../../api/app.js';
import { createLog } from '../../app/create-log.js';
import { findTokenHash } from '../../app/hash-token.js';
import { createLinks } from '../../app/links.js';
import { connectTemporal } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { type ApiRig, goodOrder, startApiRig } from './api-rig.js';

describe('while PostgreSQL is away', () => {
  const lines: string[] = [];
  const publicUrl = 'http://127.0.0.1:7300';
  const db = connectDatabase('postgres://nobody:secret@127.0.0.1:1/nothing', 2);
  const { client } = connectTemporal({ address: '127.0.0.1:1', namespace: 'default' });
  const log = createLog({ name: 'test', level: 'info' }, { write: (line: string) => lines.push(line) });
  const app = buildApp({
    ctx: { db, temporal: client, log, publicUrl, now: () => new Date() },
    links: createLinks('a secret of the tests, long enough for it', publicUrl),
    developmentTokens: true,
    warningSources: [],
  });
  afterAll(async () => {
    await (await app).close();
    await db.$client.end();
  });

  it.each(['/health/ready', '/v1/orders', '/v1/policy'])(
    '%s is answered with 503 and when to try again',
    async (url) => {
      const answer = await (await app).inject({ url, headers: { authorization: 'Bearer x' } });
      expect([answer.statusCode, answer.json().code]).toEqual([503, 'unavailable']);
      expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
      expect(answer.headers['retry-after']).toBe('1');
      expect(answer.body).not.toMatch(/127\.0\.0\.1|secret|ECONN/);
    },
  );

  it('the process itself is still alive', async () => {
    const answer = await (await app).inject({ url: '/health/live' });
    expect([answer.statusCode, answer.json()]).toEqual([200, { status: 'live' }]);
  });

  it('the log names routes, and neither addresses nor tokens', async () => {
    await (await app).inject({
      url: '/t/a-token-that-nobody-may-read',
      headers: { authorization: 'Bearer xyz-key' },
    });
    await (await app).inject({ url: '/v1/customers?q=王磊', headers: { authorization: 'Bearer xyz-key' } });
    const text = lines.join('');
    expect(text).toContain('/v1/customers');
    expect(text).toContain('DrizzleQueryError');
    expect(text).not.toContain(findTokenHash('xyz-key'));
    expect(text).not.toMatch(/a-token-that-nobody-may-read|xyz-key|王磊|%E7%8E%8B/);
  });
});

describe('readiness', () => {
  let rig: ApiRig;
  beforeAll(async () => {
    const warnings = [async () => [{ code: 'calendar-ends', detail: 'the published holidays end in 2026' }]];
    rig = await startApiRig({ warnings });
  });
  afterAll(() => rig?.stop());

  it('is 200 while Temporal is away, with that and every other warning', async () => {
    const answer = await rig.send({ url: '/health/ready', as: null });
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toEqual({
      status: 'degraded',
      checks: { postgres: 'up', temporal: 'down' },
      warnings: [
        { code: 'temporal-away', detail: expect.any(String) },
        { code: 'calendar-ends', detail: 'the published holidays end in 2026' },
      ],
    });
  });

  it('comes back by itself after PostgreSQL cut every connection', async () => {
    const db = rig.ctx.db.$client;
    await db.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where pid <> pg_backend_pid() and usename = current_user',
    );
    const answers = [await rig.send({ url: '/v1/orders' }), await rig.send({ url: '/v1/orders' })];
    for (const { statusCode } of answers) expect([200, 503]).toContain(statusCode);
    const placed = await rig.send({ method: 'POST', url: '/v1/orders', as: 'client', payload: goodOrder });
    expect(placed.statusCode, placed.body).toBe(201);
  });

  it('what is not HTTP is refused as a problem', async () => {
    await rig.app.listen({ host: '127.0.0.1', port: 0 });
    const { port } = rig.app.server.address() as { port: number };
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = connect(port, '127.0.0.1', () => socket.end('hello, is anybody there?\r\n\r\n'));
      let text = '';
      socket.on('data', (chunk) => {
        text += chunk;
      });
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400 .*\r\n/);
    expect(answer).toContain('application/problem+json');
    expect(JSON.parse(answer.split('\r\n\r\n')[1] ?? '')).toMatchObject({
      status: 400,
      code: 'malformed-body',
    });
  });
});
