import { type NoticeFacts, needed } from '../facts.js';
import { incidentBlocks, incidentName } from '../incident-blocks.js';
import type { IncidentTold } from '../incident-told.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say } from '../locale.js';
import { momentWords } from '../moments.js';
import { joinedBlocks } from './joined.js';
import { incidentContactWords, ownOrderBlocks } from './own-orders.js';
import { ownerWords, temporaryWords, updateWords } from './playbook-notice.js';
import type { Wording, Write } from './wording.js';

/** P03.5, P08.7: where things stand, from time to time until it is resolved. */
export const incidentUpdate: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return {
      subject: t(`进展通报：${incidentName(incident, locale)}`, `Update: ${incidentName(incident, locale)}`),
      blocks: [...standing(f, incident, t, locale), ...incidentBlocks(f, incident, locale)],
    };
  },
  customer: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return toCustomer(f, incident, t, locale, {
      subject: t('最新进展', 'Update'),
      opening: t(
        '现将此前通报情况的最新进展告知您。',
        'This is how the matter stands that we wrote to you about.',
      ),
      news: standing(f, incident, t, locale),
    });
  },
  supplier: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return {
      subject: t(`最新进展：${natureOf(incident, locale)}`, `Update: ${natureOf(incident, locale)}`),
      blocks: [...standing(f, incident, t, locale), { p: ownerWords(incident, t) }],
    };
  },
};

/** The last news to those outside who have heard of it: it is over. */
export const resolvedOutside: { customer: Write; supplier: Write } = {
  customer: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return toCustomer(f, incident, t, locale, {
      subject: t('已恢复正常', 'Back to normal'),
      opening: t(
        '此前向您通报的情况已经解决，业务恢复正常。感谢您的理解与支持。',
        'The matter that we wrote to you about is resolved, and work is back to normal. Thank you for your patience.',
      ),
      news: [ended(f, incident, t, locale)],
    });
  },
  supplier: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return {
      subject: t(
        `已恢复正常：${natureOf(incident, locale)}`,
        `Back to normal: ${natureOf(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            '此前向贵司通报的情况已经解决，业务恢复正常。感谢贵司的配合。',
            'The matter that we wrote to you about is resolved, and work is back to normal. Thank you for your help.',
          ),
        },
        ended(f, incident, t, locale),
        { p: ownerWords(incident, t) },
      ],
    };
  },
};

/** A letter to a customer: the news, what was joined to it, their orders, whom to ask. */
function toCustomer(
  f: NoticeFacts,
  incident: IncidentTold,
  t: Choose,
  locale: Locale,
  { subject, opening, news }: { subject: string; opening: string; news: Block[] },
) {
  return {
    subject: `${subject}${t('：', ': ')}${aboutOrders(incident, t)}`,
    blocks: [
      { p: opening },
      ...news,
      ...joinedBlocks(f, t, locale),
      ...ownOrderBlocks(incident.own.orders, t),
      { p: incidentContactWords(incident, t) },
    ],
  };
}

function standing(f: NoticeFacts, incident: IncidentTold, t: Choose, locale: Locale): Block[] {
  const isOutside = f.recipient.kind !== 'person';
  return [
    ...(typeof f.given.words === 'string' && f.given.words !== '' ? [{ p: f.given.words }] : []),
    {
      facts: [
        [t('性质', 'What it is'), isOutside ? natureOf(incident, locale) : null],
        [
          t('已采取的措施', 'Done so far'),
          incident.done.map((title) => say(title, locale)).join(t('；', '; ')) || null,
        ],
        [
          t('临时方案', 'For the time being'),
          f.recipient.kind === 'supplier' ? null : temporaryWords(f, incident, t, locale),
        ],
        [t('下次通报', 'Next update'), isOutside ? updateWords(f, incident, t, locale) : null],
      ],
    },
  ];
}

function ended(f: NoticeFacts, incident: IncidentTold, t: Choose, locale: Locale): Block {
  return {
    facts: [
      [t('性质', 'What it was'), natureOf(incident, locale)],
      [t('解决时间', 'Resolved at'), incident.resolvedAt && momentWords(incident.resolvedAt, f.zone, locale)],
    ],
  };
}

/** As the playbook told it first; its name where it told nobody. */
function natureOf({ playbook, name }: IncidentTold, locale: Locale): string {
  const first = playbook.steps.find((step) => step.kind === 'action' && step.action === 'notifyCustomers');
  return say((first?.kind === 'action' ? first.nature : undefined) ?? name, locale);
}

function aboutOrders({ own, name }: IncidentTold, t: Choose): string {
  if (own.orders.length === 0) return t(name.zh, name.en);
  const numbers = own.orders.slice(0, 3).map(({ number }) => number);
  const more = own.orders.length > numbers.length ? t('等', ' and others') : '';
  return t(`订单 ${numbers.join('、')}${more}`, `order ${numbers.join(', ')}${more}`);
}
