import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import { createMailboxServer } from './mail/http.js';
import { openMailStore } from './mail/mail-store.js';
import { createSmtpServer } from './mail/smtp.js';

// The local mailbox: takes every mail, delivers none, and shows them.
const { values } = parseArgs({
  options: {
    folder: { type: 'string' },
    'smtp-port': { type: 'string', default: '0' },
    'http-port': { type: 'string', default: '0' },
  },
});
if (!values.folder) throw new Error('--folder is missing: where to keep the mails');

const store = await openMailStore(values.folder);
const smtp = createSmtpServer(store);
const http = createMailboxServer(store);
smtp.on('error', () => undefined); // A client that hangs up in the middle is no reason to end.
const smtpServer = smtp.listen(Number(values['smtp-port']), '127.0.0.1');
http.listen(Number(values['http-port']), '127.0.0.1');
await Promise.all([once(smtpServer, 'listening'), once(http, 'listening')]);
const portOf = (server: { address: () => unknown }) => (server.address() as AddressInfo).port;
console.log(JSON.stringify({ ready: true, smtpPort: portOf(smtpServer), httpPort: portOf(http) }));

for (const signal of ['SIGTERM', 'SIGINT'] as const) {
  process.once(signal, () => {
    http.close();
    http.closeAllConnections();
    smtp.close(() => process.exit(0));
  });
}
