import { randomUUID } from 'node:crypto';
import type {} from '@fastify/swagger';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { CompleteTaskRequest } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import { AppError } from '../../app/errors.js';
import type { Links } from '../../app/links.js';
import { openLink, type TaskVisit } from '../../app/notices/open-link.js';
import type { CommandAnswer } from '../../app/submit-command.js';
import { markNoticesRead } from '../../db/queries/notice-read.js';
import type { Locale } from '../../domain/wording/locale.js';
import { acceptLanguage } from './accept-language.js';
import { toForm, type Values } from './form.js';
import { CONTENT_SECURITY_POLICY } from './layout.js';
import { MESSAGES, type Message, messageOf, messagePage, notArrivedPage } from './message-page.js';
import { groupsOf, taskPage } from './task-page.js';
import { trackingPage } from './tracking-page.js';

export interface PagesOptions {
  ctx: AppContext;
  links: Links;
  /** The use case that finishes a task, a signature among them. */
  complete: (request: CompleteTaskRequest) => Promise<CommandAnswer>;
}

/** A form is a few short texts: six points with note and question at most. */
const LARGEST_FORM_BYTES = 128 * 1024;

/**
 * The plain public pages behind the links in mails, `/t/{token}`: server-rendered, without script, in zh-CN or, by
 * `Accept-Language`, English. A GET changes nothing. A POST finishes the task as the one recipient the link was sent
 * to, through the same use case as the API; its hidden nonce is the idempotency key.
 */
const pages: FastifyPluginAsync<PagesOptions> = async (app, { ctx, links, complete }) => {
  // A form as a browser sends it, and nothing else: all its values are texts.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'string', bodyLimit: LARGEST_FORM_BYTES },
    (_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
  );

  app.addHook('onSend', async (request, reply) => {
    reply.headers({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'cache-control': 'no-store',
      'referrer-policy': 'no-referrer',
      'x-robots-tag': 'noindex, nofollow',
      'x-content-type-options': 'nosniff',
      vary: 'Accept-Language',
      'content-language': reply.getHeader('content-language') ?? localeOf(request),
    });
  });

  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
      return send(reply, { ...MESSAGES.unreadable, status: error.statusCode }, localeOf(request));
    }
    request.log.error({ err: error, route: request.routeOptions.url }, 'a page failed');
    return send(reply, MESSAGES.trouble, localeOf(request));
  });

  // A wildcard, for a token is longer than a parameter may be.
  const url = '/t/*';
  const schema = { hide: true };

  app.get(url, { schema }, async (request, reply) => {
    const locale = localeOf(request);
    const visit = await openLink(ctx, links, tokenOf(request), 'looks');
    if (visit.to === 'nowhere') return send(reply, MESSAGES[visit.why], locale);
    if (visit.to === 'task') {
      const own = ownLocale(reply, visit.visit) ?? locale;
      return page(reply, 200, taskPage(visit.visit, { locale: own, nonce: randomUUID() }));
    }
    return page(reply, 200, trackingPage(visit.order, visit.zone, locale));
  });

  app.post(url, { schema }, async (request, reply) => {
    const locale = localeOf(request);
    const opened = await openLink(ctx, links, tokenOf(request), 'submits');
    if (opened.to === 'nowhere') return send(reply, MESSAGES[opened.why], locale);
    if (opened.to === 'tracking') return send(reply, MESSAGES.unknown, locale);
    const { visit } = opened;
    const own = ownLocale(reply, visit) ?? locale;
    const values = (request.body ?? {}) as Values;
    const nonce = values.nonce ?? '';
    if (!/^[\x21-\x7e]{16,64}$/.test(nonce)) return send(reply, MESSAGES.unreadable, locale);
    const form = toForm(groupsOf(visit), values, visit.zone);
    try {
      const { principal, task } = visit;
      const answer = await complete({ principal, taskId: task.id, form, idempotencyKey: nonce });
      await markRead(ctx, request, visit);
      if (answer.status === 202) return send(reply, MESSAGES.later, own);
      if (visit.of === 'order' && principal.kind === 'customer' && form.received === false) {
        return page(reply, 200, notArrivedPage(visit.order, locale));
      }
      return send(reply, MESSAGES.done, own);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'invalid-input') return send(reply, messageOf(error.code), own);
      const again = { locale: own, nonce: randomUUID(), values, errors: error.errors };
      return page(reply, 422, taskPage(visit, again));
    }
  });
};

export default pages;

/** Acting on a link tells that its mail was read. That this is not on record must not undo what was done. */
async function markRead(ctx: AppContext, request: FastifyRequest, { principal, task }: TaskVisit) {
  const recipient = `${principal.kind}:${principal.id}`;
  const read = { recipient, task: task.id, at: ctx.now().toISOString() };
  await markNoticesRead(ctx.db, read).catch((err) => request.log.warn({ err }, 'notices not marked as read'));
}

const tokenOf = (request: FastifyRequest): string => (request.params as { '*': string })['*'];

function localeOf(request: FastifyRequest): Locale {
  return acceptLanguage(request.headers['accept-language']);
}

/** A supplier is answered in the language it is written to. */
function ownLocale(reply: FastifyReply, visit: TaskVisit): Locale | undefined {
  const own = visit.of === 'incident' ? visit.locale : undefined;
  if (own) reply.header('content-language', own);
  return own;
}

function page(reply: FastifyReply, status: number, markup: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(markup);
}

function send(reply: FastifyReply, what: Message, locale: Locale): FastifyReply {
  return page(reply, what.status, messagePage(what, locale));
}
