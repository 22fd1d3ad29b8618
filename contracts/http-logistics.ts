import { z } from 'zod';
import { scanCodeSchema, shipmentStatusSchema } from '../domain/logistics/shape.js';
import { instantSchema, localDateSchema } from '../domain/time/shape.js';

/** A carrier's scan, as it stands on record. */
export const scanViewSchema = z
  .object({ at: instantSchema, code: scanCodeSchema, place: z.string().nullable() })
  .meta({ id: 'ScanView' });

/** A shipment with its scans, oldest first. */
export const shipmentViewSchema = z
  .object({
    id: z.string(),
    carrier: z.string(),
    trackingNumber: z.string(),
    order: z.string(),
    warehouse: z.string(),
    promisedDay: localDateSchema,
    pickupBy: instantSchema.nullable(),
    status: shipmentStatusSchema,
    lastScanAt: instantSchema.nullable(),
    /** Whether the promised day has passed and it was neither signed for nor returned. */
    overdue: z.boolean(),
    scans: z.array(scanViewSchema),
    createdAt: instantSchema,
  })
  .meta({ id: 'Shipment' });
export type ShipmentView = z.infer<typeof shipmentViewSchema>;
