import type { FieldError } from '../../app/errors.js';
import { toOrderFacts, toUtc } from '../../app/notices/order-facts.js';
import type { TaskKind } from '../../contracts/forms.js';
import type { NoticeOrderRow, NoticeTaskRow } from '../../db/queries/notice-order.js';
import type { MatrixPolicy } from '../../domain/evaluation/shape.js';
import type { OrderFacts } from '../../domain/wording/facts.js';
import type { Block } from '../../domain/wording/letter.js';
import { chooseFor, type Locale, say } from '../../domain/wording/locale.js';
import { momentWords } from '../../domain/wording/moments.js';
import { offeredDay } from '../../domain/wording/notices/alternative.js';
import { questionsOf } from '../../domain/wording/notices/intake.js';
import { objectionItems, proposalBlocks } from '../../domain/wording/notices/task-opened.js';
import {
  answeredBlocks,
  customerBlocks,
  departmentWords,
  staffBlocks,
} from '../../domain/wording/order-blocks.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';
import { redMark } from '../../domain/wording/red-mark.js';
import { POINT_WORDS, TASK_WORDS, wordsOf } from '../../domain/wording/terms.js';
import { type Group, renderForm, type Values } from './form.js';
import { html } from './html.js';
import { layout, renderBlocks } from './layout.js';
import { TASK_PAGE_FORMS } from './task-forms.js';

/** A task as its page shows it. */
export interface TaskVisit {
  row: NoticeOrderRow;
  task: NoticeTaskRow;
  reader: 'customer' | 'person';
  /** Whom the link acts as. */
  name: string;
  zone: string;
  now: Date;
  matrix?: MatrixPolicy;
}

/** The fields of a task's form. */
export function groupsOf({ row, task, reader, zone, now, matrix }: TaskVisit): Group[] {
  return TASK_PAGE_FORMS[task.kind as TaskKind]({
    order: toOrderFacts(row),
    task,
    reader,
    zone,
    now,
    matrix,
  });
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
  const order = toOrderFacts(visit.row);
  const words = say(wordsOf(TASK_WORDS, visit.task.kind), locale);
  const title = visit.reader === 'customer' ? customerTitle(visit.task.kind, order, locale) : words;
  return layout({
    locale,
    title: `${title} · ${order.number}`,
    mark: redMark(order, locale),
    content: [
      ...renderBlocks(about(visit, order, locale)),
      html`${renderForm({ groups: groupsOf(visit), values, errors, nonce, locale, submit: W.submit })}`,
    ],
  });
}

function customerTitle(kind: string, order: OrderFacts, locale: Locale): string {
  const t = chooseFor(locale);
  if (kind === 'question') return t('请您确认', 'A question about your order');
  if (kind === 'alternative') return t('交期替代方案', 'Another delivery date');
  return kind === 'customerContact' ? t('确认收货', 'Did your order arrive?') : order.number;
}

function about(visit: TaskVisit, order: OrderFacts, locale: Locale): Block[] {
  const specific = specificBlocks(visit, order, locale);
  if (visit.reader === 'customer') return [...specific, ...customerBlocks(order, locale)];
  const { task, zone, now, name } = visit;
  const due = task.due_at && toUtc(task.due_at);
  const late = due !== null && due < now.toISOString() ? ` · ${say(W.overdue, locale)}` : '';
  return [
    {
      facts: [
        [say(W.actingAs, locale), `${name} · ${departmentWords(task.department, locale)}`],
        [say(W.due, locale), due && momentWords(due, zone, locale) + late],
      ],
    },
    ...specific,
    { h: say(W.orderFacts, locale) },
    ...staffBlocks({ zone }, order, locale),
  ];
}

function specificBlocks({ task, reader, row }: TaskVisit, order: OrderFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
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
        ...(reader === 'person' ? phoneBlocks(row, locale) : []),
      ];
    case 'alternative':
      return [
        {
          facts: [
            [t('要求交期', 'Delivery asked for'), order.requestedDelivery],
            [t('我们可承诺的交货日期', 'The day we can promise'), offeredDay({ given: {} }, task)],
          ],
        },
        ...(reader === 'person' ? phoneBlocks(row, locale) : []),
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
      return reader === 'person' ? phoneBlocks(row, locale) : [];
    default:
      return [];
  }
}

function objectionsIfAny(order: OrderFacts, locale: Locale): Block[] {
  const items = objectionItems(order, chooseFor(locale), locale);
  return items.length > 0 ? [{ h: say(W.objections, locale) }, { items }] : [];
}

function phoneBlocks(row: NoticeOrderRow, locale: Locale): Block[] {
  const t = chooseFor(locale);
  return [
    {
      facts: [
        [t('客户', 'Customer'), row.customer_name],
        [t('客户电话', 'Customer’s telephone'), row.customer_phone],
      ],
    },
  ];
}
