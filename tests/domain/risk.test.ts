import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TIERS } from '../../domain/assessment/shape.js';
import { type Grade, ORDER_CLASSES } from '../../domain/order/shape.js';
import type { Severity } from '../../domain/playbooks/shape.js';
import { defaultRiskPolicy } from '../../domain/risk/defaults.js';
import { type RiskFacts, scoreRisk } from '../../domain/risk/score-risk.js';
import { RISK_CODES, type RiskPolicy, riskPolicySchema, riskSchema } from '../../domain/risk/shape.js';

/** A regular customer's order with time to spare. */
const calm: RiskFacts = {
  class: 'normal',
  grade: 0,
  tier: 'regular',
  hoursLeft: 100,
  daysOverdue: 0,
  workHoursLeft: 20,
  projectedDaysLate: 0,
  deadlines: [],
  latePurchases: [],
  singleSource: [],
  shortLines: [],
  incidents: [],
};
const risk = (facts: Partial<RiskFacts>) => scoreRisk({ ...calm, ...facts }, defaultRiskPolicy);

describe('the risk of an open order (P15.5)', () => {
  it('is nothing where nothing is wrong, and has no reason', () => {
    expect(risk({})).toEqual({ score: 0, reasons: [] });
    expect(risk({ workHoursLeft: null, hoursLeft: 0 })).toEqual({ score: 0, reasons: [] });
  });

  it('names every reason with its points, the heaviest first, in both languages', () => {
    const { score, reasons } = risk({
      class: 'urgent',
      grade: 2,
      tier: 'key',
      hoursLeft: 16,
      workHoursLeft: 14,
      projectedDaysLate: 2,
      deadlines: [
        { kind: 'measure', goneShare: 0.83 },
        { kind: 'question', goneShare: 0.1 },
      ],
      latePurchases: ['PO-20261120-0001'],
      singleSource: ['SKU-9'],
      shortLines: ['SKU-1', 'SKU-2', 'SKU-3', 'SKU-4'],
      incidents: [
        { number: 'IN-20261124-0001', severity: 1 },
        { number: 'IN-20261124-0002', severity: 2 },
      ],
    });
    expect(score).toBe(100);
    expect(reasons.map(({ code, points, zh }) => `${points} ${code} ${zh}`)).toEqual([
      '22 projectedLate 预计完工晚于承诺交期 2 天',
      '19 timeAgainstWork 剩余工作约需 14 个工作小时，距交期只剩 16 个工作小时',
      '18 shortLines 库存及在途不足：SKU-1、SKU-2、SKU-3 等 4 项',
      '16 incident 受二级突发情况影响：IN-20261124-0002',
      '12 latePurchases 采购逾期未到：PO-20261120-0001',
      '8 deadlineRunning “确定生产措施”的期限已过 83%',
      '6 class 紧急订单',
      '4 singleSource 只有一家供应商可供货：SKU-9',
      '4 grade 紧急程度：紧急',
      '4 tier 客户等级：重点客户',
    ]);
    expect(reasons.map(({ en }) => en).slice(0, 3)).toEqual([
      'its projected finish is 2 days past the promise',
      'about 14 working hours to do, 16 left',
      'neither in stock nor on its way: SKU-1, SKU-2, SKU-3 and 1 more',
    ]);
  });

  it.each<[string, Partial<RiskFacts>, number]>([
    ['half the time for the work is no risk yet', { hoursLeft: 40, workHoursLeft: 20 }, 0],
    ['three quarters are half of it', { hoursLeft: 40, workHoursLeft: 30 }, 13],
    ['work that fills the time', { hoursLeft: 20, workHoursLeft: 20 }, 25],
    ['work without time', { hoursLeft: 0, workHoursLeft: 1 }, 25],
    ['a deadline half gone', { deadlines: [{ kind: 'measure', goneShare: 0.5 }] }, 3],
    ['one breached', { deadlines: [{ kind: 'measure', goneShare: 1 }] }, 20],
    [
      'two breached, one running',
      { deadlines: [1, 1.5, 0.9].map((goneShare) => ({ kind: 'measure', goneShare })) },
      25,
    ],
    ['a day past the promise', { daysOverdue: 0.2 }, 40],
    ['three weeks past it', { daysOverdue: 21 }, 60],
    ['an incident of level 3', { incidents: [{ number: 'IN-20261124-0001', severity: 3 }] }, 30],
    ['a critical order of a strategic customer', { class: 'critical', grade: 3, tier: 'strategic' }, 28],
  ])('%s', (_, facts, score) => {
    expect(risk(facts).score).toBe(score);
  });

  it('goes by the weights of the policy', () => {
    const weights = riskPolicySchema.parse({ overdue: { first: 90, most: 95 }, byGrade: [0, 0, 0, 50] });
    expect(scoreRisk({ ...calm, daysOverdue: 1 }, weights).score).toBe(90);
    expect(scoreRisk({ ...calm, grade: 3 }, weights).score).toBe(50);
    expect(weights.overdue.eachMore).toBe(defaultRiskPolicy.overdue.eachMore);
  });

  it.each([
    [{ byGrade: [0, 5, 4, 8] }, 'byGrade'],
    [{ byTier: { strategic: 1, key: 2, regular: 0 } }, 'byTier'],
    [{ byClass: { critical: 5, urgent: 6, normal: 0 } }, 'byClass'],
    [{ incidentByLevel: [9, 8, 30] }, 'incidentByLevel'],
    [{ deadlines: { fourFifths: 30 } }, 'deadlines.most'],
    [{ overdue: { first: 50, most: 40 } }, 'overdue.most'],
    [{ timeAgainstWork: { from: 1 } }, 'timeAgainstWork.from'],
    [{ weather: 3 }, ''],
  ])('weights by which worse would weigh less are refused: %j', (weights, path) => {
    const issues = riskPolicySchema.safeParse(weights).error?.issues ?? [];
    expect(issues.map((issue) => issue.path.join('.'))).toEqual([path]);
  });
});

const points = fc.integer({ min: 0, max: 100 });
const risingOf = (length: number) =>
  fc.array(points, { minLength: length, maxLength: length }).map((values) => values.sort((a, b) => a - b));
const growing = fc.tuple(risingOf(2), points).map(([[first, most], eachMore]) => ({ first, most, eachMore }));

const anyWeights: fc.Arbitrary<RiskPolicy> = fc
  .record({
    timeAgainstWork: fc.record({ from: fc.double({ min: 0, max: 0.99, noNaN: true }), most: points }),
    deadlines: fc.tuple(risingOf(4), points).map(([[half, fourFifths, breached, most], eachMore]) => ({
      half,
      fourFifths,
      breached,
      most,
      eachMore,
    })),
    overdue: growing,
    projectedLate: growing,
    latePurchases: growing,
    singleSource: growing,
    shortLines: growing,
    incidentByLevel: risingOf(3),
    byClass: risingOf(3).map(([normal, urgent, critical]) => ({ normal, urgent, critical })),
    byGrade: risingOf(4),
    byTier: risingOf(3).map(([regular, key, strategic]) => ({ regular, key, strategic })),
  })
  .map((weights) => riskPolicySchema.parse(weights));

const amount = fc.double({ min: 0, max: 60, noNaN: true });
const names = fc.array(fc.stringMatching(/^[A-Z]{2}-\d{2}$/), { maxLength: 5 });
const anyFacts: fc.Arbitrary<RiskFacts> = fc.record({
  class: fc.constantFrom(...ORDER_CLASSES),
  grade: fc.constantFrom<Grade>(0, 1, 2, 3),
  tier: fc.constantFrom(...TIERS),
  hoursLeft: fc.oneof(amount, fc.constant(0)),
  daysOverdue: fc.oneof(amount, fc.constant(0)),
  workHoursLeft: fc.option(amount),
  projectedDaysLate: fc.oneof(amount, fc.constant(0)),
  deadlines: fc.array(
    fc.record({ kind: fc.constant('measure'), goneShare: fc.double({ min: 0, max: 2, noNaN: true }) }),
    {
      maxLength: 4,
    },
  ),
  latePurchases: names,
  singleSource: names,
  shortLines: names,
  incidents: fc.array(
    fc.record({ number: fc.constant('IN-20261124-0001'), severity: fc.constantFrom<Severity>(1, 2, 3) }),
    { maxLength: 3 },
  ),
});

/** Facts of which one is worse by some amount; the name of what became worse, for a failure's message. */
const worsenings: [string, (facts: RiskFacts, by: number) => RiskFacts][] = [
  ['less time', (f, by) => ({ ...f, hoursLeft: Math.max(0, f.hoursLeft - by) })],
  ['longer overdue', (f, by) => ({ ...f, daysOverdue: f.daysOverdue + by })],
  ['more work', (f, by) => ({ ...f, workHoursLeft: (f.workHoursLeft ?? 0) + by })],
  ['projected later', (f, by) => ({ ...f, projectedDaysLate: f.projectedDaysLate + by })],
  [
    'a deadline further gone',
    (f, by) => ({
      ...f,
      deadlines: f.deadlines.map((one, index) =>
        index > 0 ? one : { ...one, goneShare: one.goneShare + by / 30 },
      ),
    }),
  ],
  [
    'one more deadline',
    (f, by) => ({ ...f, deadlines: [...f.deadlines, { kind: 'x', goneShare: by / 30 }] }),
  ],
  ['one more late purchase', (f) => ({ ...f, latePurchases: [...f.latePurchases, 'PO-1'] })],
  ['one more single source', (f) => ({ ...f, singleSource: [...f.singleSource, 'A-1'] })],
  ['one more short line', (f) => ({ ...f, shortLines: [...f.shortLines, 'A-1'] })],
  [
    'one more incident',
    (f, by) => ({
      ...f,
      incidents: [
        ...f.incidents,
        { number: 'IN-20261124-0009', severity: ((Math.floor(by) % 3) + 1) as Severity },
      ],
    }),
  ],
  [
    'a graver incident',
    (f) => ({
      ...f,
      incidents: f.incidents.map((one) => ({ ...one, severity: Math.min(3, one.severity + 1) as Severity })),
    }),
  ],
  [
    'a harder class',
    (f) => ({ ...f, class: ORDER_CLASSES[Math.max(0, ORDER_CLASSES.indexOf(f.class) - 1)] ?? f.class }),
  ],
  ['a higher grade', (f) => ({ ...f, grade: Math.min(3, f.grade + 1) as Grade })],
  ['a higher tier', (f) => ({ ...f, tier: TIERS[Math.max(0, TIERS.indexOf(f.tier) - 1)] ?? f.tier })],
];

describe('whatever the facts and the weights', () => {
  it.each(worsenings)('%s never lowers the score', (_, worsen) => {
    fc.assert(
      fc.property(anyFacts, anyWeights, amount, (facts, weights, by) => {
        expect(scoreRisk(worsen(facts, by), weights).score).toBeGreaterThanOrEqual(
          scoreRisk(facts, weights).score,
        );
      }),
    );
  });

  it('the score is of its shape, and the sum of its reasons, 100 at most', () => {
    fc.assert(
      fc.property(anyFacts, anyWeights, (facts, weights) => {
        const found = scoreRisk(facts, weights);
        expect(riskSchema.parse(found)).toEqual(found);
        expect(found.score).toBe(
          Math.min(
            100,
            found.reasons.reduce((sum, { points: of }) => sum + of, 0),
          ),
        );
        expect(new Set(found.reasons.map(({ code }) => code)).size).toBe(found.reasons.length);
        expect(found.reasons.every(({ code }) => RISK_CODES.includes(code))).toBe(true);
      }),
    );
  });
});
