import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, ERRORS, type ErrorCode } from '../../app/errors.js';
import type { Problem } from '../../contracts/http.js';
import { isDatabaseAway, isUnstorableText } from './database-away.js';

export const PROBLEM_TYPE = 'application/problem+json';

/** Fastify's own refusals, by its codes. */
const FASTIFY_CODES: Record<string, ErrorCode> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'body-too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported-media-type',
  FST_ERR_BAD_URL: 'invalid-parameter',
};

/** Sentences for refusals whose own words would be about our insides. */
const DETAILS: Partial<Record<ErrorCode, string>> = {
  'body-too-large': 'the body must have at most 256 KB',
  'unsupported-media-type': 'send the body as application/json',
  'malformed-body': 'the body is not JSON that can be read',
  'invalid-parameter': 'the address has a part that cannot be decoded',
  unavailable: 'the database does not answer; send the request again in a moment',
  internal: 'the fault is ours and has been recorded under the id in "instance"',
};

/** Answers every error as problem+json (RFC 9457) with a code of the one table; the text of a 5xx stays in the log. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error: FastifyError | Error, request, reply) => {
    const refusal = toAppError(error);
    if (refusal.status >= 500) {
      const log = refusal.code === 'internal' ? request.log.error : request.log.warn;
      log.call(request.log, { err: error, route: request.routeOptions.url }, 'request failed');
    }
    return sendProblem(request, reply, refusal);
  });
  app.setNotFoundHandler((request, reply) =>
    sendProblem(request, reply, new AppError('not-found', 'nothing answers at this address')),
  );
}

/** For errors that come before there is a route, such as an address that cannot be decoded. */
export function answerFrameworkError(
  error: FastifyError,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(request, reply, toAppError(error));
}

function toAppError(error: FastifyError | Error): AppError {
  if (error instanceof AppError) return error;
  if (isDatabaseAway(error)) return plain('unavailable');
  if (isUnstorableText(error))
    return new AppError('invalid-input', 'a text holds a character that cannot be stored');
  const { code = '', statusCode = 500 } = error as FastifyError;
  const known = FASTIFY_CODES[code];
  if (known) return plain(known);
  // What is left of 4xx comes from reading the body: broken JSON, an empty one, a wrong length.
  return plain(statusCode >= 400 && statusCode < 500 ? 'malformed-body' : 'internal');
}

const plain = (code: ErrorCode) => new AppError(code, DETAILS[code] ?? ERRORS[code].title);

/** Writes a refusal as the answer. */
export function sendProblem(request: FastifyRequest, reply: FastifyReply, refusal: AppError): FastifyReply {
  const { code, status, detail, errors } = refusal;
  const problem: Problem = {
    type: `urn:redmark:problem:${code}`,
    title: ERRORS[code].title,
    status,
    code,
    detail,
    instance: `urn:redmark:request:${request.id}`,
    ...(errors.length > 0 ? { errors } : {}),
  };
  if (status === 401) reply.header('www-authenticate', 'Bearer realm="redmark"');
  if (status === 503) reply.header('retry-after', '1');
  return reply.code(status).type(PROBLEM_TYPE).send(problem);
}
