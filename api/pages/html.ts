import { escapeHtml } from '../../domain/wording/escape-html.js';

/** Markup that is safe to send: made by {@link html} alone. */
export class Html {
  constructor(readonly markup: string) {}
}

type Part = Html | string | number | null | undefined | false | readonly Part[];

/** Markup from a template: whatever is put in is escaped, unless it is markup itself. Nothing where it is empty. */
export function html(template: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(template.reduce((markup, text, index) => markup + toMarkup(parts[index - 1]) + text));
}

function toMarkup(part: Part): string {
  if (part instanceof Html) return part.markup;
  if (Array.isArray(part)) return part.map(toMarkup).join('');
  return part === null || part === undefined || part === false ? '' : escapeHtml(String(part));
}
