import type { FieldError } from '../../app/errors.js';
import type { OrderTaskVisit, TaskVisit } from '../../app/notices/open-link.js';
import type { TaskKind } from '../../contracts/forms.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import type { Block } from '../../domain/wording/letter.js';
import { chooseFor, type Locale, say } from '../../domain/wording/locale.js';
import { offeredDay } from '../../domain/wording/notices/alternative.js';
import { questionsOf } from '../../domain/wording/notices/intake.js';
import { objectionItems, proposalBlocks } from '../../domain/wording/notices/task-opened.js';
import { answeredBlocks, customerBlocks, staffBlocks } from '../../domain/wording/order-blocks.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';
import { redMark } from '../../domain/wording/red-mark.js';
import { POINT_WORDS, TASK_WORDS, wordsOf } from '../../domain/wording/terms.js';
import { actingAs } from './acting-as.js';
import { aboutChase, chaseGroups, chaseTitle } from './chase-page.js';
import { type Group, renderForm, renderProblems, type Values } from './form.js';
import { incidentGroups } from './incident-forms.js';
import { aboutIncident, incidentTitle } from './incident-page.js';
import { layout, renderBlocks } from './layout.js';
import { TASK_PAGE_FORMS } from './task-forms.js';

const readerOf = ({ principal }: OrderTaskVisit) => principal.kind;

/** The fields of a task's form. */
export function groupsOf(visit: TaskVisit): Group[] {
  if (visit.of === 'incident') return incidentGroups(visit);
  if (visit.of === 'chase') return chaseGroups(visit);
  return TASK_PAGE_FORMS[visit.task.kind as TaskKind]({ ...visit, reader: readerOf(visit) });
}

/** The page on which a task is finished: what must be known, and the form, with what was typed and what is wrong. */
export function taskPage(
  visit: TaskVisit,
  {
    locale,
    nonce,
    values = {},
    errors = [],
  }: { locale: Locale; nonce: string; values?: Values; errors?: FieldError[] },
): string {
  const groups = groupsOf(visit);
  const { head, blocks } = shown(visit, locale);
  return layout({
    locale,
    ...head,
    content: [
      // First on the page, for a form on a phone is longer than its screen.
      renderProblems({ groups, errors, locale }),
      ...renderBlocks(blocks),
      renderForm({ groups, values, errors, nonce, locale, submit: W.submit }),
    ],
  });
}

function shown(visit: TaskVisit, locale: Locale) {
  switch (visit.of) {
    case 'incident':
      return { head: incidentTitle(visit, locale), blocks: aboutIncident(visit, locale) };
    case 'chase':
      return { head: chaseTitle(visit, locale), blocks: aboutChase(visit, locale) };
    case 'order':
      return { head: orderTitle(visit, locale), blocks: about(visit, locale) };
  }
}

function orderTitle(visit: OrderTaskVisit, locale: Locale) {
  const { order, task } = visit;
  const words = say(wordsOf(TASK_WORDS, task.kind), locale);
  const title = readerOf(visit) === 'customer' ? customerTitle(task.kind, order, locale) : words;
  return { title: `${title} · ${order.number}`, mark: redMark(order, locale) };
}

function customerTitle(kind: string, order: OrderFacts, locale: Locale): string {
  const t = chooseFor(locale);
  if (kind === 'question') return t('请您确认', 'A question about your order');
  if (kind === 'alternative') return t('交期替代方案', 'Another delivery date');
  return kind === 'customerContact' ? t('确认收货', 'Did your order arrive?') : order.number;
}

function about(visit: OrderTaskVisit, locale: Locale): Block[] {
  const { order } = visit;
  const specific = specificBlocks(visit, locale);
  if (readerOf(visit) === 'customer') return [...specific, ...customerBlocks(order, locale)];
  const { zone } = visit;
  return [
    actingAs(visit, locale),
    ...specific,
    { h: say(W.orderFacts, locale) },
    ...staffBlocks({ zone }, order, locale),
  ];
}

function specificBlocks(visit: OrderTaskVisit, locale: Locale): Block[] {
  const { task, order } = visit;
  const t = chooseFor(locale);
  const phone = readerOf(visit) === 'person' ? phoneBlocks(order, locale) : [];
  switch (task.kind) {
    case 'evaluate':
      return answeredBlocks(order, task.department, locale);
    case 'question':
      return [
        { h: say(W.questions, locale) },
        ...questionsOf({ order }, task).flatMap((question): Block[] => [
          { p: `${say(wordsOf(POINT_WORDS, question.point), locale)}${t('：', ':')}` },
          { quote: question.text },
        ]),
        ...phone,
      ];
    case 'alternative':
      return [
        {
          facts: [
            [t('要求交期', 'Delivery asked for'), order.requestedDelivery],
            [t('我们可提供的交货日期', 'The day we can offer'), offeredDay({ given: {} }, task)],
          ],
        },
        ...phone,
      ];
    case 'measure':
    case 'conflict': {
      const items = objectionItems(order, t, locale);
      return [
        { h: say(W.objections, locale) },
        items.length > 0 ? { items } : { p: say(W.noObjections, locale) },
      ];
    }
    case 'signOff':
      return [
        ...proposalBlocks(order, String(task.facts.proposal ?? ''), t, locale),
        ...objectionsIfAny(order, locale),
      ];
    case 'customerContact':
      return phone;
    default:
      return [];
  }
}

function objectionsIfAny(order: OrderFacts, locale: Locale): Block[] {
  const items = objectionItems(order, chooseFor(locale), locale);
  return items.length > 0 ? [{ h: say(W.objections, locale) }, { items }] : [];
}

function phoneBlocks(order: OrderFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
  return [
    {
      facts: [
        [t('客户', 'Customer'), order.customerName],
        [t('客户电话', 'Customer’s telephone'), order.customerPhone],
      ],
    },
  ];
}
