import type { ProbeKind } from './probe.js';
import { withSocket } from './probe-tcp.js';

const PROTOCOL = 3 << 16;
/** States in which a server refuses everybody: it starts, stops or was stopped. */
const AWAY = ['57P01', '57P02', '57P03', '53300'];

/**
 * A server that speaks PostgreSQL and takes connections: it is greeted without a credential, and to ask for one, or to
 * refuse this user, is an answer. One that starts or stops, or has no connection left, is not there.
 */
export const probePostgres: ProbeKind = (url, signal) =>
  withSocket(
    url,
    signal,
    (socket) =>
      new Promise((resolve, reject) => {
        let received = Buffer.alloc(0);
        socket.on('data', (part) => {
          received = Buffer.concat([received, part]);
          const kind = String.fromCharCode(received[0] ?? 0);
          if (kind === 'R') resolve();
          else if (kind !== 'E') reject(new Error('not PostgreSQL'));
          else if (received.length >= 5 && received.length > received.readUInt32BE(1)) {
            const code = /\0C([0-9A-Z]{5})\0/.exec(received.toString('latin1'))?.[1] ?? '';
            if (AWAY.includes(code)) reject(new Error(`state ${code}`));
            else resolve();
          }
        });
        socket.once('close', () => reject(new Error('closed')));
        socket.write(greeting());
      }),
  );

/** The startup message: length, protocol 3.0, and a user who exists nowhere. */
function greeting(): Buffer {
  const fields = Buffer.from('user\0redmark_probe\0database\0postgres\0application_name\0redmark-probe\0\0');
  const message = Buffer.alloc(8 + fields.length);
  message.writeUInt32BE(message.length, 0);
  message.writeUInt32BE(PROTOCOL, 4);
  fields.copy(message, 8);
  return message;
}
