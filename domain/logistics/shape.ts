import { z } from 'zod';
import { orderNumberSchema } from '../order/shape.js';
import { warehouseIdSchema } from '../supply/shape.js';
import { lineText } from '../text/shape.js';
import { instantInputSchema, localDateSchema } from '../time/shape.js';

/** A carrier by the code the company uses for it: `SF`, `JD`, `DHL`. */
export const carrierSchema = z
  .string()
  .regex(/^[A-Z0-9][A-Z0-9_-]{0,19}$/, 'must be a carrier’s code in capital letters, like SF')
  .meta({ id: 'Carrier' });

export const trackingNumberSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9-]{0,49}$/, 'must be a tracking number of letters, digits and hyphens')
  .meta({ id: 'TrackingNumber' });

/** What a carrier's scan can say. A carrier's own codes are translated before they are sent here. */
export const SCAN_CODES = [
  'pickedUp',
  'departed',
  'arrived',
  'outForDelivery',
  'attemptFailed',
  'exception',
  'damaged',
  'lost',
  'returning',
  'returned',
  'signedFor',
] as const;
export const scanCodeSchema = z.enum(SCAN_CODES).meta({ id: 'ScanCode' });
export type ScanCode = z.infer<typeof scanCodeSchema>;

export const SHIPMENT_STATUSES = [
  'booked',
  'underway',
  'outForDelivery',
  'attemptFailed',
  'exception',
  'returning',
  'returned',
  'signedFor',
] as const;
export const shipmentStatusSchema = z.enum(SHIPMENT_STATUSES).meta({ id: 'ShipmentStatus' });
export type ShipmentStatus = z.infer<typeof shipmentStatusSchema>;

/** Statuses after which nothing more is expected of the carrier. */
export const ENDED_SHIPMENTS = ['signedFor', 'returned'] as const satisfies readonly ShipmentStatus[];

const scan = {
  at: instantInputSchema,
  code: scanCodeSchema,
  /** Where, in the carrier's words. */
  place: lineText(200).optional(),
};

export const scanSchema = z.strictObject(scan).meta({ id: 'Scan' });
export type Scan = z.infer<typeof scanSchema>;

/** One scan, or many of one shipment. */
export const scansInputSchema = z.union([
  scanSchema,
  z
    .strictObject({ scans: z.array(scanSchema).min(1, 'must have at least one scan').max(500) })
    .meta({ id: 'ScanBatch' }),
]);
export type ScansInput = z.infer<typeof scansInputSchema>;

/** A scan with the shipment it is of, as a carrier sends it. */
export const carrierScanSchema = z
  .strictObject({ carrier: carrierSchema, trackingNumber: trackingNumberSchema, ...scan })
  .meta({ id: 'CarrierScan' });
export type CarrierScan = z.infer<typeof carrierScanSchema>;

/** What leaves for a customer (P09.3). */
export const shipmentInputSchema = z
  .strictObject({
    carrier: carrierSchema,
    trackingNumber: trackingNumberSchema,
    order: orderNumberSchema,
    warehouse: warehouseIdSchema,
    /** The day the carrier promised to deliver on. */
    promisedDay: localDateSchema,
    /** Until when the courier was to fetch it; past it without a scan, the courier did not come (P18.4). */
    pickupBy: instantInputSchema.optional(),
  })
  .meta({ id: 'NewShipment' });
export type ShipmentInput = z.infer<typeof shipmentInputSchema>;
