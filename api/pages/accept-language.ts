import type { Locale } from '../../domain/wording/locale.js';

/** The language a browser asks for: English where it is preferred to Chinese, else zh-CN (RFC 9110, 12.5.4). */
export function acceptLanguage(header: string | undefined): Locale {
  const quality = { zh: 0, en: 0 };
  for (const range of (header ?? '').split(',').slice(0, 50)) {
    const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase());
    const language = tag.split('-')[0];
    if (language !== 'zh' && language !== 'en') continue;
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    const given = q === undefined ? 1 : Number(q.slice(2));
    if (Number.isFinite(given)) quality[language] = Math.max(quality[language], given);
  }
  return quality.en > quality.zh ? 'en' : 'zh-CN';
}
