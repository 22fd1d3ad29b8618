import { createServer as createHttpServer, type Server as HttpServer } from 'node:http';
import { createServer, type Server, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createProbe } from '../../activities/adapters/probe.js';

const probe = createProbe(400);

const listen = (server: Server | HttpServer) =>
  new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
  });
const sockets = new Set<Socket>();
const servers: (Server | HttpServer)[] = [];
/** A server that does this to each connection. */
const serve = async (work: (socket: Socket) => void) => {
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    work(socket);
  });
  servers.push(server);
  return listen(server);
};

let http: number;
let asked: { url?: string; method?: string }[] = [];
let free: number;
beforeAll(async () => {
  const server = createHttpServer((request, response) => {
    asked.push({ url: request.url, method: request.method });
    const status = Number(request.url?.split('/')[1]);
    if (status === 0) return;
    response.writeHead(status, { location: '/500' }).end('a body');
  });
  servers.push(server);
  http = await listen(server);
  const gone = createServer();
  free = await listen(gone);
  await new Promise((resolve) => gone.close(resolve));
});
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});

const answered = { ok: true, error: null, tookMs: expect.any(Number) };
const failed = (error: string) => ({ ok: false, error, tookMs: expect.any(Number) });

describe('a web server', () => {
  const ask = (path: string) => probe({ kind: 'http', address: `http://127.0.0.1:${http}/${path}` });

  it.each(['200', '204', '401', '404'])('that answers %s is there', async (status) => {
    expect(await ask(status)).toEqual(answered);
  });

  it('that sends elsewhere is there, and nobody follows', async () => {
    asked = [];
    expect(await ask('302')).toEqual(answered);
    expect(asked).toEqual([{ url: '/302', method: 'GET' }]);
  });

  it.each(['500', '503'])('that answers %s is not', async (status) => {
    expect(await ask(status)).toEqual(failed(`status ${status}`));
  });

  it('that does not answer in time is not, and is not waited for', async () => {
    const found = await ask('0');
    expect(found).toEqual(failed('timeout'));
    expect(found.tookMs).toBeLessThan(2_000);
  });

  it('that is down is not', async () => {
    const found = await probe({ kind: 'http', address: `http://127.0.0.1:${free}/` });
    expect(found).toEqual(failed('ECONNREFUSED'));
  });
});

describe('a port', () => {
  it('that takes a connection is there, and one that does not is not', async () => {
    const port = await serve(() => undefined);
    expect(await probe({ kind: 'tcp', address: `tcp://127.0.0.1:${port}` })).toEqual(answered);
    expect(await probe({ kind: 'tcp', address: `tcp://127.0.0.1:${free}` })).toEqual(failed('ECONNREFUSED'));
  });
});

describe('a PostgreSQL server', () => {
  const ask = (port: number) => probe({ kind: 'postgres', address: `postgres://127.0.0.1:${port}` });
  const error = (code: string) => {
    const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0Mno\0\0`);
    const head = Buffer.alloc(5);
    head.write('E');
    head.writeUInt32BE(fields.length + 4, 1);
    return Buffer.concat([head, fields]);
  };

  it('that asks for a password is there: the real one', async () => {
    expect(await ask(inject('services').postgres.port)).toEqual(answered);
  });

  it.each([
    ['refuses the user', '28000', true],
    ['has no such database', '3D000', true],
    ['is starting', '57P03', false],
    ['shuts down', '57P01', false],
    ['has no connection left', '53300', false],
  ])('that %s is there: %s, %s', async (_, code, ok) => {
    const port = await serve((socket) => {
      // In two parts: a message may come in pieces.
      const message = error(code);
      socket.write(message.subarray(0, 7));
      setImmediate(() => socket.write(message.subarray(7)));
    });
    expect(await ask(port)).toEqual(ok ? answered : failed(`state ${code}`));
  });

  it('is not one that speaks another language, hangs up or is silent', async () => {
    expect(await ask(await serve((socket) => socket.write('HTTP/1.1 400\r\n')))).toEqual(
      failed('not PostgreSQL'),
    );
    expect(await ask(await serve((socket) => socket.end()))).toEqual(failed('closed'));
    expect(await ask(await serve(() => undefined))).toEqual(failed('timeout'));
  });
});
