/**
 * Every failure the product answers, in one table: its HTTP status and title. A code is stable for ever; clients
 * branch on it. A refusal inside a workflow carries the same code as its failure's type.
 */
export const ERRORS = {
  'invalid-input': { status: 422, title: 'The request has fields that cannot be accepted' },
  'malformed-body': { status: 400, title: 'The request cannot be read' },
  'invalid-parameter': { status: 400, title: 'A parameter cannot be read' },
  'invalid-idempotency-key': { status: 400, title: 'The Idempotency-Key cannot be used' },
  unauthenticated: { status: 401, title: 'A credential is needed' },
  'bad-signature': { status: 401, title: 'The signature does not fit' },
  forbidden: { status: 403, title: 'The role may not do this' },
  'method-not-allowed': { status: 405, title: 'The method cannot be used here' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'not-started': { status: 409, title: 'The order has no running process' },
  'order-ended': { status: 409, title: 'The order has ended' },
  'incident-ended': { status: 409, title: 'The incident has ended' },
  'task-not-open': { status: 409, title: 'The task is not open' },
  'no-open-proposal': { status: 409, title: 'No proposal is open for signature' },
  'stale-proposal': { status: 409, title: 'Another proposal is open' },
  'separation-of-duties': { status: 409, title: 'The same person may not do both' },
  'signal-switched-off': { status: 409, title: 'Sign-off by signal is switched off' },
  'order-held': { status: 409, title: 'The order is held' },
  'hold-not-open': { status: 409, title: 'The hold is not open' },
  'milestone-out-of-order': { status: 409, title: 'The milestone cannot be recorded now' },
  'wrong-phase': { status: 409, title: 'It is in another phase' },
  'evaluation-begun': { status: 409, title: 'The evaluation has begun' },
  'ambiguous-customer': { status: 409, title: 'More than one customer matches' },
  'already-exists': { status: 409, title: 'It is on record already' },
  'already-received': { status: 409, title: 'The delivery was taken before' },
  'playbook-problems': { status: 409, title: 'The playbook has problems' },
  'stale-revision': { status: 409, title: 'Somebody changed it meanwhile' },
  'idempotency-key-reused': { status: 422, title: 'The Idempotency-Key was used for another request' },
  'body-too-large': { status: 413, title: 'The request is too large' },
  'unsupported-media-type': { status: 415, title: 'The content type is not supported' },
  'too-many-requests': { status: 429, title: 'Too many requests' },
  'link-gone': { status: 410, title: 'The link has been used or has expired' },
  unavailable: { status: 503, title: 'A part that is needed is away' },
  internal: { status: 500, title: 'Something went wrong on our side' },
} as const satisfies Record<string, { status: number; title: string }>;

export type ErrorCode = keyof typeof ERRORS;

/** One wrong field: its path with dots, and what would be right. */
export interface FieldError {
  field: string;
  message: string;
}

/** A refusal with a code of the table, one sentence, and the fields concerned. */
export class AppError extends Error {
  constructor(
    readonly code: ErrorCode,
    readonly detail: string,
    readonly errors: FieldError[] = [],
  ) {
    super(detail);
    this.name = 'AppError';
  }

  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** A refusal of one field of the body. */
export function refuseField(field: string, message: string): AppError {
  return new AppError('invalid-input', `${field}: ${message}`, [{ field, message }]);
}

/** Whether a text is a code of the table, e.g. the type of a workflow's failure. */
export function isErrorCode(code: string | null | undefined): code is ErrorCode {
  return code !== null && code !== undefined && Object.hasOwn(ERRORS, code);
}
