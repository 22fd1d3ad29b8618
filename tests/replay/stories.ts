import type { OrderInput } from '../../domain/order/shape.js';
import { allOk, asking, objecting } from '../workflows/acts.js';
import type { Rig } from '../workflows/rig.js';

const hourMs = 3_600_000;
const later = (at: string, ms: number) => new Date(Date.parse(at) + ms).toISOString();
const critical: Partial<OrderInput> = { ground: 'life', groundStatement: 'the hospital has no power' };

/** Each shape a released order's history has; a story answers the number of its order. */
export const stories: Record<string, (rig: Rig) => Promise<string>> = {
  async happy(rig) {
    const number = await rig.order();
    await rig.propose(number);
    await rig.sign(number);
    await rig.produce(number);
    await rig.deliver(number, { confirmedBy: 'the foreman' });
    await rig.ends(number);
    return number;
  },

  async 'doubt-answered'(rig) {
    const number = await rig.order();
    await rig.complete(`${number}.evaluate.quality`, asking('process', 'which steel?'));
    await rig.complete(`${number}.question.quality`, {
      answer: 'C45',
      how: 'phone',
      answeredBy: 'the foreman',
    });
    await rig.complete(`${number}.evaluate.quality.2`, allOk);
    await rig.evaluate(number, { except: ['quality'] });
    return number;
  },

  async 'rejected-then-signed-by-signal'(rig) {
    const number = await rig.order();
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve' });
    await rig.audited(number, 'signOff.refused');
    await rig.propose(number);
    await rig.sign(number, 'reject');
    await rig.evaluate(number, { round: 2 });
    await rig.complete(`${number}.measure.manufacturing.2`, { option: 'threeShifts' });
    await rig.signal(number, { by: 'lin.guodong', decision: 'approve' });
    await rig.audited(number, 'signOff');
    return number;
  },

  async 'conflict-offered-and-declined'(rig) {
    const number = await rig.order();
    await rig.evaluate(number, { except: ['manufacturing'] });
    await rig.complete(`${number}.evaluate.manufacturing`, objecting('deliveryDate'));
    await rig.complete(`${number}.conflict.orderManager`, {
      decision: 'offer',
      offeredDelivery: later(
        `${(await rig.row(number)).requestedDelivery}T00:00:00.000Z`,
        240 * hourMs,
      ).slice(0, 10),
      reason: 'the line is full',
    });
    await rig.complete(`${number}.alternative.customer`, { accept: false }, await rig.customerOf(number));
    await rig.ends(number);
    return number;
  },

  async 'ladder-to-the-top'(rig) {
    await rig.startWorkday(9);
    const number = await rig.order(critical);
    await rig.skipTo(later((await rig.deadline(`${number}.confirmation`)).dueAt, 12 * hourMs));
    await rig.waitFor('the top', async () => {
      const settled = await rig.settled(`${number}.confirmation`, 'rung');
      return settled.length === 10 && (await rig.notices(number)).every(({ state }) => state === 'delivered');
    });
    return number;
  },

  async 'critical-without-ground'(rig) {
    await rig.startWorkday(9);
    const number = await rig.order(critical);
    await rig.complete(`${number}.ground.orderManager`, { confirmed: false, note: 'the mains are back' });
    await rig.propose(number);
    return number;
  },

  async 'mail-away'(rig) {
    await rig.startWorkday(9);
    rig.mail.state.outcome = 'deferred';
    const number = await rig.order();
    await rig.skip(35 * 60_000);
    await rig.waitFor('the task', async () =>
      (await rig.openTasks(number)).includes(`${number}.reach.orderManager`),
    );
    rig.mail.state.outcome = 'accepted';
    await rig.skip(35 * 60_000);
    await rig.complete(`${number}.reach.orderManager`, { note: 'told by telephone' });
    await rig.evaluate(number);
    return number;
  },

  async 'reply-by-other-means'(rig) {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['manufacturing'] });
    await rig.complete(`${number}.evaluate.manufacturing`, objecting('deliveryDate'));
    await rig.waitFor('the mails so far', async () =>
      (await rig.notices(number)).every(({ state }) => state === 'delivered'),
    );
    rig.mail.state.outcome = 'refused';
    await rig.complete(`${number}.conflict.orderManager`, { decision: 'reject', reason: 'cannot be made' });
    await rig.waitFor('the task', async () =>
      (await rig.openTasks(number)).includes(`${number}.reach.orderManager`),
    );
    rig.mail.state.outcome = 'accepted';
    await rig.complete(`${number}.reach.orderManager`, { note: 'told by telephone' });
    await rig.ends(number);
    return number;
  },

  async 'message-under-way-when-due'(rig) {
    await rig.startWorkday(9);
    const number = await rig.order();
    await rig.evaluate(number, { except: ['quality'] });
    const { dueAt } = await rig.deadline(`${number}.evaluation`);
    await rig.skipTo(later(dueAt, -1_000));
    await rig.completeWhileTemporalIsAway(`${number}.evaluate.quality`, allOk);
    await rig.skipTo(later(dueAt, 6_000));
    await rig.relay();
    return number;
  },

  async 'made-normal'(rig) {
    const number = await rig.order();
    await rig.classify(number, { class: 'critical', grade: 3 });
    await rig.classify(number, { class: 'normal' });
    await rig.ends(number);
    return number;
  },

  async 'started-again-from-the-record'(rig) {
    const number = await rig.order();
    await rig.propose(number);
    await rig.end(`order/${number}`);
    await rig.restart(number);
    await rig.sign(number);
    await rig.progress(number, 'inspect');
    await rig.progress(number, 'ship');
    return number;
  },
};
