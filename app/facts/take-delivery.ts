import { sql } from 'drizzle-orm';
import { WEBHOOK_KINDS, type WebhookAnswer, type WebhookBody } from '../../contracts/http-webhooks.js';
import type { Queryable } from '../../db/connect.js';
import { audit, webhookDeliveries } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { WebhookSource } from '../webhook-sources.js';
import { takeCounts } from './put-stock.js';
import { takePayments } from './record-payment.js';
import { takeScans } from './record-scans.js';

/** A repeat is refused by its signature after minutes; ids are kept far longer, for looking back. */
const KEPT_MS = 30 * 86_400_000;

/**
 * Takes a signed delivery whose signature was checked: all of it, in one transaction with its audit entry, or nothing.
 * Throws `already-received` for an id that was taken, `forbidden` for what the source may not send, `invalid-input`
 * with each wrong field.
 */
export async function takeDelivery(
  { db, now }: Pick<AppContext, 'db' | 'now'>,
  source: Pick<WebhookSource, 'name' | 'kinds'>,
  { id, scans = [], payments = [], stock = [] }: WebhookBody,
): Promise<WebhookAnswer> {
  const sent = { scans, payments, stock };
  const [strange] = WEBHOOK_KINDS.filter((kind) => sent[kind].length > 0 && !source.kinds.includes(kind));
  if (strange) throw new AppError('forbidden', `${source.name} may send ${source.kinds.join(', ')} alone`);
  const at = now().toISOString();
  return db.transaction(async (tx) => {
    await claim(tx, source.name, id, at);
    const taken = {
      scans: scans.length > 0 ? await takeScans(tx, scans, at, 'scans') : 0,
      payments: payments.length > 0 ? await takePayments(tx, payments, at, 'payments') : 0,
      stock: stock.length > 0 ? await takeCounts(tx, stock, at, 'stock') : 0,
    };
    await tx.insert(audit).values({
      key: `webhook/${source.name}/${id}/${at}`,
      at,
      subject: `webhook/${source.name}`,
      actor: `webhook:${source.name}`,
      credential: 'signature',
      action: 'takeDelivery',
      detail: { delivery: id, ...taken },
    });
    return { id, ...taken };
  });
}

async function claim(tx: Queryable, source: string, id: string, at: Instant): Promise<void> {
  const oldest = new Date(Date.parse(at) - KEPT_MS).toISOString();
  // Rows that another delivery is deleting are left to it: nobody waits here.
  await tx.execute(sql`delete from webhook_deliveries where (source, id) in (
    select source, id from webhook_deliveries where received_at < ${oldest}::timestamptz limit 100
    for update skip locked)`);
  const claimed = await tx
    .insert(webhookDeliveries)
    .values({ source, id, receivedAt: at })
    .onConflictDoNothing()
    .returning({ id: webhookDeliveries.id });
  if (claimed.length === 0) throw new AppError('already-received', `the delivery ${id} was taken before`);
}
