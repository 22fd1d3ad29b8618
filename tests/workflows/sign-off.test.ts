import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allOk } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const refusal = (code: string) => expect.objectContaining({ code });

/** An order with its proposal before the vice president. */
async function proposed(): Promise<string> {
  const number = await rig.order();
  await rig.propose(number);
  return number;
}

async function expectUnsigned(number: string): Promise<void> {
  expect(await rig.row(number)).toMatchObject({
    confirmedAt: null,
    confirmedBy: null,
    promisedDelivery: null,
  });
  expect(await rig.told(number, 'orderConfirmed')).toEqual([]);
}

/** The refusal that a signal left in the audit log; it answers nobody. */
async function refusedSignal(number: string) {
  return rig.audited(number, 'signOff.refused');
}

describe('the signature (P07.6)', () => {
  it('by the API names its proposal; who, when and how stay on it', async () => {
    const number = await proposed();
    const vp = await rig.person('vp');
    await rig.sign(number);
    expect(await rig.proposals(number)).toMatchObject([
      { state: 'approved', decidedBy: vp.id, credential: 'token', orderVersion: expect.any(Number) },
    ]);
    expect((await rig.audit(number)).at(-1)).toMatchObject({
      action: 'signOff',
      actor: vp.id,
      credential: 'token',
    });
    expect((await rig.task(`${number}.signOff.vp`)).state).toBe('done');
  });

  it('by signal from the Temporal CLI means the proposal now open, and is known as such', async () => {
    const number = await proposed();
    const vp = await rig.person('vp');
    await rig.signal(number, { by: vp.id, decision: 'approve', note: '同意，注意加班上限' });
    await rig.audited(number, 'signOff');
    expect(await rig.proposals(number)).toMatchObject([
      { state: 'approved', decidedBy: vp.id, credential: 'temporal', note: '同意，注意加班上限' },
    ]);
    expect((await rig.row(number)).phase).toBe('executing');
  });

  it('by signal may name the signer by mail address, in any case', async () => {
    const number = await proposed();
    await rig.signal(number, { by: 'Lin.Guodong@REDMARK.example', decision: 'approve' });
    await rig.audited(number, 'signOff');
    expect((await rig.row(number)).confirmedBy).toBe('lin.guodong');
  });

  it('by an update typed by hand answers what became of it', async () => {
    const number = await proposed();
    const args: [unknown] = [{ by: 'lin.guodong', decision: 'approve' }];
    const reply = await rig.handle(number).executeUpdate('signOff', { args });
    expect(reply).toMatchObject({ number, phase: 'executing' });
    expect(await rig.proposals(number)).toMatchObject([{ state: 'approved', credential: 'temporal' }]);
  });

  it('comes once: a second one is refused and changes nothing', async () => {
    const number = await proposed();
    await rig.sign(number);
    const [before] = await rig.proposals(number);
    await expect(
      rig.signProposal(number, { proposal: `${number}.proposal`, decision: 'approve' }),
    ).rejects.toEqual(refusal('no-open-proposal'));
    await rig.signal(number, { by: 'lin.guodong', decision: 'reject', note: 'too late' });
    await refusedSignal(number);
    expect(await rig.proposals(number)).toEqual([before]);
    expect((await rig.row(number)).phase).toBe('executing');
  });
});

describe('a signature that is refused', () => {
  it('before there is anything to sign stays on the record, and confirms nothing later either', async () => {
    const number = await rig.order();
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve' });
    expect(await refusedSignal(number)).toMatchObject({
      actor: 'lin.guodong',
      credential: 'temporal',
      outcome: { outcome: 'refused', code: 'no-open-proposal' },
    });
    await expectUnsigned(number);
    await rig.propose(number);
    expect((await rig.row(number)).phase).toBe('signing');
    await expectUnsigned(number);
  });

  it.each([
    ['nothing', undefined],
    ['null', null],
    ['a bare text', 'approve'],
    ['an empty object', {}],
    ['no signer', { decision: 'approve' }],
    ['a rejection without its reason', { by: 'lin.guodong', decision: 'reject' }],
    ['another word', { by: 'lin.guodong', decision: 'maybe' }],
    ['a list', [{ by: 'lin.guodong', decision: 'approve' }]],
    ['a NUL in the name', { by: 'lin.guodong\u0000', decision: 'approve' }],
    ['a NUL in the note', { by: 'lin.guodong', decision: 'approve', note: 'a\u0000b' }],
    ['half a character', { by: 'lin.guodong', decision: 'approve', note: '\ud83d' }],
    ['a novel', { by: 'lin.guodong', decision: 'approve', note: 'x'.repeat(100_000) }],
  ])('because it is %s leaves the process well', async (_, message) => {
    const number = await proposed();
    await rig.signal(number, message);
    expect(await refusedSignal(number)).toMatchObject({
      credential: 'temporal',
      outcome: { outcome: 'refused' },
    });
    await expectUnsigned(number);
    await rig.sign(number);
    expect((await rig.row(number)).phase).toBe('executing');
  });

  it('of somebody who may not sign', async () => {
    const number = await proposed();
    await rig.signal(number, { by: (await rig.person('orderManager')).id, decision: 'approve' });
    expect(await refusedSignal(number)).toMatchObject({ outcome: { code: 'forbidden' } });
    await expectUnsigned(number);
  });

  it('of nobody we know; what was typed stays out of the log', async () => {
    const number = await proposed();
    await rig.signal(number, { by: 'mallory@elsewhere.example', decision: 'approve' });
    const entry = await refusedSignal(number);
    expect(entry).toMatchObject({ actor: 'unknown', outcome: { code: 'forbidden' } });
    expect(JSON.stringify(entry)).not.toContain('mallory');
    await expectUnsigned(number);
  });

  it('of a vice president who has left the company', async () => {
    const number = await proposed();
    await rig.vacate('vp');
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve' });
    expect(await refusedSignal(number)).toMatchObject({ outcome: { code: 'forbidden' } });
    await expectUnsigned(number);
  });

  it('where the policy has signing from Temporal switched off; the API still signs', async () => {
    await rig.changePolicy((policy) => ({ ...policy, signOff: { ...policy.signOff, bySignal: false } }));
    const number = await proposed();
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve' });
    expect(await refusedSignal(number)).toMatchObject({ outcome: { code: 'signal-switched-off' } });
    await expectUnsigned(number);
    await rig.sign(number);
    expect((await rig.row(number)).phase).toBe('executing');
  });

  it('that pretends to come from the API, by signal or by update', async () => {
    await rig.changePolicy((policy) => ({ ...policy, signOff: { ...policy.signOff, bySignal: false } }));
    const number = await proposed();
    const forged = {
      id: '6b0e2f0c-0000-4000-8000-000000000001',
      actor: { principal: 'lin.guodong', credential: 'token' },
      at: rig.now().toISOString(),
      proposal: `${number}.proposal`,
      decision: 'approve',
    };
    await rig.signal(number, forged);
    await refusedSignal(number);
    await expect(rig.handle(number).executeUpdate('signOff', { args: [forged] })).rejects.toMatchObject({
      cause: { type: 'forbidden' },
    });
    await expectUnsigned(number);
  });

  it('because another proposal is open than the one named', async () => {
    const number = await proposed();
    await rig.sign(number, 'reject');
    await rig.evaluate(number, { round: 2 });
    await rig.complete(`${number}.measure.manufacturing.2`, { option: 'threeShifts' });
    await expect(
      rig.signProposal(number, { proposal: `${number}.proposal`, decision: 'approve' }),
    ).rejects.toEqual(refusal('stale-proposal'));
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve', proposal: `${number}.proposal` });
    expect(await refusedSignal(number)).toMatchObject({ outcome: { code: 'stale-proposal' } });
    await expectUnsigned(number);
  });

  it('of who asked for the order', async () => {
    const { id } = await rig.person('vp');
    const signer = await rig.promote(id, 'orderManager');
    const number = await rig.order({}, signer);
    await rig.propose(number);
    await expect(rig.sign(number, 'approve', signer)).rejects.toEqual(refusal('separation-of-duties'));
    await rig.signal(number, { by: id, decision: 'approve' });
    expect(await refusedSignal(number)).toMatchObject({ outcome: { code: 'separation-of-duties' } });
    await expectUnsigned(number);
  });

  it('of who evaluated the order', async () => {
    const { id } = await rig.person('vp');
    const signer = await rig.promote(id, 'quality');
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    await rig.complete(`${number}.evaluate.quality`, allOk, signer);
    await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime' });
    await expect(rig.sign(number, 'approve', signer)).rejects.toEqual(refusal('separation-of-duties'));
    await expectUnsigned(number);
  });
});

describe('one person', () => {
  it('never evaluates for two departments', async () => {
    const { id } = await rig.person('quality');
    const both = await rig.promote(id, 'technical');
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.quality`, allOk, both);
    await expect(rig.complete(`${number}.evaluate.technical`, allOk, both)).rejects.toEqual(
      refusal('separation-of-duties'),
    );
    expect(await rig.openTasks(number)).toContain(`${number}.evaluate.technical`);
    expect((await rig.actions(number)).at(-1)).toBe('evaluate.refused');
  });

  it('of another role does not finish a department’s task, whatever message is typed', async () => {
    const number = await rig.order();
    const forged = {
      id: '6b0e2f0c-0000-4000-8000-000000000002',
      actor: { principal: 'liu.fang', credential: 'token' },
      at: rig.now().toISOString(),
      task: `${number}.evaluate.quality`,
      gist: { kind: 'evaluate', points: {} },
    };
    await expect(rig.handle(number).executeUpdate('completeTask', { args: [forged] })).rejects.toThrow();
    const points = Object.fromEntries(
      ['product', 'quantity', 'price', 'process', 'deliveryDate', 'shipping'].map((point) => [
        point,
        { ok: true, asks: false },
      ]),
    );
    const well = { ...forged, gist: { kind: 'evaluate', points } };
    await expect(rig.handle(number).executeUpdate('completeTask', { args: [well] })).rejects.toMatchObject({
      cause: { type: 'forbidden' },
    });
    expect(await rig.openTasks(number)).toContain(`${number}.evaluate.quality`);
  });
});

describe('a rejection', () => {
  it('goes back to all four departments with its reason, and comes again as the second proposal', async () => {
    const number = await proposed();
    await rig.sign(number, 'reject');
    expect(await rig.row(number)).toMatchObject({ phase: 'evaluating', measure: null });
    expect(await rig.proposals(number)).toMatchObject([
      { state: 'rejected', note: 'the price does not cover the overtime' },
    ]);
    expect(await rig.openTasks(number)).toEqual(
      ['manufacturing', 'quality', 'sales', 'technical'].map(
        (department) => `${number}.evaluate.${department}.2`,
      ),
    );
    const evaluators = (await rig.tasks(number))
      .filter(({ kind, round }) => kind === 'evaluate' && round === 2)
      .map(({ assigneeId }) => assigneeId);
    expect(await rig.told(number, 'signOffRejected')).toEqual(expect.arrayContaining(evaluators));
    const mail = await rig.waitFor('the mail with the reason', async () =>
      rig.mail.sent.find(({ text }) => text.includes('the price does not cover the overtime')),
    );
    expect(mail.to.length).toBeGreaterThan(0);
    await rig.evaluate(number, { round: 2 });
    await rig.complete(`${number}.measure.manufacturing.2`, { option: 'threeShifts' });
    await rig.sign(number);
    expect(await rig.proposals(number)).toMatchObject([
      { id: `${number}.proposal`, state: 'rejected' },
      { id: `${number}.proposal.2`, round: 2, state: 'approved', measure: 'threeShifts' },
    ]);
    expect((await rig.row(number)).measure).toBe('threeShifts');
  });

  it('without a reason is no rejection where a form asks for one', async () => {
    const number = await proposed();
    await expect(
      rig.complete(`${number}.signOff.vp`, { proposal: `${number}.proposal`, decision: 'reject' }),
    ).rejects.toEqual(refusal('invalid-input'));
    expect((await rig.row(number)).phase).toBe('signing');
  });
});
