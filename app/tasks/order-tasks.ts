import { TASK_FORMS, type TaskForm, type TaskKind } from '../../contracts/forms.js';
import type { EvaluationView, TaskView } from '../../contracts/http-tasks.js';
import { gistOf } from '../../contracts/messages.js';
import type { Queryable } from '../../db/connect.js';
import { findOpenProposal, selectEvaluations } from '../../db/queries/tasks.js';
import type { EvaluationForm } from '../../domain/evaluation/shape.js';
import { POINTS } from '../../domain/order/shape.js';
import { checkFormTimes } from '../check-form-times.js';
import { getOrder } from '../get-order.js';
import { listQuestions } from '../list-questions.js';
import { holdsRole, type Principal } from '../principal.js';
import { rolesForTask } from '../record/task-rights.js';
import type { TaskSubject } from './task-subject.js';

/** Tasks of an order: its roles finish them, and the customer what is asked of them. */
export const orderTasks: TaskSubject = {
  formOf: ({ task }) => TASK_FORMS[task.kind as TaskKind],

  show: (db, { task }, viewer) => showOrder(db, task.orderNumber ?? '', viewer),

  refuse({ task, customerId }, principal) {
    if (principal.kind === 'customer' && principal.id === customerId) return undefined;
    const roles = rolesForTask(task);
    return holdsRole(principal, roles) ? undefined : `${roles.join(' or ')} may finish this task`;
  },

  check: checkFormTimes,

  messageOf({ task }, form) {
    // A signature has an update of its own: what is signed is the proposal, whichever task asked for it (P07.6).
    if (task.kind === 'signOff') {
      const { proposal, decision } = form as TaskForm<'signOff'>;
      return { name: 'signOff', message: { proposal, decision } };
    }
    const gist = gistOf(task.kind as TaskKind, form as never);
    return { name: 'completeTask', message: { task: task.id, gist } };
  },
};

/** The order in short, the questions with their answers, the evaluations so far with their objections, the proposal. */
async function showOrder(db: Queryable, number: string, viewer: Principal): Promise<Partial<TaskView>> {
  const [order, questions, evaluations, proposal] = await Promise.all([
    getOrder(db, number, viewer),
    listQuestions(db, number, viewer),
    selectEvaluations(db, number),
    findOpenProposal(db, number),
  ]);
  const { lines, specialRequirements, process, shippingMethod, groundStatement } = order;
  return {
    orderSummary: order,
    lines,
    specialRequirements,
    process,
    shippingMethod,
    groundStatement,
    questions: questions.items,
    evaluations: evaluations.map(toEvaluationView),
    proposal: proposal ?? null,
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
