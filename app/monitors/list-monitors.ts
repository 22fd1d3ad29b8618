import type { MonitorView } from '../../contracts/http-monitors.js';
import type { Queryable } from '../../db/connect.js';
import { findMonitor, type MonitorRow, selectMonitors } from '../../db/queries/monitors.js';
import type { Page } from '../cursor.js';
import { AppError } from '../errors.js';

/** All monitors by key, with what each sees; a company has tens of them, so they are one page. */
export async function listMonitors(db: Queryable): Promise<Page<MonitorView>> {
  return { items: (await selectMonitors(db)).map(viewMonitor), next: null };
}

/** One monitor. Throws `not-found`. */
export async function getMonitor(db: Queryable, key: string): Promise<MonitorView> {
  const row = await findMonitor(db, key);
  if (!row) throw new AppError('not-found', `there is no monitor ${key}`);
  return viewMonitor(row);
}

/** A monitor as it is shown. */
export function viewMonitor({ state, ...row }: MonitorRow): MonitorView {
  const muted = new Set(Object.values(state.held ?? {}).map(({ subject }) => subject));
  const open = Object.entries(state.subjects)
    .flatMap(([subject, { openSince }]) =>
      openSince === null ? [] : [{ subject, since: openSince, muted: muted.has(subject) }],
    )
    .sort((a, b) => (a.since < b.since ? -1 : a.since > b.since ? 1 : a.subject < b.subject ? -1 : 1));
  return { ...row, blindSince: state.sight?.openSince ?? null, open };
}
