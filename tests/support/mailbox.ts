import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createMailboxServer } from '../../local/mail/http.js';
import { type Message, openMailStore } from '../../local/mail/mail-store.js';
import { createSmtpServer } from '../../local/mail/smtp.js';

export type TestMailbox = {
  smtpUrl: string;
  /** The mailbox by HTTP, without a trailing slash. */
  origin: string;
  messages: () => Promise<Message[]>;
  stop: () => Promise<void>;
};

/** A mailbox inside the test's own process, on free ports, as `npm start` has it. `stop()` it in `afterAll`. */
export async function startMailbox(): Promise<TestMailbox> {
  const folder = await mkdtemp(join(tmpdir(), 'redmark-mail-'));
  const store = await openMailStore(folder);
  const smtp = createSmtpServer(store);
  const http = createMailboxServer(store);
  smtp.on('error', () => undefined);
  const smtpServer = smtp.listen(0, '127.0.0.1');
  http.listen(0, '127.0.0.1');
  await Promise.all([once(smtpServer, 'listening'), once(http, 'listening')]);
  const port = (server: { address: () => unknown }) => (server.address() as AddressInfo).port;
  return {
    smtpUrl: `smtp://127.0.0.1:${port(smtpServer)}`,
    origin: `http://127.0.0.1:${port(http)}`,
    messages: () => store.list(),
    async stop() {
      http.close();
      http.closeAllConnections();
      await new Promise<void>((resolve) => smtp.close(resolve));
      await rm(folder, { recursive: true, force: true });
    },
  };
}
