import { randomUUID } from 'node:crypto';
import type {} from '@fastify/swagger';
import type { FastifyPluginAsync, FastifyReply, FastifyRequest } from 'fastify';
import type { CompleteTaskRequest } from '../../app/complete-task.js';
import type { AppContext } from '../../app/context.js';
import { AppError } from '../../app/errors.js';
import type { Links, OpenedLink } from '../../app/links.js';
import { toOrderFacts } from '../../app/notices/order-facts.js';
import type { Principal } from '../../app/principal.js';
import type { CommandAnswer } from '../../app/submit-command.js';
import { findLinkedPerson, findLinkedTask } from '../../db/queries/notice-link.js';
import { findNoticeOrder } from '../../db/queries/notice-order.js';
import { markNoticesRead } from '../../db/queries/notice-read.js';
import type { Locale } from '../../domain/wording/locale.js';
import { acceptLanguage } from './accept-language.js';
import { toForm, type Values } from './form.js';
import { CONTENT_SECURITY_POLICY } from './layout.js';
import { MESSAGES, type Message, messageOf, messagePage, notArrivedPage } from './message-page.js';
import { groupsOf, type TaskVisit, taskPage } from './task-page.js';
import { trackingPage } from './tracking-page.js';

export interface PagesOptions {
  ctx: AppContext;
  links: Links;
  /** The use case that finishes a task, a signature among them. */
  complete: (request: CompleteTaskRequest) => Promise<CommandAnswer>;
}

/** A form is a few short texts: six points with note and question at most. */
const LARGEST_FORM_BYTES = 128 * 1024;

/** Where a link leads: a task to finish, an order to look at, or a message that it leads nowhere. */
type Visit =
  | { to: 'task'; visit: TaskVisit; principal: Principal }
  | { to: 'tracking'; number: string; version: number }
  | { to: 'message'; message: Message };

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
      'content-language': localeOf(request),
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
    const visit = await open(ctx, links, tokenOf(request));
    if (visit.to === 'message') return send(reply, visit.message, locale);
    if (visit.to === 'task') return page(reply, 200, taskPage(visit.visit, { locale, nonce: randomUUID() }));
    const found = await findNoticeOrder(ctx.db, visit.number);
    if (!found || found.order.tracking_version !== visit.version) return send(reply, MESSAGES.gone, locale);
    return page(reply, 200, trackingPage(toOrderFacts(found.order), found.policy?.zone ?? 'UTC', locale));
  });

  app.post(url, { schema }, async (request, reply) => {
    const locale = localeOf(request);
    const visit = await open(ctx, links, tokenOf(request), 'submitted');
    if (visit.to === 'message') return send(reply, visit.message, locale);
    if (visit.to === 'tracking') return send(reply, MESSAGES.unknown, locale);
    const values = (request.body ?? {}) as Values;
    const nonce = values.nonce ?? '';
    if (!/^[\x21-\x7e]{16,64}$/.test(nonce)) return send(reply, MESSAGES.unreadable, locale);
    const { task, zone } = visit.visit;
    const form = toForm(groupsOf(visit.visit), values, zone);
    try {
      const { principal } = visit;
      const answer = await complete({ principal, taskId: task.id, form, idempotencyKey: nonce });
      await markRead(ctx, request, visit);
      if (answer.status === 202) return send(reply, MESSAGES.later, locale);
      if (visit.visit.reader === 'customer' && form.reached === false) {
        return page(reply, 200, notArrivedPage(visit.visit.row, locale));
      }
      return send(reply, MESSAGES.done, locale);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      if (error.code !== 'invalid-input') return send(reply, messageOf(error.code), locale);
      const again = { locale, nonce: randomUUID(), values, errors: error.errors };
      return page(reply, 422, taskPage(visit.visit, again));
    }
  });
};

export default pages;

/** The use case tells a submitted form that is done already from its repeat; a page that is only looked at cannot. */
async function open(
  ctx: AppContext,
  links: Links,
  token: string,
  how: 'viewed' | 'submitted' = 'viewed',
): Promise<Visit> {
  const link = links.open(token);
  if (!link) return message('unknown');
  if (link.kind === 'view') return { to: 'tracking', number: link.order, version: link.version };
  if (link.expiresAt <= ctx.now().toISOString()) return message('expired');
  const linked = await findLinkedTask(ctx.db, link.task);
  if (!linked?.order) return message('gone');
  if (linked.state === 'withdrawn') return message('withdrawn');
  if (linked.state === 'done' && how === 'viewed') return message('used');
  const found = await findNoticeOrder(ctx.db, linked.order);
  const task = found?.order.tasks?.find(({ id }) => id === link.task);
  const visitor = found && (await findVisitor(ctx, link, found.order));
  if (!found || !task || !visitor) return message('gone');
  if (task.kind === 'signOff' && found.policy?.signByLink !== true) return message('signOffClosed');
  const { principal, name } = visitor;
  const reader = principal.kind === 'customer' ? 'customer' : 'person';
  return {
    to: 'task',
    visit: {
      row: found.order,
      task,
      reader,
      name,
      zone: found.policy?.zone ?? 'UTC',
      now: ctx.now(),
      matrix: found.policy?.matrix,
    },
    principal,
  };
}

/** Acting on a link tells that its mail was read. That this is not on record must not undo what was done. */
async function markRead(ctx: AppContext, request: FastifyRequest, visit: Extract<Visit, { to: 'task' }>) {
  const { principal, visit: seen } = visit;
  const read = {
    recipient: `${principal.kind}:${principal.id}`,
    task: seen.task.id,
    at: ctx.now().toISOString(),
  };
  await markNoticesRead(ctx.db, read).catch((err) => request.log.warn({ err }, 'notices not marked as read'));
}

const message = (name: keyof typeof MESSAGES): Visit => ({ to: 'message', message: MESSAGES[name] });

/** Whom a link acts as: exactly the recipient it was sent to, as they are on record now. */
async function findVisitor(
  ctx: AppContext,
  link: Extract<OpenedLink, { kind: 'act' }>,
  order: { customer_id: string; customer_name: string },
): Promise<{ principal: Principal; name: string } | null> {
  const [kind, id = ''] = link.recipient.split(/:(.*)/s);
  const credential = { credentialId: `link:${link.recipient}`, credential: 'link' as const };
  if (kind === 'customer') {
    if (id !== order.customer_id) return null;
    return { principal: { kind, id, ...credential }, name: order.customer_name };
  }
  const person = await findLinkedPerson(ctx.db, id);
  if (kind !== 'person' || !person) return null;
  const { name, roles, department } = person;
  return { principal: { kind, id, name, roles, department, ...credential }, name };
}

const tokenOf = (request: FastifyRequest): string => (request.params as { '*': string })['*'];

function localeOf(request: FastifyRequest): Locale {
  return acceptLanguage(request.headers['accept-language']);
}

function page(reply: FastifyReply, status: number, markup: string): FastifyReply {
  return reply.code(status).type('text/html; charset=utf-8').send(markup);
}

function send(reply: FastifyReply, what: Message, locale: Locale): FastifyReply {
  return page(reply, what.status, messagePage(what, locale));
}
