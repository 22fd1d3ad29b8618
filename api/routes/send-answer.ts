import { setImmediate } from 'node:timers/promises';
import type { FastifyReply } from 'fastify';
import type { ErrorCode } from '../../app/errors.js';
import type { CommandAnswer } from '../../app/submit-command.js';
import { commandDoneSchema, commandPendingSchema } from '../../contracts/http-tasks.js';
import { commandAnswers } from '../openapi/answers.js';

const done = { description: '已记录 · Done: on the record', schema: commandDoneSchema };
const pending = {
  description: '已受理，稍后执行 · Accepted; carried out as soon as the process can. Ask at `Location`',
  schema: commandPendingSchema,
  headers: { Location: { description: 'Where its outcome will be', type: 'string' as const } },
};

/** What a change to a running order may answer (design §3.2): its result, or after 2 s where to ask for it. */
export const changeAnswers = (refusals: readonly ErrorCode[]) =>
  commandAnswers({ 200: done, 202: pending }, ['not-found', ...refusals]);

/** Sends the outcome of a command. */
export function sendAnswer(reply: FastifyReply, answer: CommandAnswer): FastifyReply {
  if (answer.status === 202) reply.header('location', answer.location);
  return reply.code(answer.status).send(answer.body);
}

/** Sends what was made, 201, once `started` has resolved; the answer is written while that is on its way. */
export async function sendCreated(
  reply: FastifyReply,
  { location, body, started }: { location: string; body: unknown; started: Promise<void> },
): Promise<FastifyReply> {
  const write = reply.getSerializationFunction('201', 'application/json');
  await setImmediate();
  const answer = write ? write(body as Record<string, unknown>) : JSON.stringify(body);
  await started;
  return reply.code(201).header('location', location).type('application/json').send(answer);
}
