import { sql } from 'drizzle-orm';
import type { Database } from '../../db/connect.js';
import { insertAll, newRows } from '../../db/queries/insert-all.js';
import { audit, monitors } from '../../db/schema/index.js';
import { defaultMonitors } from '../../domain/monitors/defaults.js';
import { untouchedMonitor } from '../../domain/monitors/evaluate-monitor.js';
import type { MonitorRule } from '../../domain/monitors/shape.js';
import type { Instant } from '../../domain/time/shape.js';
import { PRODUCT } from '../playbooks/publish-built-ins.js';

/**
 * Puts the rules that come with the product on record, at the start of every worker (P12.1): one that is not there yet is
 * added, one that nobody has edited follows its built-in. What the company has set is never overwritten.
 */
export async function addBuiltInMonitors(
  db: Database,
  at: Instant,
  builtIns: readonly MonitorRule[] = defaultMonitors,
): Promise<void> {
  for (const rule of builtIns) {
    await db.transaction(async (tx) => {
      const { key } = rule;
      const [changed] = await tx
        .insert(monitors)
        .values({ key, rule, state: untouchedMonitor, updatedBy: PRODUCT, updatedAt: at })
        .onConflictDoUpdate({
          target: monitors.key,
          set: { rule, revision: sql`${monitors.revision} + 1`, updatedAt: at },
          setWhere: sql`${monitors.updatedBy} = ${PRODUCT} and ${monitors.rule} <> excluded.rule`,
        })
        .returning({ revision: monitors.revision });
      if (!changed) return;
      await insertAll(tx, [
        newRows(audit, [
          {
            key: `monitor/${key}/built-in/${changed.revision}`,
            at,
            subject: `monitor/${key}`,
            actor: PRODUCT,
            credential: 'builtIn',
            action: 'putMonitor',
            detail: changed,
          },
        ]),
      ]);
    });
  }
}
