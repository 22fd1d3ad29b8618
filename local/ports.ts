import { connect, createServer } from 'node:net';

const tries = 200;

/**
 * The first free TCP port on loopback: one of `preferred`, else the next ones above the last of them. `taken` are
 * ports already promised to another part. Throws when the next 200 are all in use.
 */
export async function findPort(preferred: readonly number[], taken: ReadonlySet<number> = new Set()) {
  const last = preferred.at(-1) ?? 7300;
  const candidates = [...preferred, ...Array.from({ length: tries }, (_, step) => last + 1 + step)];
  for (const port of candidates) {
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port between ${last} and ${last + tries}`);
}

/** Some free port of the system's choice. */
export async function findAnyPort(): Promise<number> {
  const server = createServer();
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()));
    });
  });
}

// macOS lets us bind 127.0.0.1 beside a server on all interfaces, so a connection is tried as well.
async function isFree(port: number): Promise<boolean> {
  return !(await accepts(port)) && (await canListen(port));
}

function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', timeout: 1_000 });
    const done = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.once('connect', () => done(true));
    socket.once('error', () => done(false));
    socket.once('timeout', () => done(true));
  });
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
