import type { AssessmentPolicy } from './shape.js';

/** Assessment rules of a new company: amounts in fen of CNY, lead times in calendar days (design §12). */
export const defaultAssessmentPolicy: AssessmentPolicy = {
  currency: 'CNY',
  rates: { USD: 7.1, EUR: 7.7, JPY: 0.048, HKD: 0.91, GBP: 9.0, KWD: 23.1 },
  rules: { shortLeadTime: true, largeAmount: true, specialRequirement: true, priorityRequested: true },
  leadTime: {
    daysByKind: {
      sparePart: 6,
      standardFromStock: 15,
      standardToOrder: 30,
      configured: 45,
      newDesign: 90,
    },
    quantityFactors: [
      { upTo: 1, factor: 1 },
      { upTo: 5, factor: 1.3 },
      { upTo: 10, factor: 1.6 },
    ],
    grades: [{ grade: 3, ratioAtMost: [1, 3] }, { grade: 2, ratioAtMost: [2, 3] }, { grade: 1 }],
  },
  largeAmountMinorByTier: { strategic: 200_000_000, key: 100_000_000, regular: 50_000_000 },
  keyOrder: { tiers: ['strategic'], amountMinor: 100_000_000 },
  score: {
    urgencyByGrade: [10, 50, 75, 95],
    urgencyOfGround: 100,
    urgencyOfPriority: 60,
    importanceByTier: { strategic: 90, key: 70, regular: 40 },
    importanceOfLargeAmount: 85,
    importanceByGround: { life: 100, property: 95, 'major-interest': 90 },
  },
};
