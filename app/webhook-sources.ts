import { WEBHOOK_KINDS, type WebhookKind } from '../contracts/http-webhooks.js';

/**
 * Alerts beside facts: `signals` signs them as any other webhook; `alertmanager` is Prometheus' Alertmanager, which cannot
 * sign and sends the secret as its bearer credential.
 */
export const SIGNAL_KINDS = ['signals', 'alertmanager'] as const;
export type SourceKind = WebhookKind | (typeof SIGNAL_KINDS)[number];
const SOURCE_KINDS: readonly string[] = [...WEBHOOK_KINDS, ...SIGNAL_KINDS];

/** A system that sends signed webhooks: its secret, and what it may send. */
export interface WebhookSource {
  name: string;
  secret: string;
  kinds: readonly SourceKind[];
}

/** Whether a source sends alerts. */
export const mayDeliverSignals = ({ kinds }: WebhookSource): boolean =>
  SIGNAL_KINDS.some((kind) => kinds.includes(kind));

/** Sources by their names. */
export type WebhookSources = ReadonlyMap<string, WebhookSource>;

const PREFIX = 'WEBHOOK_SOURCE_';
const SHORTEST_SECRET = 32;

/**
 * The sources that variables like `WEBHOOK_SOURCE_SF_EXPRESS=scans:<secret>` name: that one is `sf-express`. What a
 * source may send stands before its secret, joined by a plus. A wrong one is added to `problems`, never its value.
 */
export function readWebhookSources(
  given: Readonly<Record<string, string>>,
  problems: { name: string; mustBe: string }[],
): WebhookSources {
  const sources = new Map<string, WebhookSource>();
  for (const [variable, text] of Object.entries(given)) {
    if (!variable.startsWith(PREFIX)) continue;
    const name = variable.slice(PREFIX.length).toLowerCase().replaceAll('_', '-');
    const colon = text.indexOf(':');
    const kinds = text.slice(0, Math.max(colon, 0)).split('+');
    const secret = text.slice(colon + 1);
    const isRight =
      /^[a-z0-9][a-z0-9-]{0,39}$/.test(name) && kinds.every(isKind) && secret.length >= SHORTEST_SECRET;
    if (isRight) sources.set(name, { name, secret, kinds: kinds.filter(isKind) });
    else {
      const mustBe = `must be like scans+stock:<secret>: of ${SOURCE_KINDS.join(', ')}, and a secret of at least ${SHORTEST_SECRET} characters`;
      problems.push({ name: variable, mustBe });
    }
  }
  return sources;
}

const isKind = (text: string): text is SourceKind => SOURCE_KINDS.includes(text);
