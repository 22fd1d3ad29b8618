import type { z } from 'zod';
import type { TaskView } from '../../contracts/http-tasks.js';
import type { Database } from '../../db/connect.js';
import type { AskedTask } from '../../db/queries/tasks.js';
import type { AppContext } from '../context.js';
import type { Principal } from '../principal.js';

/**
 * What the tasks of one kind of thing have of their own: of orders, of incidents, of what is chased. All else about
 * finishing a task is the same. Whatever is asked here is asked again where it is recorded, which has the last word.
 */
export interface TaskSubject {
  /** The form that finishes the task. */
  formOf(asked: AskedTask): z.ZodType;
  /** What a person must know to finish it, as far as it is not the task's own. */
  show(db: Database, asked: AskedTask, viewer: Principal): Promise<Partial<TaskView>>;
  /** Nothing where the principal may finish it; else who may, in words. */
  refuse(asked: AskedTask, principal: Principal): string | undefined;
  /** What the form's shape cannot tell: days gone by, people who are not there. Throws AppError `invalid-input`. */
  check(ctx: AppContext, asked: AskedTask, form: object): Promise<void>;
  /** The update that carries it out, without its envelope; the words stay in the command's row. */
  messageOf(asked: AskedTask, form: object): { name: string; message: Record<string, unknown> };
}
