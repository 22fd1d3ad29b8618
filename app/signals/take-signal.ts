import { sql } from 'drizzle-orm';
import type { SignalAnswer, SignalBody } from '../../contracts/http-signals.js';
import type { Queryable } from '../../db/connect.js';
import { lockOpenIncident } from '../../db/queries/incidents.js';
import { audit } from '../../db/schema/index.js';
import { mapAlert } from '../../domain/signals/map-alert.js';
import type { Alert, SignalMap } from '../../domain/signals/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import type { CommandRow } from '../idempotency.js';
import { storeReport } from '../incidents/report-incident.js';
import { recordFaultOver } from '../monitors/record-fault-over.js';
import type { SystemPrincipal } from '../principal.js';
import { startNow } from '../start-now.js';
import { alertsOf } from './alerts-of.js';
import { findSignalMap } from './signal-maps.js';

/**
 * A sender tries again within seconds. After this the same bytes are news: an alert that is still firing when its incident
 * was resolved by hand is a fault that came back.
 */
const SAME_WITHIN_MS = 5 * 60_000;

export interface Delivered {
  source: string;
  /** Of its bytes. */
  id: string;
  body: SignalBody;
}

type AlertOutcome = SignalAnswer['alerts'][number];
type Signalling = Pick<AppContext, 'now' | 'publicUrl'>;

/**
 * Takes a delivery of alerts whose sender was checked: each that fires is a report, which joins the open incident of its
 * fault; each that is resolved is noted on it (P12.1). All of it in one transaction, or nothing; the same delivery once.
 * Throws `invalid-input` where the sender itself names a type without a playbook in force.
 */
export async function takeSignal(ctx: AppContext, { source, id, body }: Delivered): Promise<SignalAnswer> {
  const at = ctx.now().toISOString();
  const starts: CommandRow[] = [];
  const answer = await ctx.db.transaction(async (tx): Promise<SignalAnswer> => {
    const alerts = alertsOf(body);
    if (!(await claim(tx, { source, id, at }))) {
      const outcomes = alerts.map(({ status }) => ({ status, incident: null, joined: false }));
      return { repeated: true, alerts: outcomes };
    }
    const map = await findSignalMap(tx, source);
    const outcomes = new Map<Alert, AlertOutcome>();
    // One of several alerts of a fault is over: the fault is not.
    const noted = new Set(
      alerts.flatMap((alert) => (alert.status === 'firing' ? mapAlert(alert, map, source).dedupKey : [])),
    );
    // Two deliveries at one moment come to the same incidents in one order.
    const ordered = [...alerts].sort((a, b) => (a.fingerprint < b.fingerprint ? -1 : 1));
    for (const [index, alert] of ordered.entries()) {
      const taken = { alert, map, source, key: `${id}/${at}/${index}`, at, noted };
      const { outcome, start } = await takeAlert(tx, ctx, taken);
      outcomes.set(alert, outcome);
      if (start) starts.push(start);
    }
    const listed = alerts.flatMap((alert) => outcomes.get(alert) ?? []);
    await tx.insert(audit).values({
      key: `signal/${source}/${id}/${at}`,
      at,
      subject: `signal/${source}`,
      actor: `signal/${source}`,
      credential: 'signature',
      action: 'takeSignal',
      detail: { delivery: id, alerts: alerts.length, incidents: listed.map(({ incident }) => incident) },
    });
    return { repeated: false, alerts: listed };
  });
  for (const start of starts) await startNow(ctx, start);
  return answer;
}

interface Taken {
  alert: Alert;
  map: SignalMap;
  source: string;
  /** Of this alert in this delivery. */
  key: string;
  at: Instant;
  /** Keys of faults that still fire, or whose end is noted already. */
  noted: Set<string>;
}

async function takeAlert(
  tx: Queryable,
  ctx: Signalling,
  taken: Taken,
): Promise<{ outcome: AlertOutcome; start?: CommandRow }> {
  const { alert, map, source, at, noted } = taken;
  const report = mapAlert(alert, map, source);
  const { status } = alert;
  if (status === 'resolved') {
    const open = await lockOpenIncident(tx, report.dedupKey);
    if (open && !noted.has(report.dedupKey)) {
      noted.add(report.dedupKey);
      await recordFaultOver(tx, { dedupKey: report.dedupKey, by: `signal/${source}`, at });
    }
    return { outcome: { status, incident: open?.number ?? null, joined: false } };
  }
  const { number, joined, command } = await store(tx, ctx, taken, report);
  return { outcome: { status, incident: number, joined }, start: command };
}

async function store(tx: Queryable, ctx: Signalling, taken: Taken, report: ReturnType<typeof mapAlert>) {
  const { alert, source, key: idempotencyKey } = taken;
  const name = `signal/${source}`;
  const principal: SystemPrincipal = { kind: 'system', id: name, credentialId: name, credential: 'key' };
  try {
    return await storeReport(tx, ctx, { principal, body: report, idempotencyKey });
  } catch (error) {
    // A type that the map gives, and that was retired since: an alert is never dropped.
    if (!(error instanceof AppError) || alert.said.type !== undefined || report.type === 'system-failure')
      throw error;
    const general = { ...report, type: 'system-failure', severity: 1 as const };
    return storeReport(tx, ctx, { principal, body: general, idempotencyKey: `${idempotencyKey}/general` });
  }
}

/** Whether the delivery is new, or the last one like it is long ago. */
async function claim(
  tx: Queryable,
  { source, id, at }: { source: string; id: string; at: Instant },
): Promise<boolean> {
  const since = new Date(Date.parse(at) - SAME_WITHIN_MS).toISOString();
  const { rowCount } = await tx.execute(sql`
    insert into webhook_deliveries (source, id, received_at) values (${`signal/${source}`}, ${id}, ${at}::timestamptz)
    on conflict (source, id) do update set received_at = excluded.received_at
      where webhook_deliveries.received_at <= ${since}::timestamptz`);
  return rowCount === 1;
}
