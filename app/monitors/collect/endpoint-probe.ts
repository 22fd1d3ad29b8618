import {
  findProbedEndpoints,
  findProbes,
  insertProbes,
  type ProbedEndpoint,
} from '../../../db/queries/monitor-system.js';
import type { Sample } from '../../../domain/monitors/shape.js';
import { toEpochMs } from '../../../domain/time/instant.js';
import type { Instant } from '../../../domain/time/shape.js';
import { type Collect, windowOf } from './collector.js';

const soonestSeconds = 10;
/** Looks come a little early or late: a probe is not put off a whole look for that. */
const slackMs = 2_000;

/**
 * Probes the registered servers and endpoints whose interval is over, side by side, and writes what came of it; its
 * samples are all probes of the window (P03.1, P12.1). One that is registered and has none is unseen.
 */
export const collectEndpointProbe: Collect = async (measuring) => {
  const { db, rule, at, probe } = measuring;
  const endpoints = (await findProbedEndpoints(db)).filter(({ id }) => !rule.only || rule.only.includes(id));
  const due = endpoints.filter((endpoint) => isDue(endpoint, at));
  const found = await Promise.all(
    due.map(async (endpoint) => ({ endpoint: endpoint.id, at, ...(await probe(endpoint)) })),
  );
  await insertProbes(db, found);
  const probes = await findProbes(db, windowOf(measuring));
  return endpoints.flatMap(({ id, severityHint }): Sample[] => {
    const own = probes.filter(({ endpoint }) => endpoint === id);
    if (own.length === 0) return [{ at, subject: id, value: null }];
    const details = { facts: { endpoint: id }, severity: severityHint };
    return own.map((one) => ({ at: one.at, subject: id, value: one.ok ? 0 : 1, details }));
  });
};

function isDue({ probedAt, intervalSeconds }: ProbedEndpoint, at: Instant): boolean {
  if (probedAt === null) return true;
  const intervalMs = Math.max(intervalSeconds, soonestSeconds) * 1000;
  return toEpochMs(at) - toEpochMs(probedAt) >= intervalMs - slackMs;
}
