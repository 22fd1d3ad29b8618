import type { Message } from './mail-store.js';

export type Language = 'zh-CN' | 'en';

const words = {
  'zh-CN': {
    title: '红标 · 本机邮箱',
    none: '还没有邮件。',
    from: '发件人',
    to: '收件人',
    date: '时间',
    all: '全部邮件',
  },
  en: {
    title: 'Redmark · local mailbox',
    none: 'No mail yet.',
    from: 'From',
    to: 'To',
    date: 'Sent',
    all: 'All mail',
  },
};

/** The language a browser asks for: Chinese unless English comes first. */
export function languageOf(acceptLanguage: string | undefined): Language {
  return /^\s*en\b/i.test(acceptLanguage ?? '') ? 'en' : 'zh-CN';
}

/** All mails, the newest first, as a page. */
export function renderList(messages: readonly Message[], language: Language): string {
  const say = words[language];
  const rows = [...messages]
    .reverse()
    .map(
      (message) =>
        `<tr><td>${timeOf(message)}</td><td>${escapeHtml(message.to)}</td>` +
        `<td><a href="/messages/${message.id}">${escapeHtml(message.subject || '—')}</a></td></tr>`,
    );
  const head = `<tr><th>${say.date}</th><th>${say.to}</th><th></th></tr>`;
  const body = rows.length > 0 ? `<table>${head}${rows.join('')}</table>` : `<p>${say.none}</p>`;
  return renderPage(say.title, language, `<h1>${say.title}</h1>${body}`);
}

/** One mail as a page; its HTML stands in a frame of its own that runs no script. */
export function renderMessage(message: Message, language: Language): string {
  const say = words[language];
  const view = message.html
    ? `<iframe sandbox="allow-popups allow-popups-to-escape-sandbox" src="/messages/${message.id}/html"></iframe>`
    : `<pre>${linkAddresses(escapeHtml(message.text))}</pre>`;
  return renderPage(
    message.subject,
    language,
    `<p><a href="/">${say.all}</a></p><h1>${escapeHtml(message.subject)}</h1>` +
      `<dl><dt>${say.from}</dt><dd>${escapeHtml(message.from)}</dd><dt>${say.to}</dt><dd>${escapeHtml(message.to)}</dd>` +
      `<dt>${say.date}</dt><dd>${timeOf(message)}</dd></dl>${view}`,
  );
}

function renderPage(title: string, language: Language, body: string): string {
  return `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title>
<meta name="viewport" content="width=device-width"><style>
body{font:15px/1.6 system-ui,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif;margin:2rem auto;max-width:60rem;padding:0 1rem;color:#1f2328}
h1{font-size:1.3rem}table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.4rem .8rem .4rem 0;border-bottom:1px solid #ddd;vertical-align:top}
td:first-child{white-space:nowrap;color:#59636e}dl{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1rem}dt{color:#59636e}dd{margin:0}
iframe{width:100%;height:70vh;border:1px solid #ddd}pre{white-space:pre-wrap;font:inherit}
</style></head><body>${body}</body></html>`;
}

const timeOf = ({ date }: Message) => date.replace('T', ' ').replace(/\.\d+Z$/, ' UTC');

const escapes: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const linkAddresses = (escaped: string) =>
  escaped.replace(
    /https?:\/\/[^\s<，。；）]+/g,
    (url) => `<a href="${url}" target="_blank" rel="noreferrer">${url}</a>`,
  );
