import type { AppContext } from '../app/context.js';
import type { WarningSource } from '../app/get-readiness.js';
import type { Links } from '../app/links.js';
import type { CallCounter } from '../app/monitors/call-counter.js';
import type { WebhookSources } from '../app/webhook-sources.js';

/** What the API is built from; `api/server.ts` and the tests construct it. */
export interface ApiDeps {
  ctx: AppContext;
  /** Opens the signed links of the public pages. */
  links: Links;
  /** Whether people's development tokens count: in the embedded default alone. */
  developmentTokens: boolean;
  /** What the readiness answer shows beside its own checks. */
  warningSources: readonly WarningSource[];
  /** Who may send signed webhooks; nobody where absent. */
  webhooks?: WebhookSources;
  /** Counts what is answered, for the failure rate; nothing is counted where absent. */
  calls?: CallCounter;
}
