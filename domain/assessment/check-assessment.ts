import { compareFractions } from '../money/fraction.js';
import { isCurrency } from '../money/minor-digits.js';
import type { AssessmentPolicy } from './shape.js';

interface Fault {
  path: readonly (string | number)[];
  message: string;
}

/** What is wrong between the fields of the assessment's rules; paths within them. */
export function checkAssessment(policy: AssessmentPolicy): Fault[] {
  return [
    ...checkCurrencies(policy),
    ...checkFactors(policy.leadTime.quantityFactors),
    ...checkGrades(policy.leadTime.grades),
    ...checkUrgency(policy.score.urgencyByGrade),
  ];
}

function checkCurrencies({ currency, rates }: AssessmentPolicy): Fault[] {
  const faults: Fault[] = Object.keys(rates)
    .filter((code) => !isCurrency(code))
    .map((code) => ({ path: ['rates', code], message: 'is no currency of ISO 4217' }));
  if (!isCurrency(currency)) faults.push({ path: ['currency'], message: 'is no currency of ISO 4217' });
  if (Object.hasOwn(rates, currency)) {
    faults.push({ path: ['rates', currency], message: "is the company's own currency, which needs no rate" });
  }
  return faults;
}

/** More pieces take longer, never shorter: the first factor that fits is taken. */
function checkFactors(factors: AssessmentPolicy['leadTime']['quantityFactors']): Fault[] {
  return factors.flatMap((step, index) => {
    const before = factors[index - 1];
    if (!before) return [];
    const faults: Fault[] = [];
    const path = ['leadTime', 'quantityFactors', index];
    if (step.upTo <= before.upTo)
      faults.push({ path: [...path, 'upTo'], message: `must be above ${before.upTo}` });
    if (step.factor < before.factor) {
      faults.push({ path: [...path, 'factor'], message: `must be at least ${before.factor}` });
    }
    return faults;
  });
}

/** The first match from the top holds, so the hardest stands first; only the last may be without a limit. */
function checkGrades(grades: AssessmentPolicy['leadTime']['grades']): Fault[] {
  return grades.flatMap((row, index) => {
    const path = ['leadTime', 'grades', index];
    const before = grades[index - 1];
    const faults: Fault[] = [];
    if (before && row.grade >= before.grade) {
      faults.push({
        path: [...path, 'grade'],
        message: `must be below ${before.grade}: the hardest stands first`,
      });
    }
    if (!row.ratioAtMost) {
      if (index < grades.length - 1) {
        faults.push({
          path: [...path, 'ratioAtMost'],
          message: 'is missing: only the last grade has no limit',
        });
      }
      return faults;
    }
    const ratio = fractionOfPair(row.ratioAtMost);
    if (compareFractions(ratio, fractionOfPair([1, 1])) > 0) {
      faults.push({
        path: [...path, 'ratioAtMost'],
        message: 'must be at most 1: above it nothing is short',
      });
    }
    if (before?.ratioAtMost && compareFractions(ratio, fractionOfPair(before.ratioAtMost)) <= 0) {
      faults.push({
        path: [...path, 'ratioAtMost'],
        message: `must be above ${before.ratioAtMost.join('/')}`,
      });
    }
    return faults;
  });
}

const fractionOfPair = ([numerator, denominator]: readonly [number, number]) => ({
  numerator: BigInt(numerator),
  denominator: BigInt(denominator),
});

/** A higher grade is at least as urgent. */
function checkUrgency(urgencyByGrade: readonly number[]): Fault[] {
  return urgencyByGrade.flatMap((points, grade) => {
    const before = urgencyByGrade[grade - 1];
    return before === undefined || points >= before
      ? []
      : [{ path: ['score', 'urgencyByGrade', grade], message: `must be at least ${before}` }];
  });
}
