import type { Probe, ProbeResult } from '../../app/monitors/collect/collector.js';
import type { EndpointKind } from '../../domain/endpoints/shape.js';
import { probeHttp } from './probe-http.js';
import { probePostgres } from './probe-postgres.js';
import { probeTcp } from './probe-tcp.js';

/** Longer than anything healthy takes, and shorter than the time between two looks. */
const WITHIN_MS = 5_000;

/** Rejects with why there is no answer, by a code: an address may tell more than its readers need. */
export type ProbeKind = (url: URL, signal: AbortSignal) => Promise<void>;

const KINDS: Record<EndpointKind, ProbeKind> = { http: probeHttp, tcp: probeTcp, postgres: probePostgres };

/** Probes an endpoint as its kind asks (P03.1): never rejects, never takes longer than five seconds. */
export const createProbe =
  (withinMs = WITHIN_MS): Probe =>
  async ({ kind, address }): Promise<ProbeResult> => {
    const startedAt = performance.now();
    const tookMs = () => Math.round(performance.now() - startedAt);
    const signal = AbortSignal.timeout(withinMs);
    try {
      await KINDS[kind](new URL(address), signal);
      return { ok: true, tookMs: tookMs(), error: null };
    } catch (error) {
      return { ok: false, tookMs: tookMs(), error: signal.aborted ? 'timeout' : reasonOf(error) };
    }
  };

function reasonOf(error: unknown): string {
  const { code, cause, message } = error as { code?: string; cause?: { code?: string }; message?: string };
  return String(cause?.code ?? code ?? message ?? 'failed').slice(0, 100);
}
