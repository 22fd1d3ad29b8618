import { eq } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { fireInstants, recordStep } from '../../app/record/order-step.js';
import type { RecordStep } from '../../contracts/record.js';
import { commands } from '../../db/schema/index.js';
import { allOk } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

/** The step that would follow on the record as it stands, changing nothing but its version. */
async function nextStep(number: string): Promise<RecordStep> {
  const { resume, stateVersion } = await rig.row(number);
  if (!resume) throw new Error(`${number} has no state on record`);
  return {
    key: `order/${number}/test/${stateVersion}`,
    number,
    workflowRunId: 'a run',
    at: rig.now().toISOString(),
    action: 'test',
    version: stateVersion,
    changes: [{ do: 'tell', template: 'earlyWarning', to: ['orderManager'] }],
    next: resume,
  };
}

async function lastCommand(number: string) {
  const rows = await rig.db
    .select()
    .from(commands)
    .where(eq(commands.target, `order/${number}`));
  const command = rows.filter(({ kind }) => kind === 'update').at(-1);
  if (!command) throw new Error('no update was sent');
  return command;
}

describe('a command delivered twice', () => {
  it('by the same update id has one effect and one answer', async () => {
    const number = await rig.order();
    const first = await rig.complete(`${number}.evaluate.sales`, allOk);
    const { id, payload } = await lastCommand(number);
    const version = (await rig.row(number)).stateVersion;
    const again = await rig.handle(number).executeUpdate('completeTask', { args: [payload], updateId: id });
    expect(again).toEqual(first);
    expect((await rig.row(number)).stateVersion).toBe(version);
    expect((await rig.actions(number)).filter((action) => action === 'evaluate')).toHaveLength(1);
  });

  it('to a later run of the order changes nothing, and the order goes on', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.sales`, allOk);
    const { id, payload } = await lastCommand(number);
    await rig.end(`order/${number}`);
    await rig.restart(number);
    const before = await rig.row(number);
    await rig.handle(number).executeUpdate('completeTask', { args: [payload], updateId: id });
    expect((await rig.row(number)).stateVersion).toBe(before.stateVersion);
    expect((await rig.state(number)).version).toBe(before.stateVersion);
    await rig.evaluate(number, { except: ['sales'] });
    expect((await rig.row(number)).phase).toBe('proposing');
    expect((await rig.actions(number)).filter((action) => action === 'evaluate')).toHaveLength(4);
  });
});

describe('two people at the same moment', () => {
  it('finish one task once: the second is told that it is not open any more', async () => {
    const number = await rig.order();
    const [first, second] = await Promise.allSettled([
      rig.complete(`${number}.evaluate.quality`, allOk),
      rig.complete(`${number}.evaluate.quality`, allOk, await rig.personById('zhu.wei')),
    ]);
    expect([first?.status, second?.status].sort()).toEqual(['fulfilled', 'rejected']);
    const refused = [first, second].find((one) => one?.status === 'rejected');
    expect(refused).toMatchObject({ reason: { code: 'task-not-open' } });
    expect((await rig.actions(number)).filter((action) => action === 'evaluate')).toHaveLength(1);
  });

  it('approve and reject one proposal: one of them decides', async () => {
    const number = await rig.order();
    await rig.propose(number);
    const outcomes = await Promise.allSettled([rig.sign(number, 'approve'), rig.sign(number, 'reject')]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    const [proposal] = await rig.proposals(number);
    const { phase } = await rig.row(number);
    expect([proposal?.state, phase]).toEqual(
      outcomes[0]?.status === 'fulfilled' ? ['approved', 'executing'] : ['rejected', 'evaluating'],
    );
  });
});

describe('a record step run twice', () => {
  it('gives the answer of the first time and writes nothing more', async () => {
    const number = await rig.order();
    const step = await nextStep(number);
    const [first, second] = [await recordStep(rig.db, step), await recordStep(rig.db, step)];
    expect(first).toMatchObject({ outcome: 'recorded', version: step.version + 1, tells: true });
    expect(second).toEqual(first);
    expect((await rig.row(number)).stateVersion).toBe(step.version + 1);
    expect(await rig.told(number, 'earlyWarning')).toHaveLength(1);
    expect((await rig.audit(number)).filter(({ key }) => key === step.key)).toHaveLength(1);
  });

  it('at the same moment is still one: the second waits for the first', async () => {
    const number = await rig.order();
    const step = await nextStep(number);
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => recordStep(rig.db, step)));
    expect(outcomes).toEqual(Array.from({ length: 4 }, () => outcomes[0]));
    expect((await rig.audit(number)).filter(({ key }) => key === step.key)).toHaveLength(1);
  });

  it('that fails half-way leaves nothing: all of it or none', async () => {
    const number = await rig.order();
    const step = await nextStep(number);
    const changes: RecordStep['changes'] = [
      ...step.changes,
      { do: 'enterPhase', phase: 'executing' },
      { do: 'decideProposal', id: `${number}.proposal`, decision: 'approve' },
    ];
    await expect(recordStep(rig.db, { ...step, changes })).rejects.toThrow('is not open on record');
    expect(await rig.row(number)).toMatchObject({ phase: 'evaluating', stateVersion: step.version });
    expect(await rig.told(number, 'earlyWarning')).toEqual([]);
  });

  it('of the clock settles each instant once', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const { resume, stateVersion } = await rig.row(number);
    if (!resume) throw new Error('no state on record');
    const [half] = await rig.instants(`${number}.evaluation`);
    const look = {
      key: `order/${number}/test/look`,
      number,
      workflowRunId: 'a run',
      now: String(half?.at),
      version: stateVersion,
      deadlines: [`${number}.evaluation`],
      state: resume,
      isIdle: true,
    };
    const first = await fireInstants(rig.db, look);
    expect(await fireInstants(rig.db, look)).toEqual(first);
    if (first.outcome !== 'recorded') throw new Error('the look was not recorded');
    // Another look at the same instant, by a run that does not know of the first one's state.
    const after = { ...look, key: `${look.key}.2`, version: first.state.version, state: first.state };
    expect(await fireInstants(rig.db, after)).toMatchObject({ outcome: 'recorded', tells: false });
    expect(await rig.told(number, 'deadlineWarning')).toHaveLength(4);
  });
});

describe('a record that is ahead of the workflow', () => {
  it('is adopted: the same command is taken on its state', async () => {
    const number = await rig.order();
    const step = await nextStep(number);
    const told: RecordStep['changes'][number] = {
      do: 'tell',
      template: 'orderReclassified',
      to: ['orderManager'],
    };
    await recordStep(rig.db, { ...step, changes: [told] });
    expect((await rig.state(number)).version).toBe(step.version);
    await rig.complete(`${number}.evaluate.sales`, allOk);
    const order = await rig.row(number);
    expect(order.stateVersion).toBe(step.version + 2);
    expect((await rig.state(number)).version).toBe(order.stateVersion);
    expect(Object.keys((await rig.state(number)).evaluations)).toEqual(['sales']);
    // What the step that it knew nothing of has to tell goes out all the same, once.
    const notice = await rig.waitFor('the mail of the other step', async () =>
      (await rig.notices(number)).find((one) => one.step === step.key && one.state === 'delivered'),
    );
    expect(notice).toMatchObject({ template: 'orderReclassified', attempts: 1 });
  });

  it('is gone on from by a process that was lost, with everything that was said so far', async () => {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    await rig.end(`order/${number}`);
    await rig.restart(number);
    await rig.complete(`${number}.evaluate.quality`, allOk);
    expect((await rig.row(number)).phase).toBe('proposing');
    expect(await rig.told(number, 'departmentsTold')).not.toEqual([]);
    expect((await rig.actions(number)).filter((action) => action === 'begin')).toHaveLength(1);
  });

  it('that has ended ends a second start of the same order at once', async () => {
    const number = await rig.order();
    await rig.propose(number);
    await rig.sign(number);
    await rig.produce(number);
    await rig.deliver(number, { confirmedBy: '王工' });
    await rig.ends(number);
    const actions = await rig.actions(number);
    await rig.restart(number);
    expect(await rig.ends(number)).toBe('closed');
    expect(await rig.actions(number)).toEqual(actions);
    expect((await rig.row(number)).phase).toBe('closed');
  });
});
