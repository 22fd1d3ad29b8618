import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { commands, incidentReports, incidents } from '../../db/schema/index.js';
import { type ApiRig, NOW, startApiRig } from './api-rig.js';

// Temporal is away in all of it: what is accepted is on record, and nothing more is needed for it.
let rig: ApiRig;
beforeAll(async () => {
  rig = await startApiRig();
  await publishBuiltIns(rig.ctx.db, NOW);
});
afterAll(() => rig?.stop());

const report = { type: 'network-outage', summary: '仓库网络中断' } as const;
const post = (body: object, headers = {}) =>
  rig.send({ method: 'POST', url: '/v1/incidents', as: 'technicalSupport', payload: body, headers });
const commandsOf = (number: string) =>
  rig.ctx.db
    .select()
    .from(commands)
    .where(eq(commands.target, `incident/${number}`));

describe('while Temporal is away', () => {
  it('a report is accepted, and the start of its process stays on record for the relay', async () => {
    const answer = await post(report);
    expect(answer.statusCode, answer.body).toBe(201);
    const { number } = answer.json();
    const [row] = await rig.ctx.db.select().from(incidents).where(eq(incidents.number, number));
    expect(row).toMatchObject({ phase: 'reported', reportedBy: expect.any(String), stateVersion: 0 });
    const [start, ...more] = await commandsOf(number);
    expect(more).toEqual([]);
    expect(start).toMatchObject({ kind: 'start', name: 'incident', state: 'pending' });
  });

  it('the same request sent many times at once is one report', async () => {
    const key = { 'idempotency-key': 'all at once' };
    const before = await rig.countRows();
    const answers = await Promise.all(Array.from({ length: 10 }, () => post(report, key)));
    expect(new Set(answers.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    const after = await rig.countRows();
    expect(after.incidents).toBe((before.incidents ?? 0) + 1);
    expect(after.commands).toBe((before.commands ?? 0) + 1);
  });

  it('200 reports of one fault at once make one incident that counts 200, and one signal', async () => {
    const body = { ...report, dedupKey: 'network-outage/WH-SH' };
    const answers = await Promise.all(Array.from({ length: 200 }, () => post(body)));
    const numbers = new Set(answers.map((answer) => answer.json().number));
    expect(numbers.size).toBe(1);
    expect(answers.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1);
    expect(answers.filter(({ statusCode }) => statusCode === 200)).toHaveLength(199);
    const [number = ''] = numbers;
    const [row] = await rig.ctx.db.select().from(incidents).where(eq(incidents.number, number));
    expect(row?.count).toBe(200);
    const kept = await rig.ctx.db.select().from(incidentReports).where(eq(incidentReports.incident, number));
    expect(kept).toHaveLength(200);
    const told = await commandsOf(number);
    expect(told.filter(({ kind }) => kind === 'signal')).toHaveLength(1);
    expect(told.filter(({ kind }) => kind === 'start')).toHaveLength(1);
  });

  it('a report after the resolution is a new incident, which names the one that it repeats', async () => {
    const body = { ...report, dedupKey: 'network-outage/WH-GZ' };
    const first = (await post(body)).json().number;
    await rig.ctx.db.update(incidents).set({ resolvedAt: NOW }).where(eq(incidents.number, first));
    const again = await post(body);
    expect(again.statusCode).toBe(201);
    expect(again.json()).toMatchObject({ joined: false, recurrenceOf: first });
    expect(again.json().number).not.toBe(first);
  });
});
