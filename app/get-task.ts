import { z } from 'zod';
import type { TaskView } from '../contracts/http-tasks.js';
import type { Database } from '../db/connect.js';
import { findAskedTask, findTask } from '../db/queries/tasks.js';
import { AppError } from './errors.js';
import { toTaskSummary } from './list-tasks.js';
import type { Principal } from './principal.js';
import { subjectOf } from './tasks/subject-of.js';

/** What a task shows of the thing it is of; each kind of thing fills in its own part. */
const NOTHING = {
  orderSummary: null,
  incidentSummary: null,
  chase: null,
  step: null,
  causes: [],
  team: [],
  lines: [],
  specialRequirements: null,
  process: null,
  shippingMethod: null,
  groundStatement: null,
  questions: [],
  evaluations: [],
  proposal: null,
};

/**
 * A task with the form that finishes it, as a JSON schema, and what a person needs to do so: of an order its lines,
 * questions, evaluations, and open proposal; of an incident where it stands, and what the playbook asks for; of what is
 * chased, what that is.
 * Throws `not-found`.
 */
export async function getTask(db: Database, id: string, viewer: Principal): Promise<TaskView> {
  const [found, asked] = await Promise.all([findTask(db, id), findAskedTask(db, id)]);
  if (!found || !asked) throw new AppError('not-found', `there is no task ${id}`);
  const subject = subjectOf(found.task);
  return {
    ...toTaskSummary(found, viewer),
    ...NOTHING,
    ...(await subject.show(db, asked, viewer)),
    facts: found.task.facts,
    form: toSchema(subject.formOf(asked)),
    result: found.task.result ?? null,
  };
}

const schemas = new WeakMap<z.ZodType, Record<string, unknown>>();

// Without the names of the OpenAPI components: the schema stands on its own, with nothing to look up elsewhere.
const unnamed = z.registry<object>();

/** A form as a JSON schema of what is sent; that of a form which is the same for all its tasks is made once. */
function toSchema(form: z.ZodType): Record<string, unknown> {
  const known = schemas.get(form);
  if (known) return known;
  const schema = z.toJSONSchema(form, {
    io: 'input',
    unrepresentable: 'any',
    metadata: unnamed,
  }) as Record<string, unknown>;
  schemas.set(form, schema);
  return schema;
}
