import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { allOk, asking, objecting } from './acts.js';
import { type Rig, startRig } from './rig.js';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterEach(() => rig.clear());
afterAll(() => rig?.stop());

const hourMs = 3_600_000;
const refusal = (code: string) => expect.objectContaining({ code });

/** An order of which one responsible department does not confirm the delivery date. */
async function inConflict(): Promise<string> {
  const number = await rig.order();
  await rig.evaluate(number, { except: ['manufacturing'] });
  await rig.complete(`${number}.evaluate.manufacturing`, objecting('deliveryDate'));
  return number;
}

/** Ten days later than asked for. */
async function laterThanAsked(number: string): Promise<string> {
  const asked = Date.parse((await rig.row(number)).requestedDelivery);
  return new Date(asked + 10 * 24 * hourMs).toISOString().slice(0, 10);
}

describe('a doubt (P07.5)', () => {
  it('becomes a telephone task of the sales owner, due in one working hour, with a mail and link to the customer', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    const asked = rig.now().getTime();
    await rig.complete(`${number}.evaluate.quality`, asking('process', '表面处理要求是什么？'));
    const task = await rig.task(`${number}.question.quality`);
    const order = await rig.row(number);
    expect(task).toMatchObject({ kind: 'question', state: 'open', assigneeId: order.salesOwnerId });
    const due = Date.parse((await rig.deadline(`${number}.question`)).dueAt);
    expect(due - asked).toBeGreaterThanOrEqual(hourMs);
    expect(due - asked).toBeLessThan(hourMs + 5_000);
    expect(await rig.told(number, 'customerQuestion')).toEqual([`customer:${order.customerId}`]);
    const mail = await rig.waitFor('the mail to the customer', async () =>
      rig.mail.sent.find(({ to, text }) => to.includes('buyer@test.example') && text.includes('表面处理')),
    );
    expect(mail.text).toMatch(/http:\/\/127\.0\.0\.1:7300\/t\//);
  });

  it('does not stop the evaluation’s clock: it is breached while the customer is silent', async () => {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    await rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?'));
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(dueAt);
    await rig.waitFor(
      'the breach',
      async () => (await rig.deadline(`${number}.evaluation`)).state === 'breached',
    );
    expect((await rig.row(number)).phase).toBe('evaluating');
  });

  it('is answered by a telephone note: who, when and the words stay on the record, and the department looks again', async () => {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    await rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?'));
    const at = rig.now().toISOString();
    await rig.complete(`${number}.question.quality`, {
      answer: '45# 调质',
      how: 'phone',
      answeredBy: '李工',
      at,
    });
    expect(await rig.questions(number)).toMatchObject([
      {
        id: `${number}.evaluate.quality.process`,
        point: 'process',
        department: 'quality',
        text: 'which steel?',
        answer: '45# 调质',
        answeredHow: 'phone',
        answeredBy: '李工',
        answeredAt: at,
      },
    ]);
    expect(await rig.openTasks(number)).toEqual([`${number}.evaluate.quality.2`]);
    const [first, second] = [`${number}.evaluate.quality`, `${number}.evaluate.quality.2`].map((id) =>
      rig.task(id),
    );
    expect((await second)?.assigneeId).toBe((await first)?.assigneeId);
    expect((await second)?.deadlineId).toBe(`${number}.evaluation`);
    expect((await rig.deadline(`${number}.question`)).state).toBe('met');
    await rig.complete(`${number}.evaluate.quality.2`, allOk);
    expect((await rig.row(number)).phase).toBe('proposing');
  });

  it('is answered by the customer’s own link, and then that is how it was answered', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.technical`, asking('product', 'keyway or spline?'));
    await rig.complete(`${number}.question.technical`, { answer: 'keyway' }, await rig.customerOf(number));
    const { customerId } = await rig.row(number);
    expect(await rig.questions(number)).toMatchObject([
      { answer: 'keyway', answeredHow: 'link', answeredBy: `customer:${customerId}` },
    ]);
    expect(await rig.openTasks(number)).toContain(`${number}.evaluate.technical.2`);
  });

  it('stays a telephone note where our own colleague wrote it by the link in the mail', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.technical`, asking('product', 'keyway or spline?'));
    const owner = await rig.personById(String((await rig.row(number)).salesOwnerId));
    await rig.complete(
      `${number}.question.technical`,
      { answer: 'keyway' },
      { ...owner, credential: 'link' },
    );
    expect(await rig.questions(number)).toMatchObject([{ answeredHow: 'phone', answeredBy: owner.id }]);
  });

  it('of two departments at once is two questions; the evaluation ends when both have looked again', async () => {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality', 'technical'] });
    await Promise.all([
      rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?')),
      rig.complete(`${number}.evaluate.technical`, asking('product', 'keyway or spline?')),
    ]);
    expect(await rig.openTasks(number)).toEqual([
      `${number}.question.quality`,
      `${number}.question.technical`,
    ]);
    await rig.complete(`${number}.question.technical`, { answer: 'keyway' });
    await rig.complete(`${number}.evaluate.technical.2`, allOk);
    expect((await rig.row(number)).phase).toBe('evaluating');
    await rig.complete(`${number}.question.quality`, { answer: '45#' });
    await rig.complete(`${number}.evaluate.quality.2`, allOk);
    expect((await rig.row(number)).phase).toBe('proposing');
    expect((await rig.deadlines(number)).filter(({ kind }) => kind === 'question')).toMatchObject([
      { id: `${number}.question`, state: 'met' },
      { id: `${number}.question.2`, state: 'met' },
    ]);
  });

  it('may come up again in the second round: the question then is the second too', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?'));
    await rig.complete(`${number}.question.quality`, { answer: '45#' });
    await rig.complete(`${number}.evaluate.quality.2`, asking('process', 'hardened?'));
    await rig.complete(`${number}.question.quality.2`, { answer: 'yes' });
    expect((await rig.questions(number)).map(({ text, answer }) => [text, answer])).toEqual([
      ['which steel?', '45#'],
      ['hardened?', 'yes'],
    ]);
    expect(await rig.openTasks(number)).toContain(`${number}.evaluate.quality.3`);
  });

  it('is no business of another customer', async () => {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?'));
    const other = { ...(await rig.customerOf(number)), id: 'C-0001' };
    await expect(rig.complete(`${number}.question.quality`, { answer: '45#' }, other)).rejects.toEqual(
      refusal('forbidden'),
    );
    expect(await rig.openTasks(number)).toContain(`${number}.question.quality`);
  });
});

describe('a conflict', () => {
  it('of a department that answers for the point goes to the order manager, and nobody proposes', async () => {
    const number = await inConflict();
    const task = await rig.task(`${number}.conflict.orderManager`);
    expect(task.assigneeId).toBe((await rig.person('orderManager')).id);
    expect(task.facts).toEqual({ conflicts: [{ point: 'deliveryDate', department: 'manufacturing' }] });
    expect(await rig.openTasks(number)).toEqual([task.id]);
    expect((await rig.row(number)).phase).toBe('evaluating');
  });

  it('is not what a concurring department objects: the order goes on', async () => {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    await rig.complete(`${number}.evaluate.quality`, objecting('price'));
    expect((await rig.row(number)).phase).toBe('proposing');
  });

  it('decided “evaluate again” asks the departments concerned alone, and the order goes on from there', async () => {
    const number = await inConflict();
    await rig.complete(`${number}.conflict.orderManager`, {
      decision: 'reevaluate',
      reason: 'a shift is free',
    });
    expect(await rig.openTasks(number)).toEqual([`${number}.evaluate.manufacturing.2`]);
    expect((await rig.task(`${number}.evaluate.manufacturing.2`)).deadlineId).toBe(`${number}.evaluation.2`);
    await rig.complete(`${number}.evaluate.manufacturing.2`, allOk);
    expect((await rig.row(number)).phase).toBe('proposing');
    expect((await rig.deadline(`${number}.evaluation.2`)).state).toBe('met');
  });

  it('decided “offer” and accepted by the customer leads to a proposal with the day offered, and its signature (P10.1)', async () => {
    const number = await inConflict();
    const day = await laterThanAsked(number);
    await rig.complete(`${number}.conflict.orderManager`, {
      decision: 'offer',
      offeredDelivery: day,
      reason: 'the line is full',
    });
    const { customerId } = await rig.row(number);
    expect(await rig.told(number, 'alternativeOffered')).toEqual([`customer:${customerId}`]);
    await rig.complete(`${number}.alternative.customer`, { accept: true }, await rig.customerOf(number));
    await rig.complete(`${number}.measure.manufacturing`, { option: 'normal' });
    expect(await rig.proposals(number)).toMatchObject([
      { promisedDelivery: day, measure: 'normal', state: 'open' },
    ]);
    await rig.sign(number);
    expect(await rig.row(number)).toMatchObject({ phase: 'executing', promisedDelivery: day });
  });

  it('decided “offer” and declined ends the order, with a reply to the customer', async () => {
    const number = await inConflict();
    await rig.complete(`${number}.conflict.orderManager`, {
      decision: 'offer',
      offeredDelivery: await laterThanAsked(number),
      reason: 'the line is full',
    });
    await rig.complete(`${number}.alternative.customer`, { accept: false }, await rig.customerOf(number));
    expect(await rig.ends(number)).toBe('declined');
    const order = await rig.row(number);
    expect(order).toMatchObject({
      phase: 'declined',
      endReason: 'alternativeDeclined',
      promisedDelivery: null,
    });
    expect(await rig.told(number, 'orderDeclined')).toContain(`customer:${order.customerId}`);
    expect((await rig.notices(number)).every(({ state }) => state === 'delivered')).toBe(true);
  });

  it('decided “reject” ends the order, with a reply to the customer and nothing left open', async () => {
    const number = await inConflict();
    await rig.complete(`${number}.conflict.orderManager`, { decision: 'reject', reason: 'cannot be made' });
    expect(await rig.ends(number)).toBe('rejected');
    const order = await rig.row(number);
    expect(order).toMatchObject({ phase: 'rejected', endReason: 'conflictRejected' });
    expect(await rig.told(number, 'orderRejected')).toContain(`customer:${order.customerId}`);
    expect(await rig.told(number, 'orderConfirmed')).toEqual([]);
    expect(await rig.openTasks(number)).toEqual([]);
    const open = (await rig.deadlines(number)).filter(({ state }) => state === 'open');
    expect(open).toEqual([]);
  });
});

describe('a later promise by manufacturing (P10.1)', () => {
  it('goes to the customer before the vice president, and is what is signed once accepted', async () => {
    const number = await rig.order();
    await rig.evaluate(number);
    const day = await laterThanAsked(number);
    await rig.complete(`${number}.measure.manufacturing`, { option: 'outsourcing', promisedDelivery: day });
    expect(await rig.proposals(number)).toEqual([]);
    expect(await rig.openTasks(number)).toEqual([`${number}.alternative.customer`]);
    const note = { accept: true, how: 'phone', answeredBy: '李工', words: '可以' };
    await rig.complete(`${number}.alternative.customer`, note);
    expect(await rig.proposals(number)).toMatchObject([{ promisedDelivery: day, measure: 'outsourcing' }]);
  });

  it('that is no later than what the customer asked for needs no question', async () => {
    const number = await rig.order();
    await rig.evaluate(number);
    const asked = Date.parse((await rig.row(number)).requestedDelivery);
    const sooner = new Date(asked - 24 * hourMs).toISOString().slice(0, 10);
    await rig.complete(`${number}.measure.manufacturing`, { option: 'overtime', promisedDelivery: sooner });
    expect(await rig.proposals(number)).toMatchObject([{ promisedDelivery: sooner }]);
  });
});
