import type { RunFile } from '../../local/run-file.js';

/** A few orders with running processes, so that there is something to read and to change. */
export async function seedOrders({ api, tokens }: Pick<RunFile, 'api' | 'tokens'>): Promise<void> {
  const requestedDelivery = new Date(Date.now() + 7 * 86_400_000).toISOString().slice(0, 10);
  for (let count = 1; count <= 5; count++) {
    const answer = await fetch(`${api}/v1/orders`, {
      method: 'POST',
      headers: { authorization: `Bearer ${tokens.client}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        channel: 'online',
        customer: { name: '苏州精工机械有限公司', email: 'purchase@jinggong.example' },
        lines: [{ sku: 'RM-SHAFT-45', quantity: count }],
        requestedDelivery,
        shipTo: { name: '王磊', country: 'CN', city: '苏州', line1: '星湖街 328 号' },
      }),
    });
    if (answer.status !== 201) throw new Error(`an order was not accepted: ${await answer.text()}`);
  }
}
