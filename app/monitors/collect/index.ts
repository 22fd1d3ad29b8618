import type { MonitorKind, Sample } from '../../../domain/monitors/shape.js';
import { toLoggedError } from '../../create-log.js';
import type { Collect, Measuring } from './collector.js';
import { collectCourierNoPickup } from './courier-no-pickup.js';
import { collectEndpointProbe } from './endpoint-probe.js';
import { collectFailureRate } from './failure-rate.js';
import { collectPastPromise } from './past-promise.js';
import { collectPaymentFailures } from './payment-failures.js';
import { collectProcessingTime } from './processing-time.js';
import { collectReceiptOverdue } from './receipt-overdue.js';
import { collectScansMissing } from './scans-missing.js';
import { collectStockBelowLevel } from './stock-below-level.js';
import { collectSupplierSilent } from './supplier-silent.js';
import { collectUnsentNotices } from './unsent-notices.js';

/** How each kind is measured; a new kind is its file and a line here. */
const COLLECTORS: Record<MonitorKind, Collect> = {
  processingTime: collectProcessingTime,
  failureRate: collectFailureRate,
  pastPromise: collectPastPromise,
  supplierSilent: collectSupplierSilent,
  receiptOverdue: collectReceiptOverdue,
  stockBelowLevel: collectStockBelowLevel,
  paymentFailures: collectPaymentFailures,
  scansMissing: collectScansMissing,
  courierNoPickup: collectCourierNoPickup,
  endpointProbe: collectEndpointProbe,
  unsentNotices: collectUnsentNotices,
};

/** What a look measured; `error` says why it could not, and then its one sample says that nothing was seen (P12.1). */
export async function collectSamples(
  measuring: Measuring,
): Promise<{ samples: Sample[]; error: string | null }> {
  const { rule, at } = measuring;
  try {
    const samples = await COLLECTORS[rule.kind](measuring);
    const { only } = rule;
    const wanted = only
      ? samples.filter(({ subject }) => subject === undefined || only.includes(subject))
      : samples;
    return { samples: wanted, error: null };
  } catch (error) {
    return { samples: [{ at, value: null }], error: describe(error) };
  }
}

/** Without the values of a query that failed: everybody on the staff reads it. */
function describe(error: unknown): string {
  const { type, message, cause } = toLoggedError(error);
  return [`${type}: ${message}`, cause && `${cause.type} ${cause.code ?? ''}: ${cause.message}`]
    .filter(Boolean)
    .join('; ')
    .slice(0, 500);
}
