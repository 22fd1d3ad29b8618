import type { Severity } from '../playbooks/shape.js';
import type { IncidentTold } from './incident-told.js';
import { chooseFor, type Locale, say, type Words } from './locale.js';
import type { RedMark } from './red-mark.js';

/** 一级, 二级, 三级 (P11.1): the higher, the graver. */
export const LEVEL_WORDS: Record<Severity, Words> = {
  1: { zh: '一级', en: 'level 1' },
  2: { zh: '二级', en: 'level 2' },
  3: { zh: '三级', en: 'level 3' },
};

/** The mark of an incident: as many bars as its level. A drill says so first, so that nobody acts in earnest. */
export function levelMark(
  { severity, name, drill }: Pick<IncidentTold, 'severity' | 'name' | 'drill'>,
  locale: Locale,
): RedMark {
  const t = chooseFor(locale);
  const bars = '▮'.repeat(severity);
  const level = say(LEVEL_WORDS[severity], locale);
  const kind = drill ? t('演练', 'DRILL') : t('突发情况', 'INCIDENT');
  return {
    bars,
    prefix: t(`【${kind} ${bars} ${level}】`, `[${kind} ${bars} ${level}] `),
    words: t(`${kind} · ${name.zh} · ${level}`, `${drill ? 'Drill' : 'Incident'} · ${name.en} · ${level}`),
  };
}
