import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tasks } from '../../db/schema/index.js';
import { type ApiRig, goodOrder, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
let number: string;

// 09:30 in Shanghai on the 24th; the 23rd there begins on the 22nd in UTC.
const LATER = '2026-11-24T09:31:00+08:00';
const EARLIER = '2026-11-24T09:29:00+08:00';
const YESTERDAY = '2026-11-23';

beforeAll(async () => {
  rig = await startApiRig();
  const placed = await rig.send({ method: 'POST', url: '/v1/orders', payload: goodOrder });
  number = placed.json().number;
});
afterAll(() => rig?.stop());

const reason = '产能不足';
const forms: [kind: string, as: TokenName, form: object, field: string][] = [
  ['question', 'sales', { answer: 'HRC 58', how: 'phone', at: LATER }, 'at'],
  ['alternative', 'sales', { accept: true, how: 'phone', at: LATER }, 'at'],
  ['customerContact', 'sales', { how: 'phone', reached: false, at: LATER }, 'at'],
  ['measure', 'manufacturing', { option: 'normal', promisedDelivery: YESTERDAY }, 'promisedDelivery'],
  ['conflict', 'orderManager', { decision: 'offer', offeredDelivery: YESTERDAY, reason }, 'offeredDelivery'],
];

describe('what is told of has happened, and what is promised has not', () => {
  it.each(forms)('a form "%s" that says otherwise is refused by its field', async (kind, as, form, field) => {
    const id = `${number}.${kind}.x`;
    const openedAt = rig.ctx.now().toISOString();
    await rig.ctx.db.insert(tasks).values({
      id,
      kind,
      workflowId: `order/${number}`,
      orderNumber: number,
      role: as,
      department: as === 'orderManager' ? 'management' : as,
      state: 'open',
      openedAt,
    });
    const before = await rig.countRows();
    const answer = await rig.send({ method: 'POST', url: `/v1/tasks/${id}/complete`, as, payload: form });
    expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, field]);
    expect(await rig.countRows()).toEqual(before);
  });

  it.each([
    ['at', { at: LATER }],
    ['projectedFinish', { done: false, projectedFinish: YESTERDAY }],
  ])('progress is refused by its field %s', async (field, form) => {
    const answer = await progress(form);
    expect([answer.statusCode, answer.json().errors?.[0]?.field]).toEqual([422, field]);
  });

  it('today is no day gone by, nor a minute ago the future', async () => {
    const answer = await progress({ at: EARLIER, projectedFinish: '2026-11-24' });
    expect(answer.statusCode, answer.body).toBe(202);
  });
});

function progress(form: object) {
  const payload = { milestone: 'produce', ...form };
  return rig.send({ method: 'POST', url: `/v1/orders/${number}/progress`, as: 'manufacturing', payload });
}
