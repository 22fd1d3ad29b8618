import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { FACTS, type Playbook, type Severity } from '../../domain/playbooks/shape.js';
import { assessSeverity, type SeverityFacts } from '../../domain/severity/assess-severity.js';
import { factWords } from '../../domain/severity/fact-words.js';

type Rules = Playbook['severity'];
const words = (text: string) => ({ zh: `因${text}`, en: `because ${text}` });

const rules: Rules = {
  otherwise: 1,
  rules: [
    { level: 2, when: [{ fact: 'customersAffectedShare', atLeast: 0.1 }], because: words('a tenth') },
    { level: 3, when: [{ fact: 'criticalOrdersAffected', atLeast: 1 }], because: words('critical') },
    {
      level: 3,
      when: [
        { fact: 'customersAffectedShare', atLeast: 0.3 },
        { fact: 'delayHours', atLeast: 1 },
      ],
      because: words('three tenths for an hour'),
    },
    { level: 3, when: [{ fact: 'peopleInDanger', atLeast: 1 }], because: words('danger') },
    { level: 2, when: [{ fact: 'amountMinorAffected', atLeast: 5_000_000 }], because: words('value') },
  ],
};

describe('the level of an incident (P11.1)', () => {
  it.each<[string, SeverityFacts, Severity]>([
    ['nothing known', {}, 1],
    ['just under the bar', { customersAffectedShare: 0.0999 }, 1],
    ['at the bar', { customersAffectedShare: 0.1 }, 2],
    ['a rule with two conditions needs both', { customersAffectedShare: 0.5, delayHours: 0.5 }, 2],
    ['and holds with both', { customersAffectedShare: 0.5, delayHours: 1 }, 3],
    ['the highest that holds counts', { customersAffectedShare: 0.1, criticalOrdersAffected: 2 }, 3],
    ['danger is a yes', { peopleInDanger: true }, 3],
    ['and no danger is none', { peopleInDanger: false }, 1],
    ['a fact that is no number holds nothing', { customersAffectedShare: Number.NaN }, 1],
  ])('%s', (_, facts, level) => {
    expect(assessSeverity(rules, facts).level).toBe(level);
  });

  it('says why, with the figures, of all the rules of that level and no lower one', () => {
    const facts = { customersAffectedShare: 0.425, delayHours: 2, criticalOrdersAffected: 1 };
    expect(assessSeverity(rules, facts)).toEqual({
      level: 3,
      because: {
        zh: '因critical；因three tenths for an hour（受影响急难订单 1 个，受影响客户占比 42.5%，延误 2 小时）',
        en: 'because critical; because three tenths for an hour (critical orders affected: 1, 42.5% of the customers affected, delay in hours: 2)',
      },
      facts: [
        { fact: 'criticalOrdersAffected', value: 1, atLeast: 1 },
        { fact: 'customersAffectedShare', value: 0.425, atLeast: 0.3 },
        { fact: 'delayHours', value: 2, atLeast: 1 },
      ],
    });
  });

  it('says an amount in the currency of the company', () => {
    const facts = { amountMinorAffected: 12_000_000 };
    expect(assessSeverity(rules, facts).because.zh).toBe('因value（涉及金额 ¥120,000.00）');
    expect(assessSeverity(rules, facts, 'EUR').because.en).toBe(
      'because value (amount affected: €120,000.00)',
    );
  });

  it('says so where no rule holds', () => {
    const finding = assessSeverity({ ...rules, otherwise: 2 }, { delayHours: 400 });
    expect(finding).toMatchObject({ level: 2, facts: [] });
    expect(finding.because.zh).toBe('没有符合的定级条件，按预案默认等级');
  });

  it('has words for every fact in both languages', () => {
    const said = FACTS.flatMap((fact) => Object.values(factWords(fact, 1, 'CNY')));
    expect(new Set(said).size).toBe(FACTS.length * 2);
  });
});

describe('of the built-in playbooks, a worse fact never lowers the level', () => {
  const anyFacts: fc.Arbitrary<SeverityFacts> = fc.record(
    {
      customersAffectedShare: fc.double({ min: 0, max: 1, noNaN: true }),
      customersAffected: fc.nat(500),
      ordersAffected: fc.nat(500),
      criticalOrdersAffected: fc.nat(3),
      delayHours: fc.double({ min: 0, max: 200, noNaN: true }),
      amountMinorAffected: fc.nat(1_000_000_000),
      peopleInDanger: fc.boolean(),
    },
    { requiredKeys: [] },
  );

  it.each(BUILT_IN_PLAYBOOKS.map(({ type, severity }) => [type, severity] as const))('%s', (_, severity) => {
    fc.assert(
      fc.property(anyFacts, fc.constantFrom(...FACTS), fc.nat(100), (facts, fact, more) => {
        const worse = { ...facts, [fact]: Number(facts[fact] ?? 0) + more };
        const [before, after] = [assessSeverity(severity, facts), assessSeverity(severity, worse)];
        // Where no rule holds the default may be above the lowest rule.
        if (before.facts.length > 0) expect(after.level).toBeGreaterThanOrEqual(before.level);
        expect(before.because.zh).not.toBe('');
      }),
      { numRuns: 40 },
    );
  });

  it('and each of them reaches every level that it has a rule for', () => {
    for (const { type, severity } of BUILT_IN_PLAYBOOKS) {
      for (const rule of severity.rules) {
        const facts = Object.fromEntries(rule.when.map(({ fact, atLeast }) => [fact, atLeast]));
        expect(assessSeverity(severity, facts).level, type).toBeGreaterThanOrEqual(rule.level);
      }
    }
  });
});
