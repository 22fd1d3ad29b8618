import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { languageOf, renderList, renderMessage } from './mail-pages.js';
import type { MailStore, Message } from './mail-store.js';

/**
 * The mailbox by HTTP, not yet listening. `GET /messages` answers all mails as JSON, the newest last; `?to=` keeps
 * those to an address, `?q=` those whose subject or text holds the words, `?limit=` the newest so many.
 * `GET /messages/{id}` is one of them, as JSON or to a browser as a page; `GET /` shows them to a person.
 */
export function createMailboxServer(store: MailStore): Server {
  return createServer((request, response) => {
    answer(store, request, response).catch((error: Error) =>
      send(response, 500, 'text/plain', error.message),
    );
  });
}

async function answer(store: MailStore, request: IncomingMessage, response: ServerResponse) {
  // Mails hold links that sign: a page of another site must not read them through a name that points here.
  if (!/^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(request.headers.host ?? '')) {
    return send(response, 403, 'text/plain', 'This mailbox answers on loopback only.');
  }
  if (request.method !== 'GET') return send(response, 405, 'text/plain', 'GET only');
  const url = new URL(request.url ?? '/', 'http://mailbox');
  const language = languageOf(request.headers['accept-language']);
  const isBrowser = /text\/html/.test(request.headers.accept ?? '');
  if (url.pathname === '/') return send(response, 200, 'text/html', renderList(await store.list(), language));
  if (url.pathname === '/health') return sendJson(response, { ok: true });
  if (url.pathname === '/messages') return sendJson(response, select(await store.list(), url.searchParams));

  const [, id, part] = /^\/messages\/(\d{1,12})(\/html)?$/.exec(url.pathname) ?? [];
  const message = id ? await store.find(id) : undefined;
  if (!message) return send(response, 404, 'text/plain', 'There is no such mail.');
  if (part) return sendMailHtml(response, message);
  if (isBrowser) return send(response, 200, 'text/html', renderMessage(message, language));
  return sendJson(response, message);
}

function select(messages: Message[], query: URLSearchParams): Message[] {
  const to = query.get('to')?.toLowerCase();
  const words = query.get('q')?.toLowerCase();
  const limit = Number(query.get('limit')) || messages.length;
  const kept = messages
    .filter((message) => !to || message.to.toLowerCase().split(', ').includes(to))
    .filter((message) => !words || `${message.subject}\n${message.text}`.toLowerCase().includes(words));
  return kept.slice(-limit);
}

function sendMailHtml(response: ServerResponse, message: Message) {
  response.setHeader(
    'content-security-policy',
    "sandbox allow-popups allow-popups-to-escape-sandbox; default-src 'none'; img-src data:; style-src 'unsafe-inline'",
  );
  // A link opens beside the mailbox, not inside the frame.
  send(response, 200, 'text/html', `<base target="_blank">${message.html}`);
}

function sendJson(response: ServerResponse, body: unknown) {
  send(response, 200, 'application/json', JSON.stringify(body));
}

function send(response: ServerResponse, status: number, type: string, body: string) {
  response.setHeader('x-content-type-options', 'nosniff');
  response.setHeader('referrer-policy', 'no-referrer');
  response.writeHead(status, { 'content-type': `${type}; charset=utf-8` });
  response.end(body);
}
