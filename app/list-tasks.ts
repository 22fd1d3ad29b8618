import { z } from 'zod';
import { TASK_FORMS } from '../contracts/forms.js';
import type { TaskSummary } from '../contracts/http-tasks.js';
import type { Queryable } from '../db/connect.js';
import { type FoundTask, selectTasks, type TaskFilter } from '../db/queries/tasks.js';
import { TASK_WORDS, wordsOf } from '../domain/wording/terms.js';
import { instantKey, type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';
import type { PersonPrincipal, Principal } from './principal.js';
import { rolesForTask } from './record/task-rights.js';
import { subjectOf } from './tasks/subject-of.js';

const keySchema = z.tuple([instantKey.nullable(), textKey]);

export interface ListTasksRequest extends PageRequest {
  /** All tasks of this order or incident, of whatever state; without either, the viewer's own that are open. */
  order?: string;
  incident?: string;
  state?: TaskFilter['state'];
}

/**
 * Tasks, due first at the front. The viewer's own are those assigned to them and those that one of their roles may
 * finish: whoever is there can step in for a colleague.
 */
export async function listTasks(
  db: Queryable,
  viewer: PersonPrincipal,
  { limit, cursor, order, incident, state }: ListTasksRequest,
): Promise<Page<TaskSummary>> {
  const after = readCursor(cursor, keySchema);
  const filter: TaskFilter =
    order === undefined && incident === undefined
      ? { state: state ?? 'open', mine: mineOf(viewer) }
      : { order, incident, state };
  const rows = await selectTasks(db, filter, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ task }) => [task.dueAt, task.id],
    (row) => toTaskSummary(row, viewer),
  );
}

function mineOf({ id, roles }: PersonPrincipal): TaskFilter['mine'] {
  const kinds = Object.keys(TASK_FORMS).filter((kind) =>
    rolesForTask({ kind, role: '' }).some((role) => roles.includes(role)),
  );
  return { person: id, roles, kinds };
}

/** A person's right hangs on the task alone; a customer sees no list. */
const nothingMore = { customerId: null, policyRevision: null, playbook: null };

/** A task as a list shows it. */
export function toTaskSummary(
  { task, assigneeName, finisherName, stepTitle }: FoundTask,
  viewer: Principal,
): TaskSummary {
  const { id, role, department, round, assigneeId, assignedBecause, state, openedAt, dueAt, finishedAt } =
    task;
  return {
    id,
    order: task.orderNumber,
    incident: task.incidentNumber,
    chase: task.chaseNumber,
    kind: task.kind,
    words: stepTitle ?? wordsOf(TASK_WORDS, task.kind),
    role,
    department,
    round,
    assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? assigneeId },
    assignedBecause,
    state,
    openedAt,
    dueAt,
    finishedAt,
    finishedBy:
      task.finishedBy === null ? null : { id: task.finishedBy, name: finisherName ?? task.finishedBy },
    mayComplete: state === 'open' && subjectOf(task).refuse({ task, ...nothingMore }, viewer) === undefined,
  };
}
