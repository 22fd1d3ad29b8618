import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AssessmentInput, assessOrder } from '../../domain/assessment/assess-order.js';
import { assessmentSchema, LEAD_TIME_KINDS, TIERS } from '../../domain/assessment/shape.js';
import { GROUNDS, ORDER_CLASSES } from '../../domain/order/shape.js';
import { addDays } from '../../domain/time/local-date.js';
import { order, policy } from './assessment-support.js';

const anyLine = fc.record({
  leadTimeKind: fc.constantFrom(...LEAD_TIME_KINDS),
  leadTimeDays: fc.option(fc.integer({ min: 0, max: 400 })),
  scalesWithQuantity: fc.boolean(),
  quantity: fc.integer({ min: 1, max: 1_000_000 }),
});

const anyOrder: fc.Arbitrary<AssessmentInput> = fc
  .record({
    lines: fc.array(anyLine, { minLength: 1, maxLength: 6 }),
    amountMinor: fc.oneof(fc.integer({ min: 0, max: 300_000_000 }), fc.integer({ min: 0, max: 1e15 })),
    currency: fc.constantFrom('CNY', ...Object.keys(policy.rates)),
    tier: fc.constantFrom(...TIERS),
    days: fc.integer({ min: 0, max: 400 }),
    specialRequirements: fc.option(fc.string({ minLength: 1 })),
    priorityRequested: fc.option(fc.record({ reason: fc.string({ minLength: 1 }) })),
    ground: fc.option(fc.constantFrom(...GROUNDS)),
  })
  .map(({ days, ...facts }) => order(facts, days));

const hardness = (input: AssessmentInput) => {
  const assessment = assessOrder(input);
  return {
    ...assessment,
    // Critical stands first in the list.
    rank: ORDER_CLASSES.length - ORDER_CLASSES.indexOf(assessment.class),
  };
};

describe('every assessment', () => {
  it('is of its shape, scores 0 to 100, and is red exactly with a reason', () => {
    fc.assert(
      fc.property(anyOrder, (input) => {
        const assessment = assessOrder(input);
        expect(assessmentSchema.parse(assessment)).toEqual(assessment);
        expect(assessment.red).toBe(assessment.reasons.length > 0);
        expect(assessment.grade > 0).toBe(assessment.red);
        expect(assessment.class === 'normal').toBe(!assessment.red);
        expect(assessment.keyOrder).toBe(assessment.keyOrderReason !== null);
      }),
    );
  });

  it('is not lowered by one more reason: neither class, grade, score nor key mark', () => {
    const more = fc.constantFrom<Partial<AssessmentInput>>(
      { specialRequirements: 'x' },
      { priorityRequested: { reason: 'x' } },
      { ground: 'life' },
      { amountMinor: 1e15 },
      { requestedDelivery: '2026-11-24' },
    );
    fc.assert(
      fc.property(anyOrder, more, (input, reason) => {
        // A ground there is already stays: which of two grounds weighs more is the policy's word.
        const harder = { ...input, ...reason, ground: input.ground ?? reason.ground };
        const [before, after] = [hardness(input), hardness(harder)];
        for (const part of ['rank', 'grade', 'urgency', 'importance', 'score'] as const) {
          expect(after[part]).toBeGreaterThanOrEqual(before[part]);
        }
        expect(after.keyOrder || !before.keyOrder).toBe(true);
      }),
    );
  });

  it('does not depend on the order of the lines', () => {
    fc.assert(
      fc.property(anyOrder, (input) => {
        expect(assessOrder({ ...input, lines: [...input.lines].reverse() })).toEqual(assessOrder(input));
      }),
    );
  });

  it('is not lowered by another line or more pieces, nor raised by a later delivery', () => {
    fc.assert(
      fc.property(anyOrder, anyLine, fc.integer({ min: 1, max: 30 }), (input, added, days) => {
        const { grade } = assessOrder(input);
        expect(assessOrder({ ...input, lines: [...input.lines, added] }).grade).toBeGreaterThanOrEqual(grade);
        const larger = input.lines.map((line) => ({ ...line, quantity: line.quantity + days }));
        expect(assessOrder({ ...input, lines: larger }).grade).toBeGreaterThanOrEqual(grade);
        const later = addDays(input.requestedDelivery, days);
        expect(assessOrder({ ...input, requestedDelivery: later }).grade).toBeLessThanOrEqual(grade);
      }),
    );
  });
});
