import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { commands } from '../../db/schema/index.js';
import { allOk } from './acts.js';
import { startRealServer } from './real-server.js';
import { type Rig, startRig } from './rig.js';

// A real server and real seconds: only there a worker can be away while time passes.
let rig: Rig;
beforeAll(async () => {
  rig = await startRig(() => startRealServer({ cutAfterEvents: 40 }), 'relayed');
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

/** Evaluations due after some seconds, and a rung each second. */
async function inSeconds(evaluation: number): Promise<void> {
  await rig.changePolicy((policy) => ({
    ...policy,
    deadlines: {
      ...policy.deadlines,
      urgent: { ...policy.deadlines.urgent, evaluation: { elapsed: `PT${evaluation}S` } },
    },
    ladder: { ...policy.ladder, urgent: { step: { elapsed: 'PT1S' }, repeat: 2 } },
  }));
}

const pass = (at: string, ms = 0) => rig.skipTo(new Date(Date.parse(at) + ms).toISOString());

/** Waits until the last rung, the second repeat, is settled; a worker that was stopped costs its successor seconds. */
const climbed = (deadlineId: string) =>
  rig.waitFor(
    `the top of ${deadlineId}`,
    async () => (await rig.settled(deadlineId, 'rung')).length === 7,
    45_000,
  );

/** How often each rung of a deadline told each person. */
async function timesTold(number: string): Promise<number[]> {
  const times = new Map<string, number>();
  for (const { template, recipient, facts } of await rig.notices(number)) {
    if (template !== 'deadlineEscalated' || facts.deadline !== `${number}.evaluation`) continue;
    const key = `${facts.rung} ${recipient}`;
    times.set(key, (times.get(key) ?? 0) + 1);
  }
  return [...times.values()];
}

describe('while the worker is away', () => {
  it('rungs pass unseen; back again it sends the highest, and the lower ones are superseded', async () => {
    await inSeconds(2);
    const number = await rig.order();
    await rig.stopWorker();
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await pass(dueAt, 2_500);
    await rig.startWorker();
    await climbed(`${number}.evaluation`);
    // Two and a half seconds passed at the least; how much more, is the server's to know.
    const rungs = (await rig.settled(`${number}.evaluation`, 'rung')).map((rung) => rung.split(' ')[1]);
    const sent = rungs.indexOf('fired');
    expect(sent).toBeGreaterThanOrEqual(2);
    expect(rungs).toEqual([1, 2, 3, 4, 5, 6, 7].map((rung) => (rung <= sent ? 'superseded' : 'fired')));
    expect(await rig.settled(`${number}.evaluation`, 'breach')).toEqual(['0 fired']);
    expect(new Set(await timesTold(number))).toEqual(new Set([1]));
  });

  it('a person who acts in the last second before the deadline stops it', async () => {
    await inSeconds(6);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await pass(dueAt, -700);
    await rig.stopWorker();
    const acting = rig.complete(`${number}.evaluate.quality`, allOk);
    await pass(dueAt, 50);
    await rig.startWorker();
    await acting;
    expect(await rig.deadline(`${number}.evaluation`)).toMatchObject({ state: 'met' });
    expect(await rig.settled(`${number}.evaluation`, 'breach')).toEqual(['0 withdrawn']);
    expect(await rig.told(number, 'deadlineBreached')).toEqual([]);
  });

  it('a message waits, and is taken when it is back', async () => {
    await inSeconds(600);
    const number = await rig.order();
    await rig.stopWorker();
    const acting = rig.complete(`${number}.evaluate.sales`, allOk);
    await rig.skip(2_500);
    await rig.startWorker();
    expect(await acting).toMatchObject({ number, phase: 'evaluating' });
    expect(await rig.openTasks(number)).toHaveLength(3);
    expect((await rig.actions(number)).filter((action) => action === 'evaluate')).toHaveLength(1);
  });
});

describe('a worker that is replaced again and again', () => {
  it('climbs the whole ladder, each rung once', async () => {
    await inSeconds(1);
    const number = await rig.order();
    for (const rung of [1, 3, 5]) {
      await rig.waitFor(`rung ${rung}`, async () =>
        (await rig.settled(`${number}.evaluation`, 'rung')).some((one) => one.startsWith(`${rung} `)),
      );
      await rig.stopWorker();
      await rig.startWorker();
    }
    await climbed(`${number}.evaluation`);
    const rungs = await rig.settled(`${number}.evaluation`, 'rung');
    expect(rungs.at(-1)).toBe('7 fired');
    expect(rungs.every((rung) => /fired|superseded/.test(rung))).toBe(true);
    expect(new Set(await timesTold(number))).toEqual(new Set([1]));
  });
});

describe('a workflow that ops reset to its beginning', () => {
  it('finds everything on the record already: nothing is done or told twice, and the order goes on', async () => {
    await inSeconds(600);
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.sales`, allOk);
    await rig.complete(`${number}.evaluate.technical`, allOk);
    await rig.waitFor('the mails', async () =>
      (await rig.notices(number)).every(({ state }) => state === 'delivered'),
    );
    const before = { actions: await rig.actions(number), mails: rig.mail.sent.length };
    const { runId } = await rig.handle(number).describe();
    const { client, namespace } = rig.environment;
    const { events } = await rig.handle(number).fetchHistory();
    const firstDecided = events?.find((event) => event.workflowTaskCompletedEventAttributes)?.eventId;
    await client.workflowService.resetWorkflowExecution({
      namespace: namespace ?? 'default',
      workflowExecution: { workflowId: `order/${number}`, runId },
      reason: 'the test says so',
      requestId: number,
      workflowTaskFinishEventId: firstDecided,
    });
    await rig.complete(`${number}.evaluate.quality`, allOk);
    expect((await rig.handle(number).describe()).runId).not.toBe(runId);
    expect(await rig.actions(number)).toEqual([...before.actions, 'evaluate']);
    expect(rig.mail.sent).toHaveLength(before.mails);
    await rig.complete(`${number}.evaluate.manufacturing`, allOk);
    expect(await rig.openTasks(number)).toEqual([`${number}.measure.manufacturing`]);
  });
});

describe('a history that is cut', () => {
  it('goes on in a new run with its tasks and deadlines: each rung once, each id once, up to the end', async () => {
    await inSeconds(3);
    const number = await rig.order();
    const first = (await rig.handle(number).describe()).runId;
    await rig.complete(`${number}.evaluate.sales`, allOk);
    const [sent] = (
      await rig.db
        .select()
        .from(commands)
        .where(eq(commands.target, `order/${number}`))
    ).filter(({ kind }) => kind === 'update');
    await climbed(`${number}.evaluation`);
    await rig.evaluate(number, { except: ['sales'] });
    await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
    await rig.sign(number, 'reject');
    await rig.evaluate(number, { round: 2 });
    await rig.waitFor('another run', async () => (await rig.handle(number).describe()).runId !== first);

    // The same update once more, which the new run has not seen: nothing happens twice.
    const before = await rig.row(number);
    const args: [unknown] = [sent?.payload];
    await rig.handle(number).executeUpdate('completeTask', { args, updateId: String(sent?.id) });
    expect((await rig.row(number)).stateVersion).toBe(before.stateVersion);
    expect((await rig.state(number)).version).toBe(before.stateVersion);

    await rig.complete(`${number}.measure.manufacturing.2`, { option: 'threeShifts' });
    await rig.sign(number);
    await rig.produce(number);
    await rig.deliver(number, { confirmedBy: '王工' });
    expect(await rig.ends(number)).toBe('closed');
    expect(new Set(await timesTold(number))).toEqual(new Set([1]));
    const ids = (await rig.tasks(number)).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await rig.notices(number)).every(({ state }) => state === 'delivered')).toBe(true);
    expect((await rig.row(number)).workflowRunId).not.toBe(first);
  });
});
