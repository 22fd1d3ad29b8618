import { describe, expect, it } from 'vitest';
import type { ChaseNotice } from '../../contracts/chase-record.js';
import type { IncidentNotice } from '../../contracts/incident-record.js';
import type { NoticeTemplate } from '../../contracts/record.js';
import type { Grade, OrderClass } from '../../domain/order/shape.js';
import { LOCALES } from '../../domain/wording/locale.js';
import { type TemplateName, WORDINGS } from '../../domain/wording/notices/registry.js';
import type { Wording } from '../../domain/wording/notices/wording.js';
import { destinationWords } from '../../domain/wording/order-blocks.js';
import { renderNotice } from '../../domain/wording/render-notice.js';
import { sampleFacts, sampleOrder, sampleTask } from './sample-facts.js';

/** Notices that incidents, chases or monitors alone have stand in their own test. */
type OrderTemplate = Exclude<
  TemplateName,
  Exclude<IncidentNotice | ChaseNotice, NoticeTemplate> | 'playbookNotice' | 'faultOver' | 'muteOver'
>;

// Held by the compiler: every notice of an order that a workflow can ask for has its wording, and no other is there.
const templates: Record<OrderTemplate, NoticeTemplate> & Record<NoticeTemplate, OrderTemplate> = {
  orderReceived: 'orderReceived',
  departmentsTold: 'departmentsTold',
  deliveryBeforeConfirmation: 'deliveryBeforeConfirmation',
  taskOpened: 'taskOpened',
  customerQuestion: 'customerQuestion',
  alternativeOffered: 'alternativeOffered',
  signOffRejected: 'signOffRejected',
  orderConfirmed: 'orderConfirmed',
  productionPlanIssued: 'productionPlanIssued',
  earlyWarning: 'earlyWarning',
  orderShipped: 'orderShipped',
  deliveryQuestion: 'deliveryQuestion',
  deliveryDisputed: 'deliveryDisputed',
  orderRejected: 'orderRejected',
  orderDeclined: 'orderDeclined',
  orderReclassified: 'orderReclassified',
  orderHeld: 'orderHeld',
  holdReleased: 'holdReleased',
  incidentLinked: 'incidentLinked',
  deadlineWarning: 'deadlineWarning',
  deadlineBreached: 'deadlineBreached',
  deadlineEscalated: 'deadlineEscalated',
  noticeUndelivered: 'noticeUndelivered',
  watchmanAlarm: 'watchmanAlarm',
};

const readers = (['customer', 'staff'] as const).flatMap((reader) =>
  (Object.keys(templates) as OrderTemplate[])
    .filter((template) => (WORDINGS[template] as Wording)[reader])
    .map((template) => ({
      template,
      kind: reader === 'customer' ? ('customer' as const) : ('person' as const),
    })),
);
const grades: { class: OrderClass; grade: Grade }[] = [
  { class: 'normal', grade: 0 },
  { class: 'urgent', grade: 1 },
  { class: 'urgent', grade: 2 },
  { class: 'urgent', grade: 3 },
  { class: 'critical', grade: 3 },
];

describe.each(readers)('$template to a $kind', ({ template, kind }) => {
  it.each(LOCALES)('is complete in %s, with nothing left to fill in', (locale) => {
    const { subject, text, html } = renderNotice(template, sampleFacts(template, kind), locale);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid/);
      expect(part.trim()).not.toBe('');
    }
    expect(subject).not.toMatch(/[\r\n]/);
    const chinese = /[\u3400-\u9fff]/;
    if (locale === 'en') expect(subject + text + html).not.toMatch(chinese);
    else for (const part of [subject, text, html]) expect(part).toMatch(chinese);
    expect(subject + text).not.toMatch(/质检/);
  });

  it.each(grades)('marks a red order in subject and body by bars (P07.3): $class, grade $grade', (order) => {
    const { subject, text, html } = renderNotice(template, sampleFacts(template, kind, order), 'zh-CN');
    const bars = template === 'watchmanAlarm' ? 0 : order.grade;
    for (const part of [subject, text.split('\n')[0] ?? '', html.split('<p>')[0] ?? '']) {
      expect(part.match(/▮+/)?.[0].length ?? 0).toBe(bars);
      expect(part.includes('红色标识')).toBe(bars > 0);
    }
    expect(subject.startsWith('【红色标识 ')).toBe(bars > 0);
  });
});

describe('a customer', () => {
  const toCustomer = readers.filter(({ kind }) => kind === 'customer');

  it.each(toCustomer)('reads nothing internal in $template', ({ template }) => {
    const { subject, text } = renderNotice(template, sampleFacts(template, 'customer'), 'zh-CN');
    expect(subject + text).not.toMatch(
      /得分|判定依据|重要性|too dear|cannot be hardened|品管部|加班|关键订单|Qin|8233/,
    );
  });

  it('is never sent what is written for our people', () => {
    const facts = sampleFacts('deadlineEscalated', 'customer');
    expect(() => renderNotice('deadlineEscalated', facts, 'zh-CN')).toThrow('not written for customer');
  });

  it('is promised a day only by the confirmation reply (P01.4)', () => {
    for (const { template } of toCustomer) {
      const facts = sampleFacts(template, 'customer');
      const { text } = renderNotice(
        template,
        { ...facts, order: sampleOrder({ promisedDelivery: '2026-12-24' }) },
        'en',
      );
      expect(text.includes('2026-12-24')).toBe(['orderConfirmed', 'orderShipped'].includes(template));
    }
  });

  it('reads in the confirmation reply what was promised, who signed and when (P07.6)', () => {
    const { subject, text } = renderNotice(
      'orderConfirmed',
      sampleFacts('orderConfirmed', 'customer'),
      'zh-CN',
    );
    expect(subject).toBe('【红色标识 ▮▮ 紧急】确认回复：订单 SO-20261124-0001，2026-12-08 交货');
    for (const fact of ['Shaft 45（RM-SHAFT-45）× 2 pc', '2026-12-08', 'air freight', 'Zheng（副总经理）']) {
      expect(text).toContain(fact);
    }
    expect(text).toContain('2026-11-25 11:00（北京时间）');
  });
});

describe('our people', () => {
  it('read urgency, reasons, score and delivery requirement in the first notice (P05.2–3)', () => {
    const { text } = renderNotice('departmentsTold', sampleFacts('departmentsTold', 'person'), 'zh-CN');
    for (const fact of [
      '紧急订单 · 紧急 · 关键订单',
      '短于正常交期 30 天',
      '53',
      '2026-12-09',
      'CNY 2,560.00',
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).toContain('评估完成时限：2026-11-24 17:00（北京时间）');
    expect(text).toContain('https://orders.example.com/t/token');
  });

  it('read which rung it is, for whom, how long overdue, and what is waited for', () => {
    const { subject, text } = renderNotice(
      'deadlineEscalated',
      sampleFacts('deadlineEscalated', 'person'),
      'zh-CN',
    );
    expect(subject).toContain('逐级上报（第 3 级·订单处理经理）');
    expect(subject).toContain('订单评估超期 2 小时');
    expect(text).toContain('订单评估：品管部 Qin');
    expect(text).toContain('上报对象：Lin、Bai');
    const again = sampleFacts('deadlineEscalated', 'person');
    const repeat = { ...again, given: { ...again.given, rung: 7, repeatOf: 5, role: 'generalManager' } };
    expect(renderNotice('deadlineEscalated', repeat, 'zh-CN').subject).toContain('（第 5 级第 3 次·总经理）');
  });

  it('are told which language the customer reads, where it is not theirs', () => {
    const facts = sampleFacts('departmentsTold', 'person');
    expect(renderNotice('departmentsTold', facts, 'zh-CN').text).not.toContain('客户语言');
    const english = { ...facts, order: sampleOrder({ customerLocale: 'en' }) };
    expect(renderNotice('departmentsTold', english, 'zh-CN').text).toContain('客户语言：英文');
  });

  it('read the customer’s answer before they evaluate again (P07.5)', () => {
    const facts = {
      ...sampleFacts('taskOpened', 'person'),
      tasks: [sampleTask('evaluate', { department: 'technical' })],
    };
    const questions = sampleOrder().questions.map((one) => ({ ...one, answer: 'HRC 60', answeredBy: 'Li' }));
    const { text } = renderNotice('taskOpened', { ...facts, order: sampleOrder({ questions }) }, 'zh-CN');
    expect(text).toContain('加工工艺：Which hardness?\n\n> HRC 60');
  });

  it.each([
    [{ country: 'CN', region: '江苏省', city: '苏州市' }, '中国 江苏省 苏州市', '苏州市, 江苏省, China'],
    [{ country: 'CN', region: '上海市', city: '上海市' }, '中国 上海市', '上海市, China'],
    [{ country: 'SE', region: null, city: 'Göteborg' }, '瑞典 Göteborg', 'Göteborg, Sweden'],
  ])('read where goods go: %j', (destination, zh, en) => {
    expect(destinationWords(sampleOrder({ destination }), 'zh-CN')).toBe(zh);
    expect(destinationWords(sampleOrder({ destination }), 'en')).toBe(en);
  });

  it('are greeted together where nobody has a link of their own', () => {
    const facts = sampleFacts('productionPlanIssued', 'person');
    expect(renderNotice('productionPlanIssued', facts, 'zh-CN').text).toContain('各位同事：您好！');
    const own = { ...facts, tasks: [sampleTask('measure')] };
    expect(renderNotice('taskOpened', own, 'zh-CN').text).toContain('Lin：您好！');
  });

  it.each([
    'evaluate',
    'question',
    'measure',
    'alternative',
    'conflict',
    'ground',
    'signOff',
    'customerContact',
    'reach',
  ])('are told what the task %s asks of them, in both languages', (kind) => {
    for (const locale of LOCALES) {
      const facts = { ...sampleFacts('taskOpened', 'person'), tasks: [sampleTask(kind)] };
      const { subject, text } = renderNotice('taskOpened', facts, locale);
      expect(subject + text).not.toMatch(/undefined|null/);
      expect(subject).not.toContain(kind === 'signOff' ? 'signOff' : `: ${kind}`);
      expect(text).toContain('https://orders.example.com/t/token');
    }
  });
});

describe('what people typed', () => {
  const hostile = '<script>alert(1)</script>"\'&\r\nBcc: everyone@example.com';

  it.each(readers)(
    'is escaped in the HTML of $template and never breaks its subject',
    ({ template, kind }) => {
      const facts = sampleFacts(template, kind);
      const order = facts.order && {
        ...facts.order,
        customerName: hostile,
        number: hostile,
        specialRequirements: hostile,
        rejectionWords: hostile,
        declinedWords: hostile,
        shippingMethod: hostile,
        questions: facts.order.questions.map((question) => ({ ...question, text: hostile })),
        proposals: facts.order.proposals.map((proposal) => ({ ...proposal, note: hostile })),
      };
      const { subject, html } = renderNotice(
        template,
        { ...facts, order, recipient: { ...facts.recipient, name: hostile } },
        'zh-CN',
      );
      expect(html).not.toContain('<script');
      expect(html).not.toMatch(/="[^"]*<script/);
      expect(subject).not.toMatch(/[\r\n\u2028\u0000]/);
    },
  );

  it('keeps a subject at a length that mail programs show', () => {
    const facts = sampleFacts('departmentsTold', 'person');
    const long = { ...facts, order: sampleOrder({ customerName: '司'.repeat(200) }) };
    expect([...renderNotice('departmentsTold', long, 'zh-CN').subject].length).toBeLessThanOrEqual(180);
  });
});

it('says by its name which fact the record lacks', () => {
  const facts = {
    ...sampleFacts('orderConfirmed', 'customer'),
    order: sampleOrder({ confirmedByName: null }),
  };
  expect(() => renderNotice('orderConfirmed', facts, 'en')).toThrow('signer');
});
