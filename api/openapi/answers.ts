import type { z } from 'zod';
import { ERRORS, type ErrorCode } from '../../app/errors.js';
import { problemSchema } from '../../contracts/http.js';
import { PROBLEM_TYPE } from '../plugins/problems.js';

/** Every operation may answer these: a credential is asked for, an address can be malformed, PostgreSQL can be away. */
const ALWAYS: readonly ErrorCode[] = ['unauthenticated', 'invalid-parameter', 'unavailable'];
/** And every operation that reads a body, these. */
const WITH_BODY: readonly ErrorCode[] = [
  'malformed-body',
  'body-too-large',
  'unsupported-media-type',
  'invalid-input',
  'invalid-idempotency-key',
  'idempotency-key-reused',
];

export interface Answer {
  description: string;
  schema: z.ZodType;
  headers?: Record<string, { description: string; type: 'string' | 'integer' }>;
}

type Responses = Record<
  number,
  {
    description: string;
    content: Record<string, { schema: z.ZodType }>;
    headers?: Answer['headers'];
  }
>;

/** The declared answers of an operation: its own, and the refusals named beside those that every one may give. */
export function answers(own: Record<number, Answer>, refusals: readonly ErrorCode[] = []): Responses {
  return { ...successes(own), ...problems([...ALWAYS, ...refusals]) };
}

/** As {@link answers}, of an operation that reads a body. */
export function commandAnswers(own: Record<number, Answer>, refusals: readonly ErrorCode[] = []): Responses {
  return answers(own, [...WITH_BODY, 'forbidden', ...refusals]);
}

/** As {@link commandAnswers}, of a PUT: the same state put twice is the same, and needs no key. */
export function putAnswers(own: Record<number, Answer>, refusals: readonly ErrorCode[] = []): Responses {
  const withBody = WITH_BODY.filter((code) => !code.includes('idempotency-key'));
  return answers(own, [...withBody, 'forbidden', ...refusals]);
}

/** As {@link answers}, of an operation that needs no credential. */
export function publicAnswers(own: Record<number, Answer>, refusals: readonly ErrorCode[] = []): Responses {
  return { ...successes(own), ...problems(['invalid-parameter', ...refusals]) };
}

function successes(own: Record<number, Answer>): Responses {
  return Object.fromEntries(
    Object.entries(own).map(([status, { description, schema, headers }]) => [
      status,
      { description, content: { 'application/json': { schema } }, ...(headers ? { headers } : {}) },
    ]),
  );
}

function problems(codes: readonly ErrorCode[]): Responses {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return Object.fromEntries(
    [...byStatus].map(([status, list]) => [
      status,
      {
        description: list.map((code) => `\`${code}\`: ${ERRORS[code].title}`).join('; '),
        content: { [PROBLEM_TYPE]: { schema: problemSchema } },
        ...headersOf(status),
      },
    ]),
  );
}

function headersOf(status: number): Pick<Answer, 'headers'> {
  if (status === 401) return { headers: { 'WWW-Authenticate': { description: 'Bearer', type: 'string' } } };
  if (status === 503) return { headers: { 'Retry-After': { description: 'Seconds', type: 'integer' } } };
  return {};
}
