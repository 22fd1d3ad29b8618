import { and, eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMachine } from '../../app/config.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import type { PersonPrincipal } from '../../app/principal.js';
import { answerOf, findCommand, submitCommand } from '../../app/submit-command.js';
import type { IncidentState } from '../../contracts/incident-state.js';
import { audit, commands, deadlines, incidents, tasks } from '../../db/schema/index.js';
import { orderError } from '../../domain/playbooks/order-error.js';
import { startRealServer } from './real-server.js';
import { type Rig, startRig } from './rig.js';

// A real server, which suggests a new run after 600 events. `npm run walk` sends 3,000 messages, `npm test` a fifth.
const PAIRS = readMachine().everyWalk ? 750 : 150;
const REPORTS = 2 * PAIRS;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig(() => startRealServer({ cutAfterEvents: 600 }), 'relayed');
  await publishBuiltIns(rig.db, rig.now().toISOString());
});
afterAll(() => rig?.stop());

const handle = (number: string) => rig.environment.client.workflow.getHandle(`incident/${number}`);

/** Says something and waits for the answer; a message that a cut has met is delivered again by the relay. */
async function say(
  number: string,
  name: string,
  message: Record<string, unknown>,
  by: PersonPrincipal,
): Promise<void> {
  await rig.sync();
  const answer = await submitCommand(rig.ctx, {
    principal: by,
    route: `test ${name}`,
    key: undefined,
    body: { note: '已处理', words: '下单时选错型号' },
    target: `incident/${number}`,
    name,
    message,
  });
  if (answer.status === 200) return;
  const settled = await rig.waitFor(
    `the answer of ${answer.body.id}`,
    async () => {
      await rig.sync();
      await rig.relay();
      const found = await findCommand(rig.ctx, answer.body.id);
      return found?.state !== 'pending' && found;
    },
    60_000,
  );
  answerOf(settled);
}

describe('an incident with thousands of messages', () => {
  it('goes through several runs, loses none of them, and is archived once', {
    timeout: 500_000,
  }, async () => {
    await rig.sync();
    const commander = await rig.person('emergencyManager');
    const { number } = await reportIncident(rig.ctx, {
      principal: await rig.personById('xiao.peng'),
      body: { type: 'order-error', summary: '型号与订单不符', severity: 1 },
    });
    await rig.waitFor('the begin', async () => (await openTasks(number)).length > 0);
    const first = (await handle(number).describe()).runId;

    const runs = new Set<string>([first]);
    const actor = { principal: 'monitor/orders', credential: 'workflow' };
    const hear = (count: number) =>
      // Straight to the process, one signal a report: through the record a storm of them would send a few.
      handle(number).signal('reported', {
        id: `report-${count}`,
        actor,
        at: new Date().toISOString(),
        count,
      });
    for (let pair = 0; pair < PAIRS; pair += 1) {
      // While the updates flow: nobody waits for a signal.
      const heard = [hear(2 * pair + 2), hear(2 * pair + 3)];
      await say(number, 'acknowledge', { undo: false }, commander);
      await say(number, 'acknowledge', { undo: true }, commander);
      await Promise.all(heard);
      if (pair % 25 === 0) runs.add((await handle(number).describe()).runId);
    }
    const pending = async () =>
      rig.db
        .select({ id: commands.id })
        .from(commands)
        .where(and(eq(commands.target, `incident/${number}`), eq(commands.state, 'pending')));
    await rig.waitFor(
      'the last report to be heard',
      async () => (await pending()).length === 0 && (await stateOf(number)).reports === REPORTS + 1,
      60_000,
    );
    runs.add((await handle(number).describe()).runId);
    expect(runs.size).toBeGreaterThan(2);

    const state = await stateOf(number);
    expect(state.rounds.acknowledge).toBe(PAIRS + 1);
    const [row] = await rig.db.select().from(incidents).where(eq(incidents.number, number));
    expect(row).toMatchObject({ phase: 'reported', stateVersion: state.version });
    const done = await rig.db.select().from(audit).where(eq(audit.subject, number));
    expect(done.filter(({ action }) => action === 'acknowledge')).toHaveLength(2 * PAIRS);
    expect(done.filter(({ action }) => action === 'reported')).toHaveLength(REPORTS + 1);
    expect(done.filter(({ action }) => action.endsWith('.refused'))).toEqual([]);
    const ids = (await deadlinesOf(number)).filter(({ kind }) => kind === 'acknowledge');
    expect(ids).toHaveLength(PAIRS + 1);

    await finish(number);
    expect(await handle(number).result()).toEqual({ number, phase: 'archived' });
    const after = (await rig.db.select().from(audit).where(eq(audit.subject, number))).map(
      ({ action }) => action,
    );
    for (const action of ['begin', 'confirm', 'resolve', 'review'])
      expect(after.filter((one) => one === action)).toHaveLength(1);
    expect(await openTasks(number)).toEqual([]);
  });
});

const stateOf = (number: string) => handle(number).query<IncidentState>('state');
const openTasks = (number: string) =>
  rig.db
    .select()
    .from(tasks)
    .where(and(eq(tasks.incidentNumber, number), eq(tasks.state, 'open')));
const deadlinesOf = (number: string) =>
  rig.db.select().from(deadlines).where(eq(deadlines.incidentNumber, number));

/** From its confirmation, by a resolution that passes over what is open, to the review. */
async function finish(number: string): Promise<void> {
  const commander = await rig.person('emergencyManager');
  const task = async (kind: string) => {
    const [found] = (await openTasks(number)).filter((one) => one.kind === kind);
    if (!found) throw new Error(`${number} asks for no ${kind}`);
    return found.id;
  };
  const complete = async (kind: string, gist: Record<string, unknown> = {}) =>
    say(number, 'completeTask', { task: await task(kind), gist: { kind, ...gist } }, commander);
  await complete('confirm', { outcome: 'activate' });
  await say(number, 'resolve', {}, commander);
  await complete('report');
  await complete('review', { cause: orderError.causes[0]?.key });
  for (let left = await openTasks(number); left.length > 0; left = await openTasks(number)) {
    for (const { kind } of left) await complete(kind);
  }
}
