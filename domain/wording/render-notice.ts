import type { NoticeFacts } from './facts.js';
import { MissingFactError } from './facts.js';
import { type Rendered, renderLetter } from './letter.js';
import { levelMark } from './level-mark.js';
import { type Choose, chooseFor, type Locale } from './locale.js';
import { isGroupNotice } from './notices/group-notices.js';
import { type TemplateName, WORDINGS } from './notices/registry.js';
import type { Wording } from './notices/wording.js';
import { redMark } from './red-mark.js';

/** A template that is not written for this kind of reader; another try would not help. */
export class MissingWordingError extends Error {
  override readonly name = 'MissingWordingError';
}

/**
 * Writes the notice of a template in the reader's language. A red order is marked in subject and body with its bars
 * (P07.3), an incident for our people with those of its level (P11.1). A customer or a supplier never gets what is written for our people; these may get a copy of what a customer gets. A group
 * chat gets the notices that are marked for it, and no other. Throws
 * {@link MissingFactError} or {@link MissingWordingError} where the record cannot fill it.
 */
export function renderNotice(template: string, facts: NoticeFacts, locale: Locale): Rendered {
  const wording: Wording = Object.hasOwn(WORDINGS, template) ? WORDINGS[template as TemplateName] : {};
  const write = writerFor(wording, template, facts.recipient.kind);
  if (!write) throw new MissingWordingError(`${template} is not written for ${facts.recipient.kind}`);
  const t = chooseFor(locale);
  const { subject, blocks } = write(facts, t, locale);
  const mark = markOf(facts, locale);
  const greeting = greet(facts, t);
  return renderLetter({ subject, mark, greeting, blocks, footer: footerOf(facts, t) }, locale);
}

function markOf({ order, incident, recipient }: NoticeFacts, locale: Locale) {
  if (order) return redMark(order, locale);
  return incident && !isOutside(recipient.kind) ? levelMark(incident, locale) : null;
}

const isOutside = (kind: NoticeFacts['recipient']['kind']) => kind === 'customer' || kind === 'supplier';

function writerFor(wording: Wording, template: string, kind: NoticeFacts['recipient']['kind']) {
  if (kind === 'customer') return wording.customer;
  if (kind === 'supplier') return wording.supplier;
  if (kind === 'group') return isGroupNotice(template) ? wording.staff : undefined;
  return wording.staff ?? wording.customer;
}

/**
 * Whether a notice to one of our people says the same to everybody: then it greets everybody and is sent to them in
 * one go. A link is one person's own.
 */
export function isShared(facts: Pick<NoticeFacts, 'recipient' | 'tasks'>): boolean {
  return !isOutside(facts.recipient.kind) && facts.tasks.every(({ link }) => link === null);
}

function greet(facts: NoticeFacts, t: Choose): string {
  const { kind, name } = facts.recipient;
  if (isShared(facts)) return t('各位同事：您好！', 'Dear colleagues,');
  if (isOutside(kind)) return t(`尊敬的${name}：您好！`, `Dear ${name},`);
  return t(`${name}：您好！`, `Dear ${name},`);
}

function footerOf(facts: NoticeFacts, t: Choose): string[] {
  const automatic =
    facts.recipient.kind === 'group'
      ? t('本消息由系统自动发送，办理链接见邮件。', 'Sent automatically. Links to act are in the mails.')
      : t('本邮件由系统自动发送。', 'This mail was sent automatically.');
  if (isOutside(facts.recipient.kind)) return [automatic];
  const link = facts.tasks.some((task) => task.link !== null)
    ? [t('办理链接仅限本人使用，请勿转发。', 'The link acts in your name: please do not pass it on.')]
    : [];
  const process = facts.processLink
    ? [
        t(
          `${facts.incident ? '处理流程' : '订单流程'}：${facts.processLink}`,
          `Process: ${facts.processLink}`,
        ),
      ]
    : [];
  return [...link, ...process, automatic];
}

export { MissingFactError };
