import { randomUUID } from 'node:crypto';
import { commands } from '../../db/schema/index.js';
import { hashBody } from '../idempotency.js';
import { addWrite, type ProcessContext } from './step-context.js';

/** What one process asks of another. */
export interface ProcessRequest {
  kind: 'start' | 'update' | 'signal';
  /** Workflow id: `order/SO-20261123-0001`. */
  target: string;
  /** Workflow type, update or signal name. */
  name: string;
  /** Makes it one request of this step, however often the step runs: `hold/SO-20261123-0001`. */
  part: string;
  /** The words, where there are any; the message carries none. */
  body?: unknown;
  /** The message without its envelope; of a start, the whole input. */
  payload: Record<string, unknown>;
}

/**
 * Effects of one process on another are commands too (design §3.2): written with the step that asks for them, delivered
 * by the relay, once. The process acts under its own name, with the credential `workflow`.
 */
export function addCommand(context: ProcessContext, request: ProcessRequest): void {
  const { db, step, subject } = context;
  const { kind, target, name, part, body = {}, payload } = request;
  const id = randomUUID();
  const principal = subject.workflowId;
  const envelope = { id, actor: { principal, credential: 'workflow' }, at: step.at };
  const row: typeof commands.$inferInsert = {
    id,
    key: part,
    credentialId: principal,
    route: step.key,
    bodyHash: hashBody(body),
    principal,
    credential: 'workflow',
    kind,
    target,
    name,
    body,
    payload: kind === 'start' ? payload : { ...payload, ...envelope },
    state: 'pending',
    createdAt: step.at,
  };
  addWrite(context, db.insert(commands).values(row).onConflictDoNothing());
}
