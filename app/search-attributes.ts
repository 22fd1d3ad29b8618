import type { Connection } from '@temporalio/client';

/**
 * The search attributes of Redmark's workflows and their types, by Temporal's own words. Each is a code or a number;
 * personal data goes into none of them, for they are never encrypted.
 */
export const searchAttributes = {
  OrderClass: 'Keyword',
  OrderPhase: 'Keyword',
  IncidentType: 'Keyword',
  Severity: 'Int',
  DueAt: 'Datetime',
  Breached: 'Bool',
  Red: 'Bool',
  CustomerTier: 'Keyword',
  Drill: 'Bool',
  Owner: 'Keyword',
} as const;

// The numbers of temporal.api.enums.v1.IndexedValueType.
const indexedValueType = { Keyword: 2, Int: 3, Bool: 5, Datetime: 6 } as const;
type Name = keyof typeof searchAttributes;

/** Asks the server to make these search attributes, all unless named; it may take a moment before it lists them. */
export async function addSearchAttributes(
  connection: Connection,
  namespace: string,
  names: readonly Name[] = Object.keys(searchAttributes) as Name[],
): Promise<void> {
  const wanted = names.map((name) => [name, indexedValueType[searchAttributes[name]]]);
  await connection.operatorService.addSearchAttributes({
    namespace,
    searchAttributes: Object.fromEntries(wanted),
  });
}

/**
 * Registers the search attributes that are missing and waits until they can be listed: a start that names an
 * unregistered one fails. Throws with their names when the server does not let them be made (Temporal Cloud: its
 * console makes them) or still does not list them after `withinMs`.
 */
export async function registerSearchAttributes(
  connection: Connection,
  namespace: string,
  withinMs = 30_000,
): Promise<void> {
  const stopAt = Date.now() + withinMs;
  let missing = await listMissing(connection, namespace);
  let refusal = '';
  while (missing.length > 0) {
    await addSearchAttributes(connection, namespace, missing).catch((error: Error) => {
      refusal = error.message;
    });
    missing = await listMissing(connection, namespace);
    if (missing.length === 0) return;
    if (Date.now() > stopAt) {
      throw new Error(`Temporal lacks the search attributes ${missing.join(', ')}. ${refusal}`.trim());
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function listMissing(connection: Connection, namespace: string) {
  const { customAttributes = {} } = await connection.operatorService.listSearchAttributes({ namespace });
  const names = Object.keys(searchAttributes) as Name[];
  return names.filter((name) => !(name in customAttributes));
}
