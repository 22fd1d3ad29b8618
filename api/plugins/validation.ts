import type { FastifySchemaCompiler } from 'fastify';
import type { z } from 'zod';
import { AppError, type ErrorCode } from '../../app/errors.js';
import { toFieldErrors } from '../../app/field-errors.js';

const CODES: Record<string, ErrorCode> = {
  body: 'invalid-input',
  querystring: 'invalid-parameter',
  params: 'invalid-parameter',
  headers: 'invalid-idempotency-key',
};

/** Checks each part of a request by its zod schema; a refusal names every wrong field by its path. */
export const validateByZod: FastifySchemaCompiler<z.ZodType> = ({ schema, httpPart = 'body' }) => {
  const code = CODES[httpPart] ?? 'invalid-parameter';
  return (data) => {
    const read = schema.safeParse(data);
    if (read.success) return { value: read.data };
    const errors = toFieldErrors(read.error, httpPart);
    const [first] = errors;
    return {
      error: new AppError(code, first ? `${first.field}: ${first.message}` : 'cannot be read', errors),
    };
  };
};
