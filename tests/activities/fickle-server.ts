import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

/** A mail as the server got it: envelope and header. */
export interface TakenMail {
  recipients: string[];
  messageId: string;
  subject: string;
  text: string;
  header: (name: string) => string | undefined;
}

/**
 * A mail server whose answers a test decides: an SMTP code by recipient refuses it, `down` every one; `sender` and
 * `data` are codes for any sender and any message.
 */
export async function startFickleServer() {
  const answers = { refuse: new Map<string, number>(), down: false, sender: 0, data: 0 };
  const taken: TakenMail[] = [];
  const refusal = (code: number) => Object.assign(new Error('said the test'), { responseCode: code });
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onMailFrom(_address, _session, done) {
      done(answers.sender ? refusal(answers.sender) : null);
    },
    onRcptTo({ address }, _session, done) {
      const code = answers.down ? 451 : answers.refuse.get(address);
      done(code === undefined ? null : refusal(code));
    },
    onData(stream, session, done) {
      if (answers.data) {
        stream.resume();
        stream.once('end', () => done(refusal(answers.data)));
        return;
      }
      simpleParser(stream).then((mail) => {
        taken.push({
          recipients: session.envelope.rcptTo.map(({ address }) => address),
          messageId: mail.messageId ?? '',
          subject: mail.subject ?? '',
          text: mail.text ?? '',
          header: (name) => mail.headers.get(name) as string | undefined,
        });
        done();
      }, done);
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await once(listening, 'listening');
  return {
    url: `smtp://127.0.0.1:${(listening.address() as AddressInfo).port}`,
    answers,
    taken,
    stop: () => new Promise<void>((resolve) => server.close(resolve)),
  };
}
