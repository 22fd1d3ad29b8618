import { connect, type Socket } from 'node:net';
import type { ProbeKind } from './probe.js';

/** Opens a connection, does `work` on it, and closes it whatever comes of it. */
export async function withSocket(
  { hostname, port }: URL,
  signal: AbortSignal,
  work: (socket: Socket) => Promise<void>,
): Promise<void> {
  // `URL` keeps the brackets of an IPv6 address; a socket takes it without.
  const socket = connect({ host: hostname.replace(/^\[|\]$/g, ''), port: Number(port) });
  try {
    await new Promise<void>((resolve, reject) => {
      signal.addEventListener('abort', () => reject(new Error('timeout')), { once: true });
      socket.once('error', reject);
      socket.once('connect', () => work(socket).then(resolve, reject));
    });
  } finally {
    socket.destroy();
  }
}

/** A connection that is taken is an answer. */
export const probeTcp: ProbeKind = (url, signal) => withSocket(url, signal, async () => {});
