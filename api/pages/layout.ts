import { createHash } from 'node:crypto';
import type { Block } from '../../domain/wording/letter.js';
import type { Locale } from '../../domain/wording/locale.js';
import type { RedMark } from '../../domain/wording/red-mark.js';
import { Html, html } from './html.js';

const style = `
:root{color-scheme:light}
body{margin:0;background:#f4f4f4;color:#1a1a1a;font:16px/1.6 'PingFang SC','Microsoft YaHei','Noto Sans CJK SC',Arial,sans-serif}
main{max-width:42rem;margin:0 auto;background:#fff;padding:1rem 1rem 2rem}
h1{font-size:1.4rem;margin:.4rem 0 1rem}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
.mark{background:#c8102e;color:#fff;margin:-1rem -1rem 1rem;padding:.6rem 1rem;font-weight:bold}
.mark span{font-size:1.3rem;letter-spacing:.2rem;margin-right:.5rem}
dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;gap:.2rem 1rem;margin:.5rem 0}
dt{color:#5a5a5a}dd{margin:0;overflow-wrap:anywhere;white-space:pre-line}
blockquote{margin:.5rem 0;padding:.2rem .8rem;border-left:4px solid #bbb;white-space:pre-line;overflow-wrap:anywhere}
fieldset{border:1px solid #ccc;border-radius:6px;margin:1rem 0;padding:.4rem 1rem 1rem}
legend{font-weight:bold;padding:0 .3rem}
fieldset.choice{border:0;padding:0;margin:.8rem 0 0}fieldset.choice legend{padding:0}
label{display:block;margin:.8rem 0 .2rem}
label.option{display:flex;align-items:center;gap:.5rem;margin:0;padding:.5rem 0;min-height:1.8rem}
input[type=radio]{width:1.3rem;height:1.3rem;margin:0}
input:not([type=radio]),textarea{box-sizing:border-box;width:100%;padding:.6rem;font:inherit;border:1px solid #767676;border-radius:4px}
textarea{min-height:4.5rem}
.hint{color:#5a5a5a;font-size:.9rem}
.problem{color:#b00020;font-weight:bold;margin:.2rem 0}
[aria-invalid=true]{border-color:#b00020!important;border-width:2px!important}
.notice{border:2px solid #b00020;border-radius:6px;padding:.6rem 1rem;margin:0 0 1rem}
button{margin-top:1.4rem;width:100%;padding:.8rem;font:inherit;font-weight:bold;color:#fff;background:#1f4e8c;border:0;border-radius:6px}
button:focus,input:focus,textarea:focus{outline:3px solid #f5a623;outline-offset:2px}
`;

const styleHash = createHash('sha256').update(style).digest('base64');

/** What a page may load: its own style and nothing else, no script at all; its form goes back to itself. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${styleHash}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** A whole page: one heading, the red band of a red order, and its content. */
export function layout(page: {
  locale: Locale;
  title: string;
  mark?: RedMark | null;
  content: Html | Html[];
}): string {
  const { locale, title, mark, content } = page;
  const band =
    mark && html`<div class="mark"><span aria-hidden="true">${mark.bars}</span>${mark.words}</div>`;
  return html`<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${title}</title>
<style>${new Html(style)}</style>
</head>
<body>
<main>${band}<h1>${title}</h1>${content}</main>
</body>
</html>
`.markup;
}

/** Blocks of a letter as a page shows them. */
export function renderBlocks(blocks: readonly Block[]): Html[] {
  return blocks.map((block) => {
    if ('p' in block) return html`<p>${block.p}</p>`;
    if ('h' in block) return html`<h2>${block.h}</h2>`;
    if ('facts' in block) {
      const rows = block.facts.filter(([, value]) => value);
      return html`<dl>${rows.map(([label, value]) => html`<dt>${label}</dt><dd>${value}</dd>`)}</dl>`;
    }
    if ('items' in block) return html`<ul>${block.items.map((item) => html`<li>${item}</li>`)}</ul>`;
    if ('quote' in block) return html`<blockquote>${block.quote}</blockquote>`;
    return html`<p><a href="${block.link.url}">${block.link.label}</a></p>`;
  });
}
