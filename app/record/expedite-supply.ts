import { and, eq, ne } from 'drizzle-orm';
import {
  confirmedDay,
  type ExpediteForm,
  expediteFormSchema,
  expediteTaskFactsSchema,
  purchaseMeant,
} from '../../contracts/expedite-form.js';
import { findExpedited } from '../../db/queries/expedited.js';
import { audit, purchaseOrders } from '../../db/schema/index.js';
import type { Words } from '../../domain/playbooks/shape.js';
import { confirmationOf } from '../facts/confirm-purchase-order.js';
import type { Action } from './incident-actions.js';
import type { IncidentContext } from './incident-context.js';
import { addWrite } from './step-context.js';
import { addNotice } from './tell-of-incident.js';

/**
 * 催货: the present supplier is asked by a signed link to deliver sooner (P17.3, P09.3). Its answer finishes the step's
 * task; so does purchasing, who sees it as well and may call. Without a supplier that can be written to, the task is all.
 */
export const expedite: Action = async (context, { key }) => {
  const { incident, db } = context;
  const { supplier, purchaseOrder } = incident.facts;
  if (!supplier && !purchaseOrder) {
    return {
      zh: '突发情况未指明供应商或采购订单，请采购直接催货。',
      en: 'The incident names neither a supplier nor a purchase order: purchasing asks by itself.',
    };
  }
  const found = await findExpedited(db, { incident: incident.number, supplier, purchaseOrder });
  if (!found?.email) {
    const who = found ? `${found.name} (${found.number})` : (supplier ?? purchaseOrder ?? '');
    return {
      zh: `${who}没有可用的邮箱，请采购电话催货。`,
      en: `${who} has no mail address on record: purchasing calls.`,
    };
  }
  const facts = { supplier: found.number, purchases: found.purchases };
  const task = taskOf(context, key);
  addNotice(context, 'expediteRequest', `supplier:${found.number}`, { step: key, task, ...facts }, key);
  const numbers = found.purchases.map(({ number }) => number);
  return {
    zh: `已向供应商${found.name}发出催货请求${numbers.length > 0 ? `，采购订单：${numbers.join('、')}` : ''}。`,
    en: `Asked ${found.name} to deliver sooner${numbers.length > 0 ? `: ${numbers.join(', ')}` : ''}.`,
    facts,
  };
};

/** The task that this step opens for what comes of it. */
function taskOf({ step }: IncidentContext, key: string): string | undefined {
  for (const change of step.changes) {
    if (change.do === 'openTask' && change.facts?.step === key) return change.id;
  }
  return undefined;
}

/**
 * With the supplier's answer, or what purchasing writes down of it: what was said, and the day on the purchase order,
 * where the answer names one for all of it. A purchase order that has arrived meanwhile stays as it is.
 */
export async function recordExpediteAnswer(
  context: IncidentContext,
  id: string,
  actor: string,
): Promise<void> {
  const task = context.tasks.find((one) => one.id === id);
  const known = expediteTaskFactsSchema.safeParse(task?.facts);
  const answer = expediteFormSchema.safeParse(context.body);
  if (!known.success || !answer.success || answer.data.answer === undefined) return;
  const meant = purchaseMeant(answer.data, known.data.purchases);
  const { supplier } = known.data;
  context.said.set(
    String(task?.facts.step),
    sayAnswer(answer.data, { supplier, purchase: meant?.number, actor }),
  );
  const confirmedDate = confirmedDay(answer.data);
  if (!meant || confirmedDate === undefined) return;
  await confirm(context, { number: meant.number, supplier, confirmedDate, actor });
}

async function confirm(
  context: IncidentContext,
  about: { number: string; supplier: string; confirmedDate: string; actor: string },
): Promise<void> {
  const { db, step } = context;
  const { number, supplier, confirmedDate, actor } = about;
  const [purchase] = await db
    .select()
    .from(purchaseOrders)
    .where(
      and(
        eq(purchaseOrders.number, number),
        eq(purchaseOrders.supplierNumber, supplier),
        ne(purchaseOrders.state, 'received'),
      ),
    );
  if (!purchase) return;
  addWrite(
    context,
    db
      .update(purchaseOrders)
      .set(confirmationOf(purchase, { confirmedDate, confirmedAt: step.at }))
      .where(eq(purchaseOrders.number, number)),
  );
  const entry = {
    key: `${step.key}/purchase-order/${number}`,
    at: step.at,
    subject: `purchase-order/${number}`,
    actor,
    credential: step.actor?.credential ?? 'workflow',
    action: 'confirmPurchaseOrder',
    detail: { confirmedDate, before: purchase.confirmedDate, incident: step.number },
  };
  addWrite(context, db.insert(audit).values(entry).onConflictDoNothing());
}

function sayAnswer(
  { answer, date, quantity, restDate }: ExpediteForm,
  { supplier, purchase, actor }: { supplier: string; purchase: string | undefined; actor: string },
): Words {
  const own = actor.startsWith('supplier:');
  const zhHead = own ? `供应商${supplier}答复` : `经与供应商${supplier}联系`;
  const enHead = own ? `Supplier ${supplier} answered` : `By our people, from supplier ${supplier}`;
  const [zhOf, enOf] = purchase ? [`（${purchase}）`, ` (${purchase})`] : ['', ''];
  const rest = restDate ? { zh: `，其余${restDate}`, en: `, the rest on ${restDate}` } : { zh: '', en: '' };
  const words = {
    earlier: { zh: `可于${date}交货`, en: `delivery on ${date}` },
    later: { zh: `最早${date}交货`, en: `delivery on ${date} at the earliest` },
    part: { zh: `${date}先交${quantity}件${rest.zh}`, en: `${quantity} pieces on ${date}${rest.en}` },
    cannot: { zh: '无法供货', en: 'nothing can be delivered' },
  }[answer ?? 'cannot'];
  return { zh: `${zhHead}${zhOf}：${words.zh}。`, en: `${enHead}${enOf}: ${words.en}.` };
}
