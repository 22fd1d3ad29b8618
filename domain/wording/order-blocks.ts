import { ROLE_WORDS } from '../roles/shape.js';
import { TEAM_WORDS } from '../team/shape.js';
import { amountWords } from './amounts.js';
import type { NoticeFacts, OrderFacts, TaskFacts } from './facts.js';
import type { Block } from './letter.js';
import { chooseFor, type Locale, say } from './locale.js';
import { momentWords } from './moments.js';
import {
  CHANNEL_WORDS,
  CLASS_WORDS,
  GRADE_WORDS,
  GROUND_WORDS,
  MEASURE_WORDS,
  POINT_WORDS,
  TASK_WORDS,
  wordsOf,
} from './terms.js';

// What our people write for the customer is sent as it is: said where it must be in another language than this.
function otherLanguage({ customerLocale }: OrderFacts, locale: Locale): string | null {
  if (customerLocale === locale) return null;
  return customerLocale === 'en' ? '英文' : 'Chinese';
}

/** Class and grade: `紧急订单 · 特急`; a normal order has no grade. */
export function urgencyWords(order: Pick<OrderFacts, 'class' | 'grade'>, locale: Locale): string {
  const kind = say(CLASS_WORDS[order.class], locale);
  return order.grade === 0 ? kind : `${kind} · ${say(GRADE_WORDS[order.grade], locale)}`;
}

/** What was ordered, a line each: `蜗轮减速机 RM-… × 2 台`. */
export function lineWords(order: OrderFacts, locale: Locale): string[] {
  return order.lines.map(({ sku, nameZh, nameEn, quantity, unit }) =>
    locale === 'en' ? `${nameEn} (${sku}) × ${quantity}` : `${nameZh}（${sku}）× ${quantity} ${unit}`,
  );
}

/** `2026-11-26 17:00（北京时间）`, and a word where the holidays of that year are not published yet. */
export function dueWords(
  due: { dueAt: string; provisional?: boolean },
  zone: string,
  locale: Locale,
): string {
  const t = chooseFor(locale);
  return momentWords(due.dueAt, zone, locale) + (due.provisional ? t('（暂定）', ' (provisional)') : '');
}

/** When the deadline of a kind is due, of those not withdrawn; null where the order has none. */
export function dueOf(f: NoticeFacts, kind: string, locale: Locale): string | null {
  const deadline = f.order?.deadlines.findLast((one) => one.kind === kind && one.state !== 'withdrawn');
  if (deadline?.state === 'stopped') return chooseFor(locale)('暂停计时', 'stopped while the order is held');
  return deadline ? dueWords(deadline, f.zone, locale) : null;
}

/** Urgency and delivery requirement for those who work on an order (P05.3), with what it was assessed as (P05.2). */
export function staffBlocks(f: Pick<NoticeFacts, 'zone'>, order: OrderFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
  const join = t('；', '; ');
  const key = order.keyOrder ? t(' · 关键订单', ' · key order') : '';
  const score = t(
    `${order.score}（紧急性 ${order.urgency} × 重要性 ${order.importance} ÷ 100）`,
    `${order.score} (urgency ${order.urgency} × importance ${order.importance} ÷ 100)`,
  );
  const ground = order.ground && say(wordsOf(GROUND_WORDS, order.ground), locale);
  const statement = order.groundStatement ? `${t('：', ': ')}${order.groundStatement}` : '';
  return [
    {
      facts: [
        [t('订单号', 'Order'), order.number],
        [t('紧急程度', 'Urgency'), urgencyWords(order, locale) + key],
        [t('评估得分', 'Score'), score],
        [t('判定依据', 'Reasons'), order.reasons.map((reason) => say(reason, locale)).join(join)],
        [t('急难理由', 'Declared ground'), ground && `${ground}${statement}`],
        [t('客户', 'Customer'), order.customerName],
        [t('客户语言', 'Customer’s language'), otherLanguage(order, locale)],
        [t('销售负责人', 'Sales owner'), order.salesOwner?.name],
        [t('产品及数量', 'Products'), lineWords(order, locale).join('\n')],
        [t('金额', 'Amount'), amountWords(order.amountMinor, order.currency, locale)],
        [t('要求交期', 'Delivery asked for'), order.requestedDelivery],
        [t('承诺交期', 'Delivery promised'), order.promisedDelivery],
        [t('生产措施', 'Measure'), order.measure && say(MEASURE_WORDS[order.measure], locale)],
        [t('交货地点', 'Destination'), destinationWords(order, locale)],
        [t('运输方式', 'Shipping'), order.shippingMethod],
        [t('加工工艺', 'Process'), order.process],
        [t('特殊要求', 'Special requirements'), order.specialRequirements],
        [t('优先理由', 'Reason for priority'), order.priorityReason],
        [t('接单时间', 'Received'), receivedWords(f, order, locale)],
      ],
    },
  ];
}

function receivedWords(f: Pick<NoticeFacts, 'zone'>, order: OrderFacts, locale: Locale): string {
  return `${momentWords(order.receivedAt, f.zone, locale)} · ${say(wordsOf(CHANNEL_WORDS, order.channel), locale)}`;
}

const countryNames = new Map<string, Intl.DisplayNames>();

/** Where the goods go, from large to small in Chinese and the other way round in English: `中国 江苏省 苏州市`. */
export function destinationWords({ destination }: OrderFacts, locale: Locale): string {
  let names = countryNames.get(locale);
  if (!names) {
    names = new Intl.DisplayNames(locale, { type: 'region' });
    countryNames.set(locale, names);
  }
  const { country, region, city } = destination;
  const places = [...new Set([names.of(country) ?? country, region, city].filter((place) => !!place))];
  return locale === 'en' ? places.reverse().join(', ') : places.join(' ');
}

/** What the customer answered to a department's doubts, for its next look (P07.5). */
export function answeredBlocks(order: OrderFacts, department: string, locale: Locale): Block[] {
  const answered = order.questions.filter((one) => one.department === department && one.answer !== null);
  if (answered.length === 0) return [];
  const t = chooseFor(locale);
  return [
    { h: t('客户答复', 'The customer’s answers') },
    ...answered.flatMap(({ point, text, answer }): Block[] => [
      { p: `${say(wordsOf(POINT_WORDS, point), locale)}${t('：', ': ')}${text}` },
      { quote: answer ?? '' },
    ]),
  ];
}

/** The production team of seven, by name (P07.2). */
export function teamBlocks(order: OrderFacts, locale: Locale): Block[] {
  if (order.team.length === 0) return [];
  const t = chooseFor(locale);
  return [
    { h: t('紧急订单生产小组', 'Production team') },
    { facts: order.team.map(({ role, name }) => [say(TEAM_WORDS[role], locale), name]) },
  ];
}

/** What a task is called: by the title of its step where it is for one of a playbook, else by its kind. */
export function taskWords({ kind, step }: Pick<TaskFacts, 'kind' | 'step'>, locale: Locale): string {
  return say(step?.title ?? wordsOf(TASK_WORDS, kind), locale);
}

/** A task, until when, and the link for the one it was given to. */
export function taskBlocks(f: NoticeFacts, task: TaskFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
  return [
    {
      facts: [
        [t('待办事项', 'To do'), taskWords(task, locale)],
        [t('责任部门', 'Department'), departmentWords(task.department, locale)],
        [t('责任人', 'Assigned to'), task.assigneeName],
        [t('完成时限', 'Due'), task.dueAt && momentWords(task.dueAt, f.zone, locale)],
      ],
    },
    ...linkBlocks(task, locale),
  ];
}

/** The button of a task; nothing where the recipient has no link to it. */
export function linkBlocks(task: TaskFacts, locale: Locale): Block[] {
  if (task.link === null) return [];
  const t = chooseFor(locale);
  const words = taskWords(task, locale);
  return [{ link: { label: t(`立即办理：${words}`, words), url: task.link } }];
}

/** A department or role in words. */
export function departmentWords(key: string, locale: Locale): string {
  if (key === 'customer') return chooseFor(locale)('客户', 'Customer');
  return say(wordsOf(ROLE_WORDS, key), locale);
}

/** What a customer reads of the order: their own words back, nothing of ours (P01.4). */
export function customerBlocks(order: OrderFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
  return [
    {
      facts: [
        [t('订单号', 'Order number'), order.number],
        [t('贵方单号', 'Your reference'), order.customerReference],
        [t('产品及数量', 'Products'), lineWords(order, locale).join('\n')],
        [t('要求交期', 'Delivery you asked for'), order.requestedDelivery],
      ],
    },
  ];
}

/** Where the customer follows the order. */
export function trackingBlocks(f: NoticeFacts, locale: Locale): Block[] {
  if (f.trackingLink === null) return [];
  return [{ link: { label: chooseFor(locale)('查看订单进度', 'Follow your order'), url: f.trackingLink } }];
}

/** Whom the customer can call. */
export function contactWords(order: OrderFacts, locale: Locale): string {
  const t = chooseFor(locale);
  const owner = order.salesOwner;
  if (owner === null)
    return t('如有疑问，请与我公司销售部联系。', 'For any question, please contact our sales department.');
  const ways = [owner.phone, owner.email].filter(Boolean).join(t('，', ', '));
  return t(
    `如有疑问，请联系您的销售负责人${owner.name}（${ways}）。`,
    `For any question, please contact your sales owner ${owner.name} (${ways}).`,
  );
}
