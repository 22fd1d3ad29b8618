import type { Playbook, Severity, Words } from '../playbooks/shape.js';
import { type Fact, factWords } from './fact-words.js';

/**
 * What is known of an incident: shares from 0 to 1, hours, minor units of the company's currency; `peopleInDanger` as
 * yes or no. A fact that is not known is left out: no rule holds by it.
 */
export type SeverityFacts = { readonly [fact in Fact]?: number | boolean | undefined };

export interface SeverityFinding {
  level: Severity;
  /** Why, as a sentence without its full stop: the rules that hold at this level, and the facts in their figures. */
  because: Words;
  /** The facts that made it, each once; empty where no rule holds. */
  facts: { fact: Fact; value: number; atLeast: number }[];
}

type Rules = Playbook['severity'];
type Rule = Rules['rules'][number];

/**
 * The level of an incident by its playbook's rules (P11.1, P16.3): the highest level of a rule that holds; where none
 * does, the playbook's `otherwise`. `currency` is the company's, for the words of an amount.
 */
export function assessSeverity(
  { otherwise, rules }: Rules,
  facts: SeverityFacts,
  currency = 'CNY',
): SeverityFinding {
  const holding = rules.filter((rule) => holds(rule, facts));
  if (holding.length === 0) {
    return {
      level: otherwise,
      because: {
        zh: '没有符合的定级条件，按预案默认等级',
        en: 'no condition holds: the default of the playbook',
      },
      facts: [],
    };
  }
  const level = Math.max(...holding.map((rule) => rule.level)) as Severity;
  const made = holding.filter((rule) => rule.level === level);
  return { level, because: wordRules(made, facts, currency), facts: factsOf(made, facts) };
}

const readFact = (facts: SeverityFacts, fact: Fact): number | undefined => {
  const value = facts[fact];
  return typeof value === 'boolean' ? Number(value) : value;
};

// What is not known, or is no number, is not at least anything.
const holds = ({ when }: Rule, facts: SeverityFacts) =>
  when.every(({ fact, atLeast }) => (readFact(facts, fact) ?? Number.NaN) >= atLeast);

/** Each fact once, with the highest bar it took. */
function factsOf(rules: readonly Rule[], facts: SeverityFacts): SeverityFinding['facts'] {
  const found = new Map<Fact, SeverityFinding['facts'][number]>();
  for (const { fact, atLeast } of rules.flatMap(({ when }) => when)) {
    const highest = Math.max(atLeast, found.get(fact)?.atLeast ?? atLeast);
    found.set(fact, { fact, value: readFact(facts, fact) ?? 0, atLeast: highest });
  }
  return [...found.values()];
}

function wordRules(rules: readonly Rule[], facts: SeverityFacts, currency: string): Words {
  const reasons = [...new Map(rules.map(({ because }) => [because.zh, because])).values()];
  const figures = factsOf(rules, facts).map(({ fact, value }) => factWords(fact, value, currency));
  return {
    zh: `${reasons.map(({ zh }) => zh).join('；')}（${figures.map(({ zh }) => zh).join('，')}）`,
    en: `${reasons.map(({ en }) => en).join('; ')} (${figures.map(({ en }) => en).join(', ')})`,
  };
}
