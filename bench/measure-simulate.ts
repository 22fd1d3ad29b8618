import type { AppContext } from '../app/context.js';
import { simulateRevision } from '../app/playbooks/simulate-revision.js';
import { BUILT_IN_PLAYBOOKS } from '../domain/playbooks/index.js';

/** How long it takes to simulate all built-in playbooks at the highest level, one after the other; seconds. */
export async function measureSimulate(ctx: AppContext): Promise<number> {
  const since = performance.now();
  for (const { type } of BUILT_IN_PLAYBOOKS) await simulateRevision(ctx, type, { severity: 3, draft: false });
  return (performance.now() - since) / 1000;
}
