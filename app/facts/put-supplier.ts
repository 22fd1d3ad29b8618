import { eq } from 'drizzle-orm';
import type { SupplierView } from '../../contracts/http-supply.js';
import type { Queryable } from '../../db/connect.js';
import { findSupplier, replaceOffers } from '../../db/queries/suppliers.js';
import { suppliers } from '../../db/schema/index.js';
import type { SupplierFacts, SupplierInput } from '../../domain/supply/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { Principal } from '../principal.js';
import type { ChangeAnswer, Changed } from '../record-change.js';
import { type FactRequest, recordFact } from './record-fact.js';
import { findMissing, findTwice, refuseFields } from './references.js';
import { viewSupplier } from './view-supplier.js';

type Context = Pick<AppContext, 'db' | 'now'>;

/**
 * Adds a supplier with all it offers (P15.3). Throws `already-exists` where the number is taken, `invalid-input` with
 * the field, `forbidden`.
 */
export function addSupplier(
  ctx: Context,
  request: FactRequest<SupplierInput>,
): Promise<ChangeAnswer<SupplierView>> {
  const { number, ...facts } = request.body;
  const kind = { scope: 'suppliers', route: 'POST /v1/suppliers', action: 'addSupplier' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    await checkOffers(tx, facts);
    const [added] = await tx
      .insert(suppliers)
      .values({ number, ...columnsOf(facts), createdAt: at, updatedAt: at })
      .onConflictDoNothing()
      .returning({ number: suppliers.number });
    if (!added) throw new AppError('already-exists', `there is a supplier ${number} already`);
    return finish(tx, number, facts, request.principal, 201);
  });
}

/** Replaces all that is known of a supplier. Throws `not-found`, and as {@link addSupplier}. */
export function putSupplier(
  ctx: Context,
  number: string,
  request: FactRequest<SupplierFacts>,
): Promise<ChangeAnswer<SupplierView>> {
  const { body: facts } = request;
  const kind = { scope: 'suppliers', route: `PUT /v1/suppliers/${number}`, action: 'putSupplier' } as const;
  return recordFact(ctx, kind, request, async (tx, at) => {
    const [changed] = await tx
      .update(suppliers)
      .set({ ...columnsOf(facts), updatedAt: at })
      .where(eq(suppliers.number, number))
      .returning({ number: suppliers.number });
    if (!changed) throw new AppError('not-found', `there is no supplier ${number}`);
    await checkOffers(tx, facts);
    return finish(tx, number, facts, request.principal, 200);
  });
}

async function checkOffers(tx: Queryable, { offers, capabilities }: SupplierFacts): Promise<void> {
  refuseFields([
    ...findTwice(
      offers,
      (offer) => offer.sku,
      (index) => `offers.${index}.sku`,
    ),
    ...findTwice(
      capabilities,
      (capability) => capability,
      (index) => `capabilities.${index}`,
    ),
    ...(await findMissing(
      tx,
      offers.map(({ sku }, index) => ({ kind: 'product', key: sku, field: `offers.${index}.sku` })),
    )),
  ]);
}

/** What was left out is nothing, not what it was before. */
function columnsOf({ offers: _, contactPerson, email, phone, ...facts }: SupplierFacts) {
  return {
    ...facts,
    contactPerson: contactPerson ?? null,
    email: email ?? null,
    phone: phone ?? null,
  } satisfies Partial<typeof suppliers.$inferInsert>;
}

async function finish(
  tx: Queryable,
  number: string,
  { offers, standing }: SupplierFacts,
  viewer: Principal,
  status: 200 | 201,
): Promise<Changed<SupplierView>> {
  await replaceOffers(tx, number, offers);
  const found = await findSupplier(tx, number);
  if (!found) throw new Error(`supplier ${number} was written and is not there`);
  return {
    status,
    view: viewSupplier(found, viewer),
    subject: `supplier/${number}`,
    detail: { standing, offers: offers.length },
  };
}
