import { TIER_WORDS } from '../assessment/reason-words.js';
import type { Words } from '../wording/locale.js';
import { CLASS_WORDS, DEADLINE_WORDS, GRADE_WORDS, wordsOf } from '../wording/terms.js';
import type { RiskFacts } from './score-risk.js';
import type { RiskReason } from './shape.js';

const mostNamed = 3;
const LEVELS = ['', '一级', '二级', '三级'];

/** The first few by name, the rest by their count. */
function list(names: readonly string[]): Words {
  const named = names.slice(0, mostNamed);
  const more = names.length - named.length;
  return {
    zh: named.join('、') + (more > 0 ? ` 等 ${names.length} 项` : ''),
    en: named.join(', ') + (more > 0 ? ` and ${more} more` : ''),
  };
}

const listWords = (all: readonly Words[]): Words => ({
  zh: list(all.map(({ zh }) => zh)).zh,
  en: list(all.map(({ en }) => en)).en,
});

/** One decimal is as far as anybody plans. */
const hours = (count: number) => String(Math.round(count * 10) / 10);
const days = (count: number) => (Math.ceil(count) === 1 ? '1 day' : `${Math.ceil(count)} days`);

const WORDS: Record<RiskReason['code'], (facts: RiskFacts) => Words> = {
  overdue: ({ daysOverdue }) => ({
    zh: `已超过交期 ${Math.ceil(daysOverdue)} 天`,
    en: `${days(daysOverdue)} past the promised day`,
  }),
  projectedLate: ({ projectedDaysLate }) => ({
    zh: `预计完工晚于承诺交期 ${Math.ceil(projectedDaysLate)} 天`,
    en: `its projected finish is ${days(projectedDaysLate)} past the promise`,
  }),
  timeAgainstWork: ({ workHoursLeft, hoursLeft }) => ({
    zh: `剩余工作约需 ${hours(workHoursLeft ?? 0)} 个工作小时，距交期只剩 ${hours(hoursLeft)} 个工作小时`,
    en: `about ${hours(workHoursLeft ?? 0)} working hours to do, ${hours(hoursLeft)} left`,
  }),
  deadlineBreached: ({ deadlines }) => {
    const breached = listWords(
      deadlines.filter(({ goneShare }) => goneShare >= 1).map(({ kind }) => wordsOf(DEADLINE_WORDS, kind)),
    );
    return { zh: `已超期：${breached.zh}`, en: `deadlines breached: ${breached.en}` };
  },
  deadlineRunning: ({ deadlines }) => {
    const [first] = [...deadlines].sort((a, b) => b.goneShare - a.goneShare);
    const percent = Math.floor((first?.goneShare ?? 0) * 100);
    const kind = wordsOf(DEADLINE_WORDS, first?.kind ?? '');
    return {
      zh: `“${kind.zh}”的期限已过 ${percent}%`,
      en: `${percent} % of the time for “${kind.en}” is gone`,
    };
  },
  incident: ({ incidents }) => {
    const gravest = Math.max(...incidents.map(({ severity }) => severity));
    const { zh, en } = list(
      incidents.filter(({ severity }) => severity === gravest).map(({ number }) => number),
    );
    return {
      zh: `受${LEVELS[gravest]}突发情况影响：${zh}`,
      en: `affected by an incident of level ${gravest}: ${en}`,
    };
  },
  latePurchases: ({ latePurchases }) => {
    const { zh, en } = list(latePurchases);
    return { zh: `采购逾期未到：${zh}`, en: `purchases that are late: ${en}` };
  },
  shortLines: ({ shortLines }) => {
    const { zh, en } = list(shortLines);
    return { zh: `库存及在途不足：${zh}`, en: `neither in stock nor on its way: ${en}` };
  },
  singleSource: ({ singleSource }) => {
    const { zh, en } = list(singleSource);
    return { zh: `只有一家供应商可供货：${zh}`, en: `offered by one supplier alone: ${en}` };
  },
  class: ({ class: orderClass }) => ({
    zh: CLASS_WORDS[orderClass].zh,
    en: CLASS_WORDS[orderClass].en.toLowerCase(),
  }),
  grade: ({ grade }) => ({
    zh: `紧急程度：${GRADE_WORDS[grade].zh}`,
    en: `grade: ${GRADE_WORDS[grade].en}`,
  }),
  tier: ({ tier }) => ({ zh: `客户等级：${TIER_WORDS[tier].zh}`, en: `tier: ${TIER_WORDS[tier].en}` }),
};

/** Why an order is at risk, by one of its reasons, in a line. */
export function reasonWords(code: RiskReason['code'], facts: RiskFacts): Words {
  return WORDS[code](facts);
}
