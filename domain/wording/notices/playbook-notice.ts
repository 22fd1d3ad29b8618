import type { Step } from '../../playbooks/shape.js';
import { MissingFactError, type NoticeFacts, needed } from '../facts.js';
import { incidentBlocks, incidentName, nextUpdateWords, responseTeamBlocks } from '../incident-blocks.js';
import { type IncidentTold, stepNamed } from '../incident-told.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say } from '../locale.js';
import { momentWords } from '../moments.js';
import { joinedBlocks } from './joined.js';
import { incidentContactWords, ownOrderBlocks } from './own-orders.js';
import type { Draft, Wording } from './wording.js';

type NoticeStep = Extract<Step, { kind: 'action' }>;

/** Whom our people pass a notice on to, where it is for somebody outside whom the product cannot reach. */
const PASSED_ON: Record<string, { zh: string; en: string }> = {
  customers: { zh: '受影响客户', en: 'the customers affected' },
  suppliers: { zh: '供应商', en: 'the suppliers' },
  partners: { zh: '合作伙伴', en: 'our partners' },
  authorities: { zh: '主管部门', en: 'the authorities' },
};

/**
 * What a step of the playbook tells (P02.4): nature, scope, measures, the temporary solution or when it follows (P03.5),
 * and when the next update comes. A customer reads of their own orders alone, a supplier of their own purchase orders.
 */
export const playbookNotice: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const step = actionOf(f, incident);
    if (step.nature === undefined) return invitation(f, incident, step, t, locale);
    const audience = typeof f.given.audience === 'string' ? f.given.audience : 'team';
    const outside = Object.hasOwn(PASSED_ON, audience) ? PASSED_ON[audience] : undefined;
    return {
      subject: t(
        `${outside ? `请转告${outside.zh}` : '通报'}：${step.nature.zh}——${incidentName(incident, locale)}`,
        `${outside ? `Please tell ${outside.en}` : 'Notice'}: ${step.nature.en}, ${incidentName(incident, locale)}`,
      ),
      blocks: [
        ...(outside
          ? [
              {
                p: t(
                  `请您将以下内容告知${outside.zh}${step.about ? `（${step.about.zh}）` : ''}，并在系统中登记告知的对象、时间和方式。`,
                  `Please tell ${outside.en}${step.about ? ` (${step.about.en})` : ''} the following, and record whom you told, when and how.`,
                ),
              },
            ]
          : []),
        told(f, incident, step, null, t, locale),
        ...incidentBlocks(f, { ...incident, nextUpdateAt: null }, locale),
        ...(outside ? [] : responseTeamBlocks(incident, locale)),
      ],
    };
  },

  customer: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const step = actionOf(f, incident);
    const { orders } = incident.own;
    const nature = say(needed(step.nature, 'nature'), locale);
    // Without an order of theirs it is told to them for another reason: their data, or a service that is away.
    const about = orders.length === 1 ? t(`订单 ${orders[0]?.number}`, `order ${orders[0]?.number}`) : '';
    return {
      subject: t(
        `情况说明：${about}${about && '，'}${nature}`,
        `Please note: ${about}${about && ', '}${nature}`,
      ),
      blocks: [
        {
          p: t(
            '我们发现以下情况，特此向您说明。给您带来的不便，敬请谅解。',
            'Something has happened that we want you to know of. We are sorry for the trouble it may cause you.',
          ),
        },
        told(f, incident, step, ownScope(orders.length, t), t, locale),
        ...joinedBlocks(f, t, locale),
        ...ownOrderBlocks(orders, t),
        { p: incidentContactWords(incident, t) },
      ],
    };
  },

  supplier: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const step = actionOf(f, incident);
    const nature = say(needed(step.nature, 'nature'), locale);
    const { purchases } = incident.own;
    const scope = purchases.length > 0 ? purchases.join(t('、', ', ')) : null;
    return {
      subject: t(`情况通报：${nature}`, `Please note: ${nature}`),
      blocks: [
        {
          p: t('现将以下情况通报贵司，请予配合。', 'Please take note of the following and help us with it.'),
        },
        told(f, incident, step, scope && t(`采购订单 ${scope}`, `purchase orders ${scope}`), t, locale),
        { p: ownerWords(incident, t) },
      ],
    };
  },
};

function actionOf(f: NoticeFacts, incident: IncidentTold): NoticeStep {
  const step = stepNamed(incident, f.given.step);
  if (step?.kind !== 'action') throw new MissingFactError('step');
  return step;
}

/** 性质、影响范围、措施 (P02.4), the solution for now (P03.5), and the next update. */
function told(
  f: NoticeFacts,
  incident: IncidentTold,
  step: NoticeStep,
  scope: string | null,
  t: Choose,
  locale: Locale,
): Block {
  return {
    facts: [
      [t('性质', 'What it is'), sentences(say(needed(step.nature, 'nature'), locale))],
      [t('影响范围', 'Scope'), scope],
      [t('措施', 'What is done'), sentences(say(needed(step.measures, 'measures'), locale))],
      // A supplier is told what concerns it; what we do meanwhile is not its matter.
      [
        t('临时方案', 'For the time being'),
        f.recipient.kind === 'supplier' ? null : temporaryWords(f, incident, t, locale),
      ],
      [t('下次通报', 'Next update'), updateWords(f, incident, t, locale)],
    ],
  };
}

const ownScope = (orders: number, t: Choose) =>
  orders === 0
    ? null
    : t(
        `您的 ${orders} 份订单（见下）`,
        orders === 1 ? 'one order of yours (below)' : `${orders} orders of yours (below)`,
      );

/** A playbook's words go on from a colon; in a line of their own they are sentences. Chinese has no case. */
function sentences(text: string): string {
  return text.replace(
    /(^|[.!?] )([a-z])/g,
    (_all, before: string, letter: string) => before + letter.toUpperCase(),
  );
}

/** When the next update comes; before the incident is activated none is planned yet. */
export function updateWords(
  f: NoticeFacts,
  incident: IncidentTold,
  t: Choose,
  locale: Locale,
): string | null {
  if (incident.resolvedAt !== null) return null;
  const fallback = t('有新的进展，立即告知', 'as soon as there is news');
  return nextUpdateWords(f, incident, locale) ?? fallback;
}

/** The temporary solution stands, or when it follows: by the time that the incident's effects are to be contained. */
export function temporaryWords(
  f: NoticeFacts,
  incident: IncidentTold,
  t: Choose,
  locale: Locale,
): string | null {
  if (incident.resolvedAt !== null) return null;
  if (incident.contained)
    return t('临时方案已落实，正按其处理。', 'A temporary solution stands and is being followed.');
  const open = incident.deadlines.findLast(({ kind, state }) => kind === 'mitigate' && state === 'open');
  if (!open || open.dueAt <= f.at) {
    return t(
      '正在制定，确定后立即另行告知。',
      'It is being worked out; you will hear of it as soon as it stands.',
    );
  }
  const by = momentWords(open.dueAt, f.zone, locale);
  return t(`正在制定，最迟 ${by}另行告知。`, `It is being worked out; you will hear of it by ${by}.`);
}

/** P14.7: who meets, what about, and by when. */
function invitation(
  f: NoticeFacts,
  incident: IncidentTold,
  step: NoticeStep,
  t: Choose,
  locale: Locale,
): Draft {
  const deadline = f.tasks.find((task) => task.step?.key === step.key)?.dueAt;
  return {
    subject: t(
      `会议通知：${step.title.zh}——${incidentName(incident, locale)}`,
      `Meeting: ${step.title.en}, ${incidentName(incident, locale)}`,
    ),
    blocks: [
      {
        p: t(
          '请各位立即参加会议。会议结论由召集人登记。',
          'Please join the meeting now. Whoever calls it records its conclusion.',
        ),
      },
      {
        facts: [
          [t('议题', 'Subject'), step.about && say(step.about, locale)],
          [t('最迟召开时间', 'To be held by'), deadline && momentWords(deadline, f.zone, locale)],
          [t('召集人', 'Called by'), f.tasks.find((task) => task.step?.key === step.key)?.assigneeName],
          [t('参加人员', 'Invited'), f.told.join(t('、', ', '))],
        ],
      },
      ...incidentBlocks(f, incident, locale),
      ...responseTeamBlocks(incident, locale),
    ],
  };
}

export function ownerWords({ owner }: IncidentTold, t: Choose): string {
  if (owner === null)
    return t('如有疑问，请与我公司采购联系。', 'For any question, please contact our purchasing.');
  const ways = [owner.phone, owner.email].filter(Boolean).join(t('，', ', '));
  return t(
    `如有疑问，请联系我公司负责人${owner.name}（${ways}）。`,
    `For any question, please contact ${owner.name} (${ways}).`,
  );
}
