import { z } from 'zod';
import { TASK_FORMS, type TaskKind } from '../contracts/forms.js';
import type { EvaluationView, TaskView } from '../contracts/http-tasks.js';
import type { Queryable } from '../db/connect.js';
import { findOpenProposal, findTask, selectEvaluations } from '../db/queries/tasks.js';
import type { EvaluationForm } from '../domain/evaluation/shape.js';
import { POINTS } from '../domain/order/shape.js';
import { AppError } from './errors.js';
import { getOrder } from './get-order.js';
import { listQuestions } from './list-questions.js';
import { toTaskSummary } from './list-tasks.js';
import type { Principal } from './principal.js';

/**
 * A task with the form that finishes it, as a JSON schema, and what a person needs to do so: the order in short, the
 * questions to the customer with their answers, the evaluations so far with their objections, the open proposal.
 * Throws `not-found`.
 */
export async function getTask(db: Queryable, id: string, viewer: Principal): Promise<TaskView> {
  const found = await findTask(db, id);
  if (!found?.task.orderNumber) throw new AppError('not-found', `there is no task ${id}`);
  const number = found.task.orderNumber;
  const [order, questions, evaluations, proposal] = await Promise.all([
    getOrder(db, number, viewer),
    listQuestions(db, number, viewer),
    selectEvaluations(db, number),
    findOpenProposal(db, number),
  ]);
  const { lines, specialRequirements, process, shippingMethod, groundStatement } = order;
  return {
    ...toTaskSummary(found, viewer),
    facts: found.task.facts,
    form: formOf(found.task.kind as TaskKind),
    orderSummary: order,
    lines,
    specialRequirements,
    process,
    shippingMethod,
    groundStatement,
    questions: questions.items,
    evaluations: evaluations.map(toEvaluationView),
    proposal: proposal ?? null,
    result: found.task.result ?? null,
  };
}

function toEvaluationView({
  task,
  finisherName,
}: Awaited<ReturnType<typeof selectEvaluations>>[number]): EvaluationView {
  const { points } = task.result as EvaluationForm;
  return {
    task: task.id,
    department: task.department,
    round: task.round,
    by: task.finishedBy === null ? null : { id: task.finishedBy, name: finisherName ?? task.finishedBy },
    at: task.finishedAt,
    points,
    objections: POINTS.filter((point) => points[point]?.ok === false),
  };
}

const forms = new Map<TaskKind, Record<string, unknown>>();

// Without the names of the OpenAPI components: the schema stands on its own, with nothing to look up elsewhere.
const unnamed = z.registry<object>();

/** The form of a kind of task as a JSON schema of what is sent; the same one each time. */
function formOf(kind: TaskKind): Record<string, unknown> {
  const known = forms.get(kind);
  if (known) return known;
  const form = z.toJSONSchema(TASK_FORMS[kind], {
    io: 'input',
    unrepresentable: 'any',
    metadata: unnamed,
  }) as Record<string, unknown>;
  forms.set(kind, form);
  return form;
}
