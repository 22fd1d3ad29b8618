import { chooseFor, type Locale } from '../../domain/wording/locale.js';

const bytesOf = (text: string) => Buffer.byteLength(text);

/**
 * Cuts Markdown to at most `mostBytes` of UTF-8, between lines, so that no link or bold word is torn; a first line that
 * is too long by itself is cut within. What was cut is said at the end: the mail holds the whole.
 */
export function fitMarkdown(markdown: string, mostBytes: number, locale: Locale): string {
  if (bytesOf(markdown) <= mostBytes) return markdown;
  const ending = chooseFor(locale)('\n\n…（全文见邮件）', '\n\n… (the mail has the whole)');
  const room = mostBytes - bytesOf(ending);
  let kept = '';
  for (const line of markdown.split('\n')) {
    const longer = kept === '' ? line : `${kept}\n${line}`;
    if (bytesOf(longer) > room) break;
    kept = longer;
  }
  if (kept === '') kept = firstBytes(markdown.split('\n')[0] ?? '', room);
  return kept.trimEnd() + ending;
}

/** As many whole characters as fit. */
function firstBytes(text: string, mostBytes: number): string {
  let used = 0;
  let kept = '';
  for (const character of text) {
    used += bytesOf(character);
    if (used > mostBytes) break;
    kept += character;
  }
  return kept;
}
