/** The languages that people are written to in; zh-CN is the default. */
export const LOCALES = ['zh-CN', 'en'] as const;
export type Locale = (typeof LOCALES)[number];

/** Words in both languages, side by side. */
export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** Chooses by language: given both, answers the one. */
export type Choose = (zh: string, en: string) => string;

/** The language that a stored locale means; one that we do not write is zh-CN. */
export function toLocale(text: string | null | undefined): Locale {
  return text?.toLowerCase().startsWith('en') ? 'en' : 'zh-CN';
}

/** The {@link Choose} of a language. */
export function chooseFor(locale: Locale): Choose {
  return locale === 'en' ? (_zh, en) => en : (zh) => zh;
}

/** One language of a pair. */
export function say(words: Words, locale: Locale): string {
  return locale === 'en' ? words.en : words.zh;
}
