import type { Socket } from 'node:net';
import { ERRORS } from '../../app/errors.js';
import { PROBLEM_TYPE } from './problems.js';

/** Answers what is not HTTP that can be read, before there is a request: as a problem, too. */
export function refuseBrokenRequests(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return;
  const status =
    error.code === 'HPE_HEADER_OVERFLOW' ? '431 Request Header Fields Too Large' : '400 Bad Request';
  const code = 'malformed-body';
  const body = JSON.stringify({
    type: `urn:redmark:problem:${code}`,
    title: ERRORS[code].title,
    status: Number(status.slice(0, 3)),
    code,
    detail: 'this is not an HTTP request that can be read',
  });
  const head = [
    `HTTP/1.1 ${status}`,
    `content-type: ${PROBLEM_TYPE}`,
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}
