import { escapeHtml } from './escape-html.js';
import { escapeMarkdown } from './escape-markdown.js';
import type { Locale } from './locale.js';
import type { RedMark } from './red-mark.js';

/** A piece of a letter. Texts are plain: escaping is this file's work alone. */
export type Block =
  | { p: string }
  /** A heading within the letter. */
  | { h: string }
  /** Facts, each with its label; a fact that is null or empty is left out. */
  | { facts: [label: string, value: string | null | undefined][] }
  | { items: string[] }
  /** Words of a person, as they were given. */
  | { quote: string }
  | { link: { label: string; url: string } };

/** A letter before it has a form. */
export interface Letter {
  subject: string;
  mark: RedMark | null;
  greeting: string;
  blocks: Block[];
  /** Closing lines, smaller. */
  footer: string[];
}

/** What is handed to a channel. */
export interface Rendered {
  subject: string;
  text: string;
  html: string;
  /** As the robots of WeCom, DingTalk and Feishu read it; without the subject. */
  markdown: string;
  /** Whether it bears the red mark 红色标识 (P07.3). */
  red: boolean;
}

/** Gives a letter its form as plain text, as HTML with inline styles and as Markdown; the subject is one line. */
export function renderLetter(letter: Letter, locale: Locale): Rendered {
  return {
    subject: oneLine(`${letter.mark?.prefix ?? ''}${letter.subject}`),
    text: renderText(letter, locale),
    html: renderHtml(letter, locale),
    markdown: renderMarkdown(letter, locale),
    red: letter.mark !== null,
  };
}

// Whatever a name or number holds, a header has one line; and of a length that mail clients still show.
function oneLine(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();
  return [...line].length <= 180 ? line : `${[...line].slice(0, 179).join('')}…`;
}

const filled = (facts: [string, string | null | undefined][]) =>
  facts.filter((fact): fact is [string, string] => !!fact[1]);

function renderText({ mark, greeting, blocks, footer }: Letter, locale: Locale): string {
  const colon = locale === 'en' ? ': ' : '：';
  const head = mark ? [`${mark.bars} ${mark.words} ${mark.bars}`] : [];
  const body = blocks.map((block) => blockText(block, colon)).filter((text) => text !== '');
  return `${[...head, greeting, ...body, footer.map((line) => `-- ${line}`).join('\n')].join('\n\n')}\n`;
}

function blockText(block: Block, colon: string): string {
  if ('p' in block) return block.p;
  if ('h' in block) return `== ${block.h} ==`;
  if ('facts' in block) {
    return filled(block.facts)
      .map(([label, value]) => `${label}${colon}${value.replace(/\n/g, '\n    ')}`)
      .join('\n');
  }
  if ('items' in block) return block.items.map((item) => `- ${item}`).join('\n');
  if ('quote' in block) return block.quote.replace(/^/gm, '> ');
  return `${block.link.label}\n${block.link.url}`;
}

/**
 * Only what the three robots read alike: bold, quote, list, link, and an empty line between paragraphs. They have no
 * tables, and headings look different in each.
 */
function renderMarkdown({ mark, greeting, blocks, footer }: Letter, locale: Locale): string {
  const head = mark ? [`**${mark.bars} ${escapeMarkdown(mark.words)}**`] : [];
  const body = blocks.map((block) => blockMarkdown(block, locale)).filter((text) => text !== '');
  return [...head, escapeMarkdown(greeting), ...body, ...footer.map(escapeMarkdown)].join('\n\n');
}

function blockMarkdown(block: Block, locale: Locale): string {
  const [colon, semicolon] = locale === 'en' ? [': ', '; '] : ['：', '；'];
  const inLine = (text: string) => escapeMarkdown(text).replace(/\n+/g, semicolon);
  // One line end is none in DingTalk.
  if ('p' in block) return escapeMarkdown(block.p).replace(/\n+/g, '\n\n');
  if ('h' in block) return `**${inLine(block.h)}**`;
  if ('facts' in block) {
    return filled(block.facts)
      .map(([label, value]) => `- **${inLine(label)}**${colon}${inLine(value)}`)
      .join('\n');
  }
  if ('items' in block) return block.items.map((item) => `- ${inLine(item)}`).join('\n');
  if ('quote' in block) return escapeMarkdown(block.quote).replace(/^/gm, '> ');
  return `[${inLine(block.link.label)}](${block.link.url})`;
}

const font = "font-family:'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif";
const bar = 'font-size:20px;letter-spacing:3px;margin-right:8px';
const band = 'background:#c8102e;color:#fff;padding:10px 16px;font-size:16px;font-weight:bold';
const cell = 'padding:4px 12px 4px 0;vertical-align:top;text-align:left';
const button =
  'display:inline-block;padding:10px 18px;background:#1f4e8c;color:#fff;text-decoration:none;border-radius:4px';

function renderHtml({ subject, mark, greeting, blocks, footer }: Letter, locale: Locale): string {
  const head = mark
    ? `<div style="${band}"><span aria-hidden="true" style="${bar}">${mark.bars}</span>${escapeHtml(mark.words)}</div>`
    : '';
  const small = footer.map((line) => `<p style="margin:2px 0">${escapeHtml(line)}</p>`).join('');
  return (
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><title>${escapeHtml(oneLine(subject))}</title>` +
    `</head><body style="margin:0;padding:0;background:#f4f4f4;${font}">` +
    `<div style="max-width:640px;margin:0 auto;background:#fff;color:#1a1a1a;font-size:15px;line-height:1.6">${head}` +
    `<div style="padding:16px"><p>${escapeHtml(greeting)}</p>${blocks.map(blockHtml).join('')}` +
    `<div style="margin-top:24px;padding-top:8px;border-top:1px solid #ddd;color:#666;font-size:12px">${small}</div>` +
    '</div></div></body></html>'
  );
}

const lines = (text: string) => escapeHtml(text).replace(/\n/g, '<br>');

function blockHtml(block: Block): string {
  if ('p' in block) return `<p>${lines(block.p)}</p>`;
  if ('h' in block) return `<h2 style="font-size:16px;margin:20px 0 6px">${escapeHtml(block.h)}</h2>`;
  if ('facts' in block) {
    const rows = filled(block.facts).map(
      ([label, value]) =>
        `<tr><th scope="row" style="${cell};color:#666;font-weight:normal;white-space:nowrap">${escapeHtml(label)}</th>` +
        `<td style="${cell}">${lines(value)}</td></tr>`,
    );
    return `<table style="border-collapse:collapse;margin:8px 0">${rows.join('')}</table>`;
  }
  if ('items' in block) return `<ul>${block.items.map((item) => `<li>${lines(item)}</li>`).join('')}</ul>`;
  if ('quote' in block) {
    return `<blockquote style="margin:8px 0;padding:4px 12px;border-left:4px solid #bbb">${lines(block.quote)}</blockquote>`;
  }
  const url = escapeHtml(block.link.url);
  return (
    `<p style="margin:16px 0"><a href="${url}" style="${button}">${escapeHtml(block.link.label)}</a></p>` +
    `<p style="font-size:12px;color:#666;word-break:break-all">${url}</p>`
  );
}
