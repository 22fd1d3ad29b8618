import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../domain/wording/locale.js';
import { renderNotice } from '../../domain/wording/render-notice.js';
import { sampleFacts } from './sample-facts.js';
import { sampleIncidentFacts } from './sample-incident.js';

const muted = {
  kind: 'mute',
  quieted: 3,
  reason: 'RM-1',
  from: '2026-11-24T01:30:00.000Z',
  until: '2026-11-24T03:30:00.000Z',
  of: ['endpoints', 'web-shop'],
};
const letters = {
  faultOver: () => sampleIncidentFacts('faultOver', 'person'),
  muteOver: () => ({ ...sampleFacts('muteOver', 'person'), order: null, tasks: [], given: muted }),
} as const;

describe.each(Object.keys(letters) as (keyof typeof letters)[])('%s', (template) => {
  it.each(LOCALES)('is complete in %s, with nothing left to fill in', (locale) => {
    const { subject, text, html } = renderNotice(template, letters[template](), locale);
    const chinese = /[\u3400-\u9fff]/;
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid/);
      expect(part.trim()).not.toBe('');
      if (locale !== 'en') expect(part).toMatch(chinese);
    }
    if (locale === 'en') expect(subject + text + html).not.toMatch(chinese);
  });
});

it('tells the owner of a mute what was quiet, how long and how often (P12.4)', () => {
  const { subject, text } = renderNotice('muteOver', letters.muteOver(), 'zh-CN');
  expect(subject).toBe('静默已结束：期间有 3 项异常未上报');
  expect(text).toContain('endpoints · web-shop');
  expect(text).toContain('2 小时');
});

it('does not say that an incident is closed because a monitor is quiet', () => {
  const { text } = renderNotice('faultOver', letters.faultOver(), 'zh-CN');
  expect(text).toContain('系统不会自行结案');
});
