import { findIncidentTarget } from '../../db/queries/incidents.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import type { AppContext } from '../context.js';
import { AppError } from '../errors.js';
import { readPlaybook } from '../playbooks/view-revision.js';

/** An incident that something is to be done to, and the playbook of the revision it goes by. */
export interface RunningIncident {
  number: string;
  ownerId: string | null;
  playbook: Playbook;
  /** Decisions that are open: the step, and whose they are. */
  decisions: { step: string | null; role: string; assigneeId: string | null }[];
}

/** Throws `not-found`, and `incident-ended` for one that is archived, a false alarm, or left to routine handling. */
export async function findRunningIncident(
  { db }: Pick<AppContext, 'db'>,
  number: string,
): Promise<RunningIncident> {
  const found = await findIncidentTarget(db, number);
  if (!found) throw new AppError('not-found', `there is no incident ${number.slice(0, 40)}`);
  const { ownerId, phase, endedAt, decisions } = found;
  if (endedAt) throw new AppError('incident-ended', `incident ${number} is ${phase}`);
  return { number, ownerId, decisions, playbook: readPlaybook(found) };
}
