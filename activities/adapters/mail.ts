import nodemailer from 'nodemailer';
import { mailAddressSchema } from '../../domain/text/shape.js';
import type { Channel, Delivery } from './channel.js';

/** What nodemailer tells of a failure; `permanent` where the server said 5xx, `command` to what it said so. */
interface SmtpError {
  message: string;
  command?: string;
  permanent?: boolean;
  recipient?: string;
  rejectedErrors?: SmtpError[];
}

/**
 * Mail over SMTP. `from` is the sender as it stands in the header. A few connections are kept open between mails; a
 * server that cannot be reached defers within 10 s.
 */
export function createMailChannel({ smtpUrl, from }: { smtpUrl: string; from: string }): Channel {
  const transport = nodemailer.createTransport({
    url: smtpUrl,
    pool: true,
    maxConnections: 3,
    maxMessages: 1000,
    // A message is given to the server once a try: by itself nodemailer sends again when the connection breaks.
    maxRequeues: 0,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 30_000,
    // Nothing in a letter is read from a file or another server.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const domain = /@([^\s<>@]+)>?\s*$/.exec(from)?.[1] ?? 'redmark.local';
  return {
    addressOf({ email }) {
      const read = mailAddressSchema.safeParse(email);
      return read.success ? read.data : null;
    },
    async send({ to, subject, text, html, locale, id, replyTo }) {
      const reference = `<${id}@${domain}>`;
      try {
        const info = await transport.sendMail({
          from,
          to: to.map((address) => ({ name: '', address })),
          replyTo: replyTo ? { name: '', address: replyTo } : undefined,
          subject,
          text,
          html,
          messageId: reference,
          // Chinese is as long either way, and base64 takes half the time of the quoted form.
          textEncoding: 'base64',
          // RFC 3834: no answering machine answers it.
          headers: { 'Auto-Submitted': 'auto-generated', 'Content-Language': locale },
        });
        return deliveries(to, reference, (info.rejectedErrors ?? []) as SmtpError[]);
      } catch (error) {
        const failure = error as SmtpError;
        const refusals = failure.rejectedErrors ?? [];
        if (refusals.length > 0) return deliveries(to, reference, refusals);
        return to.map((address) => failed(address, reference, failure));
      }
    },
    close: () => transport.close(),
  };
}

function deliveries(to: string[], reference: string, refusals: SmtpError[]): Delivery[] {
  return to.map((address) => {
    const refusal = refusals.find(({ recipient }) => recipient === address);
    return refusal
      ? failed(address, reference, refusal)
      : { address, outcome: 'accepted', why: null, reference };
  });
}

/** Only what is said of a recipient or a message is about them: refused credentials or senders are ours to mend. */
const REFUSING: readonly (string | undefined)[] = ['RCPT TO', 'DATA'];

const failed = (
  address: string,
  reference: string,
  { message, permanent, command }: SmtpError,
): Delivery => ({
  address,
  outcome: permanent && REFUSING.includes(command) ? 'refused' : 'deferred',
  why: message,
  reference,
});
