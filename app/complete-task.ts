import { eq, sql } from 'drizzle-orm';
import { TASK_FORMS, type TaskKind } from '../contracts/forms.js';
import { gistOf } from '../contracts/messages.js';
import { prepareOnce } from '../db/prepare-once.js';
import { orders, tasks } from '../db/schema/index.js';
import { checkFormTimes } from './check-form-times.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { toFieldErrors } from './field-errors.js';
import { findRepeated } from './idempotency.js';
import { holdsRole, type Principal } from './principal.js';
import { rolesForTask } from './record/task-rights.js';
import { submitSignature } from './sign-off.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';

export interface CompleteTaskRequest {
  principal: Principal;
  taskId: string;
  /** The form itself, unchecked: which one, the task says. */
  form: unknown;
  idempotencyKey?: string;
}

const askedTask = prepareOnce((db) =>
  db
    .select({ task: tasks, customerId: orders.customerId, policyRevision: orders.policyRevision })
    .from(tasks)
    .innerJoin(orders, eq(orders.number, tasks.orderNumber))
    .where(eq(tasks.id, sql.placeholder('taskId')))
    .prepare('asked-task'),
);

/**
 * Finishes a human step (design §3.4). What can be told at once is told at once: no such task, not this role, not open
 * any more, fields that are wrong. The record transaction has the last word.
 * Throws AppError `not-found`, `forbidden`, `task-not-open`, `invalid-input`, or the workflow's refusal.
 */
export async function completeTask(ctx: AppContext, request: CompleteTaskRequest): Promise<CommandAnswer> {
  const { principal, taskId, form, idempotencyKey } = request;
  const route = `POST /v1/tasks/${taskId}/complete`;
  const repeated = await findRepeated(ctx.db, { principal, route, key: idempotencyKey, body: form });
  if (repeated) return answerOf(repeated);
  const [found] = await askedTask(ctx.db).execute({ taskId });
  if (!found) throw new AppError('not-found', `there is no task ${taskId.slice(0, 100)}`);
  const { task } = found;
  const isCustomers = principal.kind === 'customer' && principal.id === found.customerId;
  if (!isCustomers && !holdsRole(principal, rolesForTask(task))) {
    throw new AppError('forbidden', `${rolesForTask(task).join(' or ')} may finish this task`);
  }
  if (task.state !== 'open') throw new AppError('task-not-open', `task ${taskId} is ${task.state}`);
  const kind = task.kind as TaskKind;
  const parsed = TASK_FORMS[kind].safeParse(form);
  if (!parsed.success) {
    const errors = toFieldErrors(parsed.error);
    throw new AppError(
      'invalid-input',
      errors[0] ? `${errors[0].field}: ${errors[0].message}` : 'unreadable',
      errors,
    );
  }
  await checkFormTimes(ctx, found, parsed.data);
  const identity = { principal, route, key: idempotencyKey, body: form, target: task.workflowId };
  if (kind === 'signOff') return submitSignature(ctx, identity, TASK_FORMS.signOff.parse(form));
  return submitCommand(ctx, {
    ...identity,
    form: parsed.data,
    name: 'completeTask',
    message: { task: taskId, gist: gistOf(kind, parsed.data as never) },
  });
}
