import { describe, expect, it } from 'vitest';
import { type AssessmentInput, assessOrder } from '../../domain/assessment/assess-order.js';
import { LEAD_TIME_KINDS } from '../../domain/assessment/shape.js';
import { line, order, policy } from './assessment-support.js';

const codesOf = (input: AssessmentInput) => assessOrder(input).reasons.map(({ code }) => code);
const gradeAt = (days: number, lines = [line()]) => assessOrder(order({ lines }, days)).grade;

describe('lead time (P09.1, P20.1)', () => {
  it.each([
    [31, 0],
    [30, 0],
    [29, 1],
    [21, 1],
    [20, 2],
    [11, 2],
    [10, 3],
    [0, 3],
  ] as const)(
    'of %i days against 30 is grade %i: equal is not short, two thirds and a third belong to the harder',
    (days, grade) => {
      expect(gradeAt(days)).toBe(grade);
      const { class: orderClass, red } = assessOrder(order({}, days));
      expect([orderClass, red]).toEqual(grade === 0 ? ['normal', false] : ['urgent', true]);
    },
  );

  it.each([
    ['sparePart', 6],
    ['standardFromStock', 15],
    ['standardToOrder', 30],
    ['configured', 45],
    ['newDesign', 90],
  ] as const)('of %s is %i days unless the product states its own', (leadTimeKind, days) => {
    expect(LEAD_TIME_KINDS).toContain(leadTimeKind);
    expect(gradeAt(days, [line({ leadTimeKind })])).toBe(0);
    expect(gradeAt(days - 1, [line({ leadTimeKind })])).toBe(1);
    expect(gradeAt(days, [line({ leadTimeKind, leadTimeDays: days + 1 })])).toBe(1);
    expect(gradeAt(days - 1, [line({ leadTimeKind, leadTimeDays: days - 1 })])).toBe(0);
  });

  it.each([
    [1, 30, false],
    [2, 39, false],
    [5, 39, false],
    [6, 48, false],
    [10, 48, false],
    [11, 48, true],
    [1000, 48, true],
  ])(
    'of %i pieces of a 30-day product is %i days, stated by manufacturing: %s',
    (quantity, days, toBeStated) => {
      const lines = [line({ quantity })];
      expect(gradeAt(days, lines)).toBe(0);
      expect(gradeAt(days - 1, lines)).toBe(1);
      expect(assessOrder(order({ lines })).leadTimeToBeStated).toBe(toBeStated);
    },
  );

  it('does not grow with the quantity where the product does not say so', () => {
    const lines = [line({ quantity: 1000, scalesWithQuantity: false })];
    expect(gradeAt(30, lines)).toBe(0);
    expect(assessOrder(order({ lines })).leadTimeToBeStated).toBe(false);
  });

  it('is compared exactly: 13 of 39 days, which is 30 × 1.3, are a third', () => {
    const lines = [line({ quantity: 5 })];
    expect(gradeAt(13, lines)).toBe(3);
    expect(gradeAt(14, lines)).toBe(2);
    expect(gradeAt(26, lines)).toBe(2);
    expect(gradeAt(27, lines)).toBe(1);
  });

  it('of several lines is that of the hardest, wherever it stands', () => {
    const quick = line({ leadTimeKind: 'sparePart' });
    const slow = line({ leadTimeKind: 'newDesign' });
    expect(gradeAt(30, [quick])).toBe(0);
    expect(gradeAt(30, [quick, slow])).toBe(3);
    expect(gradeAt(30, [slow, quick])).toBe(3);
    const many = line({ leadTimeKind: 'sparePart', quantity: 11 });
    expect(assessOrder(order({ lines: [slow, many] })).leadTimeToBeStated).toBe(true);
  });

  it('of two equally hard lines is said to be the least, wherever the one to be stated stands', () => {
    const lines = [line({ quantity: 10 }), line({ quantity: 11 })];
    const said = [lines, [...lines].reverse()].map(
      (each) => assessOrder(order({ lines: each }, 40)).reasons[0]?.zh,
    );
    expect(said).toEqual(Array(2).fill('要求交期 40 天，短于正常交期 48 天（按数量至少）'));
  });

  it('of a product that takes no time is never short', () => {
    expect(gradeAt(0, [line({ leadTimeDays: 0 })])).toBe(0);
  });

  it('is no day, not a negative number, where the delivery comes before the day of effective receipt', () => {
    const assessment = assessOrder(order({}, -2));
    expect(assessment.grade).toBe(3);
    expect(assessment.reasons[0]?.zh).toBe('要求交期 0 天，短于正常交期 30 天');
  });

  it('is said with its figures, in both languages', () => {
    expect(assessOrder(order({}, 10)).reasons).toEqual([
      {
        code: 'shortLeadTime',
        zh: '要求交期 10 天，短于正常交期 30 天',
        en: '10 days asked for, shorter than the normal lead time of 30 days',
      },
    ]);
    const [many] = assessOrder(
      order({ lines: [line({ leadTimeKind: 'sparePart', quantity: 11 })] }, 1),
    ).reasons;
    expect(many).toMatchObject({
      zh: '要求交期 1 天，短于正常交期 9.6 天（按数量至少）',
      en: '1 day asked for, shorter than the normal lead time of 9.6 days (at least, for this quantity)',
    });
  });
});

describe('a large amount (P09.1, P15.4)', () => {
  it.each([
    ['strategic', 200_000_000],
    ['key', 100_000_000],
    ['regular', 50_000_000],
  ] as const)('of a %s customer begins at %i fen, that amount included', (tier, threshold) => {
    expect(codesOf(order({ tier, amountMinor: threshold - 1 }))).toEqual([]);
    expect(codesOf(order({ tier, amountMinor: threshold }))).toEqual(['largeAmount']);
  });

  // 500,000 CNY at the default rates: 7.1 a dollar; 0.048 a yen, which has no minor unit; 23.1 a dinar of 1000 fils.
  it.each([
    ['USD', 7_042_254],
    ['JPY', 10_416_667],
    ['KWD', 21_645_022],
  ])('in %s is measured at the policy rate and in its own minor unit: from %i on', (currency, first) => {
    expect(codesOf(order({ currency, amountMinor: first - 1 }))).toEqual([]);
    expect(codesOf(order({ currency, amountMinor: first }))).toEqual(['largeAmount']);
  });

  it('is said with both amounts, each in its currency', () => {
    expect(assessOrder(order({ currency: 'JPY', amountMinor: 12_000_000 })).reasons).toEqual([
      {
        code: 'largeAmount',
        zh: '订单金额 JP¥12,000,000，达到普通客户的大额标准 ¥500,000.00',
        en: 'amount of ¥12,000,000, at or above CN¥500,000.00, which is large for regular customers',
      },
    ]);
  });

  it('in a currency without a rate cannot be judged', () => {
    expect(() => assessOrder(order({ currency: 'CHF' }))).toThrow('no rate for CHF');
  });
});

describe('the other reasons (P09.1, P06.2)', () => {
  it.each([
    [{ specialRequirements: '表面镀铬' }, 'specialRequirement', '有特殊要求：表面镀铬', 'urgent'],
    [
      { priorityRequested: { reason: '产线停机' } },
      'priorityRequested',
      '客户要求优先处理：产线停机',
      'urgent',
    ],
    [{ ground: 'life' }, 'ground', '声明涉及人身安全', 'critical'],
    [{ ground: 'property' }, 'ground', '声明涉及财产安全', 'critical'],
    [{ ground: 'major-interest' }, 'ground', '声明涉及重大利益', 'critical'],
  ] as const)('%o alone: red, grade 1, with the reason %s', (facts, code, zh, orderClass) => {
    const assessment = assessOrder(order(facts));
    expect(assessment).toMatchObject({ class: orderClass, grade: 1, red: true, reasons: [{ code, zh }] });
  });

  it('stand beside each other, and the lead time sets the grade', () => {
    const all = order(
      {
        amountMinor: 50_000_000,
        specialRequirements: 'x',
        priorityRequested: { reason: 'y' },
        ground: 'life',
      },
      10,
    );
    expect(codesOf(all)).toEqual([
      'shortLeadTime',
      'largeAmount',
      'specialRequirement',
      'priorityRequested',
      'ground',
    ]);
    expect(assessOrder(all)).toMatchObject({ class: 'critical', grade: 3 });
  });

  it('are quoted on one line and cut where they are long', () => {
    const [reason] = assessOrder(order({ specialRequirements: `第一\n第二${'长'.repeat(200)}` })).reasons;
    expect(reason?.zh).toMatch(/^有特殊要求：第一 第二长+…$/);
    expect([...(reason?.zh ?? '')].length).toBe('有特殊要求：'.length + 80);
  });

  it('of blanks is none', () => {
    expect(codesOf(order({ specialRequirements: '  \n' }))).toEqual([]);
  });

  it.each(['shortLeadTime', 'largeAmount', 'specialRequirement', 'priorityRequested'] as const)(
    '%s counts only while its rule is on',
    (rule) => {
      const facts = order(
        { amountMinor: 50_000_000, specialRequirements: 'x', priorityRequested: { reason: 'y' } },
        10,
      );
      const off = { ...policy, rules: { ...policy.rules, [rule]: false } };
      expect(codesOf(facts)).toContain(rule);
      expect(codesOf({ ...facts, policy: off })).not.toContain(rule);
    },
  );
});

describe('key orders (P04.2)', () => {
  it('are the red ones of the named tiers, and those of high value, whoever orders and red or not', () => {
    expect(assessOrder(order({ tier: 'strategic' })).keyOrder).toBe(false);
    expect(assessOrder(order({ tier: 'strategic' }, 10))).toMatchObject({
      keyOrder: true,
      keyOrderReason: {
        zh: '急需：战略客户的紧急订单',
        en: 'urgently needed: an urgent order of strategic customers',
      },
    });
    expect(assessOrder(order({ tier: 'regular' }, 10))).toMatchObject({
      keyOrder: false,
      keyOrderReason: null,
    });
    expect(assessOrder(order({ tier: 'strategic', amountMinor: 99_999_999 })).keyOrder).toBe(false);
    expect(assessOrder(order({ tier: 'strategic', amountMinor: 100_000_000 }))).toMatchObject({
      class: 'normal',
      keyOrder: true,
      keyOrderReason: { zh: '高价值：订单金额 ¥1,000,000.00，达到关键订单标准 ¥1,000,000.00' },
    });
  });
});

describe('the score (P01.1)', () => {
  it.each([
    ['a regular customer with time', order(), 10, 40, 4],
    ['grade 1', order({}, 29), 50, 40, 20],
    ['grade 2', order({}, 20), 75, 40, 30],
    ['grade 3 of a strategic customer', order({ tier: 'strategic' }, 10), 95, 90, 86],
    ['priority alone', order({ priorityRequested: { reason: 'x' } }), 60, 40, 24],
    ['a large amount', order({ amountMinor: 50_000_000 }), 50, 85, 43],
    ['a life', order({ ground: 'life' }), 100, 100, 100],
    [
      'a major interest of a strategic customer',
      order({ ground: 'major-interest', tier: 'strategic' }),
      100,
      90,
      90,
    ],
  ])('is urgency × importance ÷ 100, rounded half up: %s', (_what, input, urgency, importance, score) => {
    expect(assessOrder(input)).toMatchObject({ urgency, importance, score });
  });
});
