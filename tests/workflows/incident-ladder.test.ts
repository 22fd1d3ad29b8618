import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { deadlineInstants, incidents, notices } from '../../db/schema/index.js';
import { startRealServer } from './real-server.js';
import { type Rig, startRig } from './rig.js';

// A real server, which cuts histories early: an incident climbs through several runs.
let rig: Rig;
beforeAll(async () => {
  rig = await startRig(() => startRealServer({ cutAfterEvents: 40 }), 'relayed');
  await publishBuiltIns(rig.db, rig.now().toISOString());
  await rig.changePolicy((policy) => ({
    ...policy,
    deadlines: {
      ...policy.deadlines,
      level3: { acknowledge: { elapsed: 'PT2S' }, confirm: { elapsed: 'PT2S' } },
    },
    ladder: { ...policy.ladder, level3: { ...policy.ladder.level3, step: { elapsed: 'PT1S' }, repeat: 1 } },
  }));
});
afterAll(() => rig?.stop());

describe('an incident that nobody answers', () => {
  it('climbs by itself to the general manager, each rung once, and waits on', async () => {
    await rig.sync();
    const { number } = await reportIncident(rig.ctx, {
      principal: await rig.personById('xiao.peng'),
      body: { type: 'order-error', summary: '型号与订单不符', severity: 3 },
    });
    const rungs = () =>
      rig.db
        .select()
        .from(deadlineInstants)
        .where(and(eq(deadlineInstants.deadlineId, `${number}.confirm`), eq(deadlineInstants.kind, 'rung')))
        .orderBy(deadlineInstants.index);
    // Four rungs, and the last one once more.
    await rig.waitFor(
      'the last rung',
      async () => (await rungs()).filter(({ state }) => state !== 'planned').length === 5,
      40_000,
    );
    expect((await rungs()).map(({ role }) => role)).toEqual([
      'departmentHead',
      'emergencyManager',
      'vp',
      'generalManager',
      'generalManager',
    ]);
    const [row] = await rig.db.select().from(incidents).where(eq(incidents.number, number));
    expect(row).toMatchObject({ phase: 'reported', resume: { breached: true } });
    const told = await rig.waitFor('the mail to the general manager', async () => {
      const sent = await rig.db
        .select()
        .from(notices)
        .where(and(eq(notices.incidentNumber, number), eq(notices.template, 'deadlineEscalated')));
      return sent.some(
        ({ recipient, state }) => recipient === 'person:qian.hongling' && state === 'delivered',
      )
        ? sent
        : undefined;
    });
    expect(new Set(told.map(({ key }) => key)).size).toBe(told.length);
    await rig.environment.client.workflow.getHandle(`incident/${number}`).terminate('the test is over');
  });
});
