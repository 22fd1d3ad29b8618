import { findAskedTask } from '../db/queries/tasks.js';
import type { AppContext } from './context.js';
import { AppError } from './errors.js';
import { toFieldErrors } from './field-errors.js';
import { findRepeated } from './idempotency.js';
import type { Principal } from './principal.js';
import { answerOf, type CommandAnswer, submitCommand } from './submit-command.js';
import { subjectOf } from './tasks/subject-of.js';

export interface CompleteTaskRequest {
  principal: Principal;
  taskId: string;
  /** The form itself, unchecked: which one, the task says. */
  form: unknown;
  idempotencyKey?: string;
}

/**
 * Finishes a human step (design §3.4), whatever it is of. What can be told at once is told at once: no such task, not
 * this role, not open any more, fields that are wrong. The record transaction has the last word.
 * Throws AppError `not-found`, `forbidden`, `task-not-open`, `invalid-input`, or the workflow's refusal.
 */
export async function completeTask(ctx: AppContext, request: CompleteTaskRequest): Promise<CommandAnswer> {
  const { principal, taskId, form, idempotencyKey } = request;
  const route = `POST /v1/tasks/${taskId}/complete`;
  const repeated = await findRepeated(ctx.db, { principal, route, key: idempotencyKey, body: form });
  if (repeated) return answerOf(repeated);
  const asked = await findAskedTask(ctx.db, taskId);
  if (!asked) throw new AppError('not-found', `there is no task ${taskId.slice(0, 100)}`);
  const { task } = asked;
  const subject = subjectOf(task);
  const refused = subject.refuse(asked, principal);
  if (refused) throw new AppError('forbidden', refused);
  if (task.state !== 'open') throw new AppError('task-not-open', `task ${taskId} is ${task.state}`);
  const parsed = subject.formOf(asked).safeParse(form);
  if (!parsed.success) {
    const errors = toFieldErrors(parsed.error);
    throw new AppError(
      'invalid-input',
      errors[0] ? `${errors[0].field}: ${errors[0].message}` : 'unreadable',
      errors,
    );
  }
  const read = parsed.data as object;
  await subject.check(ctx, asked, read);
  return submitCommand(ctx, {
    principal,
    route,
    key: idempotencyKey,
    body: form,
    target: task.workflowId,
    form: read,
    ...subject.messageOf(asked, read),
  });
}
