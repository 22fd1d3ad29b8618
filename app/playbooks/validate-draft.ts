import type { PlaybookCheckView } from '../../contracts/http-playbooks.js';
import type { Queryable } from '../../db/connect.js';
import { validatePlaybook } from '../../domain/playbooks/validate-playbook.js';
import { loadStaff } from '../record/staff.js';
import { countHolders } from './count-holders.js';
import { requireRevision } from './require-revision.js';

/** What stands against publishing the draft (P13.5), by who holds which role now. Throws `not-found`. */
export async function validateDraft(db: Queryable, type: string): Promise<PlaybookCheckView> {
  const { revision, playbook } = await requireRevision(db, type, 'draft');
  const { problems } = validatePlaybook(playbook, { holders: countHolders(await loadStaff(db)) });
  return { type, revision, valid: problems.length === 0, problems };
}
