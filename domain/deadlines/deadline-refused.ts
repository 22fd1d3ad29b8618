/** Why no deadline can be planned; a machine code for the caller's answer. */
export type DeadlineRefusal = 'replyByPassed' | 'promiseMissing' | 'kindUnknown';

/** Thrown when what was asked for has no deadline; the message says in English which value is wrong and why. */
export class DeadlineRefused extends Error {
  override readonly name = 'DeadlineRefused';

  constructor(
    readonly code: DeadlineRefusal,
    message: string,
  ) {
    super(message);
  }
}
