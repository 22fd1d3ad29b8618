import { ensurePolicy } from '../../app/load-rules.js';
import { connectDatabase, type Queryable } from '../../db/connect.js';
import { apiClients, customers, people, products } from '../../db/schema/index.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import type { Role } from '../../domain/roles/shape.js';
import { demoCustomers } from './demo-customers.js';
import { makeDemoEndpoints, type PartAddresses } from './demo-endpoints.js';
import { demoPeople } from './demo-people.js';
import { demoProducts } from './demo-products.js';
import { loadDemoFacts } from './load-demo-facts.js';
import { storeEndpoints } from './store-endpoints.js';
import { type DemoTokens, storeTokens } from './store-tokens.js';

const demoClient = { id: 'demo-shop', name: '红岭商城 Hongling shop' };

/**
 * Loads the demonstration into a migrated database, all or nothing: a maker of reducers and small machine tools, its
 * people, products and customers, and a development token for the API client and each role. Only an empty company is
 * filled, so that nothing people changed comes back; the tokens are set each time. With `parts` it also has suppliers,
 * stock, orders of the last weeks, purchases, shipments and payments, and the parts of the instance as endpoints, whose
 * addresses are set each time. Gives whether the data was loaded, and the roles that nobody holds, whose tokens open
 * nothing.
 */
export async function loadDemo({
  databaseUrl,
  tokens,
  parts,
}: {
  databaseUrl: string;
  tokens: DemoTokens;
  parts?: PartAddresses;
}): Promise<{ loaded: boolean; withoutHolder: Role[] }> {
  const db = connectDatabase(databaseUrl, 1);
  try {
    return await db.transaction(async (tx) => {
      const at = new Date().toISOString();
      const signedByLink = { ...defaultPolicy.signOff, byLink: true };
      await ensurePolicy(tx, at, { ...defaultPolicy, signOff: signedByLink });
      const loaded = await fillEmptyCompany(tx);
      if (loaded && parts) await loadDemoFacts(tx, demoClient.id, at);
      if (parts) await storeEndpoints(tx, makeDemoEndpoints(parts), at);
      return { loaded, withoutHolder: await storeTokens(tx, demoClient, tokens) };
    });
  } finally {
    await db.$client.end();
  }
}

async function fillEmptyCompany(tx: Queryable): Promise<boolean> {
  const [somebody] = await tx.select({ id: people.id }).from(people).limit(1);
  if (somebody) return false;
  await tx.insert(apiClients).values(demoClient).onConflictDoNothing();
  await tx.insert(people).values([...demoPeople]);
  // Products and customers may have been imported before the first start.
  await tx
    .insert(products)
    .values(demoProducts.map((product) => ({ ...product, currency: defaultPolicy.assessment.currency })))
    .onConflictDoNothing();
  await tx
    .insert(customers)
    .values(demoCustomers.map((customer) => ({ ...customer, clientId: demoClient.id })))
    .onConflictDoNothing();
  return true;
}
