import { randomUUID } from 'node:crypto';
import { MILESTONES, POINTS } from '../../domain/order/shape.js';
import type { Role } from '../../domain/roles/shape.js';
import type { ProcessSet } from './process-set.js';
import { waitUntil } from './wait-until.js';

/** All six points confirmed. */
export const allOk = { points: Object.fromEntries(POINTS.map((point) => [point, { ok: true }])) };

/** One line, ten days where thirty are normal, no doubt; each buyer a customer of their own. */
export function urgentOrder(buyer: string) {
  return {
    channel: 'online',
    customer: { name: `测试机械 ${buyer}`, email: `${buyer}@buyers.example` },
    lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
    requestedDelivery: new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10),
    shipTo: { name: '收货人', country: 'CN', city: '苏州', line1: '工业园区星湖街 1 号' },
    customerReference: buyer,
  };
}

/** What a client does that wants to be sure: the same request with the same key, until there is an answer to it. */
export async function postUntilAnswered(
  set: ProcessSet,
  as: 'client' | Role,
  path: string,
  body: unknown,
  { key = randomUUID(), withinMs = 60_000 }: { key?: string; withinMs?: number } = {},
) {
  return waitUntil(
    async () => {
      const answer = await set.request(as, 'POST', path, { body, key });
      if (answer.status >= 500) throw new Error(`${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer;
    },
    { withinMs, everyMs: 200, what: `an answer to POST ${path}` },
  );
}

/** The same for an update: one that is accepted for later is followed until it is done. Throws a refusal. */
export async function actUntilDone(set: ProcessSet, as: Role, path: string, body: unknown): Promise<void> {
  const answer = await postUntilAnswered(set, as, path, body);
  if (answer.status === 200) return;
  if (answer.status !== 202) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  const location = answer.headers.get('location') ?? '';
  const command = await waitUntil(
    async () => {
      const { body: row } = await set.request(as, 'GET', location);
      return row.state !== 'pending' && row;
    },
    { withinMs: 90_000, everyMs: 300, what: `the end of ${location}` },
  );
  if (command.state !== 'done') throw new Error(`${path}: ${JSON.stringify(command)}`);
}

/** Carries an order from four evaluations to closed, as people and the carrier do. */
export async function carryToClosed(set: ProcessSet, number: string): Promise<void> {
  for (const department of ['sales', 'manufacturing', 'technical', 'quality'] as const) {
    await actUntilDone(set, department, `/v1/tasks/${number}.evaluate.${department}/complete`, allOk);
  }
  const measure = { option: 'overtime' };
  await actUntilDone(set, 'manufacturing', `/v1/tasks/${number}.measure.manufacturing/complete`, measure);
  const { proposal } = (await set.request('vp', 'GET', `/v1/orders/${number}`)).body;
  const signature = { proposal: (proposal as { id: string }).id, decision: 'approve' };
  await actUntilDone(set, 'vp', `/v1/orders/${number}/sign-off`, signature);
  for (const milestone of MILESTONES) {
    const by = milestone === 'inspect' ? 'quality' : 'orderManager';
    await actUntilDone(set, by, `/v1/orders/${number}/progress`, { milestone });
  }
  const contact = { how: 'phone', confirmedBy: '王工', at: new Date().toISOString() };
  await actUntilDone(set, 'sales', `/v1/tasks/${number}.customerContact.sales/complete`, contact);
}
