import { randomUUID } from 'node:crypto';
import { commands } from '../../db/schema/index.js';
import type { Instant } from '../../domain/time/shape.js';
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
  addCommands(context, [request]);
}

/** As {@link addCommand}, of many processes at once. */
export function addCommands(context: ProcessContext, requests: readonly ProcessRequest[]): void {
  if (requests.length === 0) return;
  const { db, step, subject } = context;
  const from = { principal: subject.workflowId, step: step.key, at: step.at };
  const rows = requests.map((request) => makeCommandRow(request, from));
  addWrite(context, db.insert(commands).values(rows).onConflictDoNothing());
}

/** The row of a command that a process gives, `principal` by its workflow id, with one of its steps. */
export function makeCommandRow(
  request: ProcessRequest,
  from: { principal: string; step: string; at: Instant },
): typeof commands.$inferInsert {
  const { kind, target, name, part, body = {}, payload } = request;
  const id = randomUUID();
  const { principal, at } = from;
  const envelope = { id, actor: { principal, credential: 'workflow' }, at };
  return {
    id,
    key: part,
    credentialId: principal,
    route: from.step,
    bodyHash: hashBody(body),
    principal,
    credential: 'workflow',
    kind,
    target,
    name,
    body,
    payload: kind === 'start' ? payload : { ...payload, ...envelope },
    state: 'pending',
    createdAt: at,
  };
}
