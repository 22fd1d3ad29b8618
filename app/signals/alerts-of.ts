import { createHash } from 'node:crypto';
import type { SignalBody } from '../../contracts/http-signals.js';
import type { Alert } from '../../domain/signals/shape.js';

/** The alerts of a delivery, whichever form it has. Of our own form, what it names are its labels. */
export function alertsOf(body: SignalBody): Alert[] {
  if ('alerts' in body) {
    return body.alerts.map(({ status, fingerprint, labels, annotations }) => ({
      status,
      fingerprint,
      labels,
      annotations,
      said: {},
    }));
  }
  const { status, key, type, severity, facts, summary, orders } = body;
  const named = Object.entries(facts ?? {}).map(([name, value]) => [name, String(value)] as const);
  return [
    {
      status,
      fingerprint: key,
      labels: { ...Object.fromEntries(named), key, ...(type && { type }) },
      annotations: { summary },
      said: {
        summary,
        ...(type && { type }),
        ...(severity && { severity }),
        ...(facts && { facts }),
        ...(orders && { orders }),
      },
    },
  ];
}

/** What tells one delivery from another: its bytes, and when they were signed. */
export function deliveryId(body: Uint8Array, timestamp: string | undefined): string {
  return createHash('sha256')
    .update(`${timestamp ?? ''}.`)
    .update(body)
    .digest('hex');
}
