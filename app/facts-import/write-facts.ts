import type { Queryable } from '../../db/connect.js';
import { takeNumbers } from '../../db/queries/record-numbers.js';
import { addScans, findTracked } from '../../db/queries/shipments.js';
import { writeCounts } from '../../db/queries/stock.js';
import { upsertRows, type Written } from '../../db/queries/upsert-rows.js';
import { endpoints, shipments, supplierOffers, suppliers, warehouses } from '../../db/schema/index.js';
import type { Instant, LocalDate } from '../../domain/time/shape.js';
import { AppError } from '../errors.js';
import { writePayments } from '../facts/record-payment.js';
import { ImportRefused } from '../import-refused.js';
import type { ImportTable } from '../import-table.js';
import type { FactPart } from './facts-mapping.js';
import { onlyMapped } from './only-mapped.js';
import type { ReadFacts } from './read-facts.js';
import { writePurchases } from './write-purchases.js';

export interface FactsRun {
  at: Instant;
  /** Of the company's zone. */
  today: LocalDate;
  tables: Partial<Record<FactPart, ImportTable>>;
}

/** Writes checked facts in the order in which one refers to another; gives how many of each part were new or changed. */
export async function writeFacts(
  tx: Queryable,
  facts: ReadFacts,
  run: FactsRun,
): Promise<Record<FactPart, Written>> {
  return {
    warehouses: await writeWarehouses(tx, facts, run),
    suppliers: await writeSuppliers(tx, facts, run),
    offers: await upsertRows(
      tx,
      supplierOffers,
      facts.offers.map(({ record: { supplier, ...offer } }) => ({ supplierNumber: supplier, ...offer })),
      { key: [supplierOffers.supplierNumber, supplierOffers.sku] },
    ),
    stock: await writeStock(tx, facts, run),
    ...(await writePurchases(tx, facts, run)),
    shipments: await writeShipments(tx, facts, run),
    scans: await writeScans(tx, facts, run),
    payments: await importPayments(tx, facts, run),
    endpoints: await upsertRows(
      tx,
      endpoints,
      facts.endpoints.map(({ record: { owner, ...endpoint } }) => ({ ownerId: owner, ...endpoint })),
      { key: [endpoints.id], onInsert: { updatedAt: run.at }, onChange: { updatedAt: run.at } },
    ),
  };
}

function writeWarehouses(tx: Queryable, facts: ReadFacts, { tables }: FactsRun): Promise<Written> {
  return upsertRows(
    tx,
    warehouses,
    facts.warehouses.map(({ record }) => onlyMapped(tables.warehouses, record, { country: 'CN' })),
    { key: [warehouses.id], onInsert: { country: 'CN' } },
  );
}

function writeSuppliers(tx: Queryable, facts: ReadFacts, { tables, at }: FactsRun): Promise<Written> {
  const empty = { locale: 'zh-CN', standing: 'approved', capabilities: [] };
  return upsertRows(
    tx,
    suppliers,
    facts.suppliers.map(({ record }) => onlyMapped(tables.suppliers, record, empty)),
    {
      key: [suppliers.number],
      onInsert: { standing: 'approved', createdAt: at, updatedAt: at },
      onChange: { updatedAt: at },
    },
  );
}

/** A count older than the one on record changes nothing; a level that no column states stays. */
async function writeStock(tx: Queryable, facts: ReadFacts, { at }: FactsRun): Promise<Written> {
  const counts = facts.stock.map(({ record }) => ({ ...record, countedAt: record.countedAt ?? at }));
  const written = await writeCounts(tx, counts);
  const added = written.filter(({ isNew }) => isNew).length;
  return { new: added, changed: written.length - added };
}

async function writeShipments(tx: Queryable, facts: ReadFacts, { at, today }: FactsRun): Promise<Written> {
  const records = facts.shipments.map(({ record }) => record);
  const known = await findTracked(tx, records);
  const idOf = ({ carrier, trackingNumber }: { carrier: string; trackingNumber: string }) =>
    known.get(`${carrier} ${trackingNumber}`);
  const fresh = records.filter((record) => idOf(record) === undefined).length;
  const ids = fresh > 0 ? await takeNumbers(tx, 'SH', today, fresh) : [];
  return upsertRows(
    tx,
    shipments,
    records.map(({ order, warehouse, pickupBy, ...shipment }) => ({
      id: idOf(shipment) ?? ids.shift(),
      ...shipment,
      orderNumber: order,
      warehouseId: warehouse,
      pickupBy: pickupBy ?? null,
    })),
    { key: [shipments.carrier, shipments.trackingNumber], onInsert: { status: 'booked', createdAt: at } },
  );
}

async function writeScans(tx: Queryable, facts: ReadFacts, { at }: FactsRun): Promise<Written> {
  const records = facts.scans.map(({ record }) => record);
  if (records.length === 0) return { new: 0, changed: 0 };
  const known = await findTracked(tx, records);
  const scans = records.map(({ carrier, trackingNumber, ...scan }) => ({
    ...scan,
    shipmentId: known.get(`${carrier} ${trackingNumber}`) ?? '',
  }));
  return { new: await addScans(tx, scans, at), changed: 0 };
}

/** Throws ImportRefused for a payment that says otherwise than the record, by row and column. */
async function importPayments(
  tx: Queryable,
  { payments }: ReadFacts,
  { at, tables }: FactsRun,
): Promise<Written> {
  const records = payments.map(({ record }) => record);
  try {
    const outcomes = await writePayments(tx, records, at, (index) => `${index}.`);
    const changed = outcomes.filter((outcome) => outcome.changed);
    const added = changed.filter(({ before }) => before === undefined).length;
    return { new: added, changed: changed.length - added };
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    throw new ImportRefused(
      error.errors.map(({ field, message }) => {
        const [index = '', name = ''] = field.split('.');
        const column = name === 'amountMinor' ? 'amount' : name;
        const line = payments[Number(index)]?.row.line;
        return `${tables.payments?.file}:${line}: ${tables.payments?.columns[column] ?? column} ${message}`;
      }),
    );
  }
}
