import { SMTPServer, type SMTPServerAuthenticationResponse } from 'smtp-server';
import type { MailStore } from './mail-store.js';

const largestBytes = 25 * 1024 * 1024;

/**
 * An SMTP server for local use, not yet listening: no TLS, any user and password, and connections may stay open for
 * the next mail. It says yes to a mail when the store has it on the disk.
 */
export function createSmtpServer(store: MailStore): SMTPServer {
  return new SMTPServer({
    authOptional: true,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    logger: false,
    size: largestBytes,
    socketTimeout: 600_000,
    // What is still open when it stops is a pooled connection with nothing under way.
    closeTimeout: 500,
    onAuth: (auth, _session, answer: (error: null, response: SMTPServerAuthenticationResponse) => void) =>
      answer(null, { user: auth.username ?? 'anybody' }),
    onData(stream, session, answer) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.once('error', (error) => answer(error));
      stream.once('end', () => {
        if (stream.sizeExceeded) return answer(Object.assign(new Error('too large'), { responseCode: 552 }));
        const { mailFrom, rcptTo } = session.envelope;
        const envelope = {
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map((recipient) => recipient.address),
          receivedAt: new Date().toISOString(),
        };
        store.add(envelope, Buffer.concat(chunks)).then(
          (id) => answer(null, `kept as ${id}`),
          (error: Error) => answer(error),
        );
      });
    },
  });
}
