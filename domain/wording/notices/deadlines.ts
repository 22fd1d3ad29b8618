import type { NoticeFacts } from '../facts.js';
import { needed } from '../facts.js';
import type { Block } from '../letter.js';
import type { Choose, Locale } from '../locale.js';
import { say } from '../locale.js';
import { matterOf } from '../matter.js';
import { momentWords, spanWords } from '../moments.js';
import { departmentWords, dueWords, linkBlocks, taskWords } from '../order-blocks.js';
import { DEADLINE_WORDS, wordsOf } from '../terms.js';
import type { Wording } from './wording.js';

const RUNG_WORDS: Record<string, { zh: string; en: string }> = {
  departmentHead: { zh: '部门主管', en: 'department head' },
  teamLead: { zh: '总负责人', en: 'team lead' },
  orderManager: { zh: '订单处理经理', en: 'order manager' },
  emergencyManager: { zh: '应急管理负责人', en: 'emergency manager' },
  vp: { zh: '副总经理', en: 'vice president' },
  generalManager: { zh: '总经理', en: 'general manager' },
};

/** `第 3 级`; of the last rung's repeats `第 5 级第 2 次`. */
function rungWords(index: unknown, repeatOf: unknown, t: Choose): string {
  if (typeof index !== 'number') return t('上一级', 'the next step');
  if (typeof repeatOf !== 'number') return t(`第 ${index} 级`, `step ${index}`);
  const time = index - repeatOf + 1;
  return t(`第 ${repeatOf} 级第 ${time} 次`, `step ${repeatOf}, time ${time}`);
}

/** What is due: a step of a playbook by its title, everything else by the deadline's kind. */
function dueThing(f: NoticeFacts, kind: string, locale: Locale): string {
  const step = kind === 'step' ? f.tasks.find((task) => task.step !== null)?.step : null;
  return say(step?.title ?? wordsOf(DEADLINE_WORDS, kind), locale);
}

/** Between what it is about and what is due; the type in brackets ends the name of an incident. */
const gapOf = ({ incident }: NoticeFacts) => (incident ? '，' : ' ');

/** What is still open under a deadline, with who has it; the recipient's own with the link. */
function waitedFor(f: NoticeFacts, t: Choose, locale: Locale): Block[] {
  if (f.tasks.length === 0) return [];
  const items = f.tasks.map((task) => {
    const who = [departmentWords(task.department, locale), task.assigneeName].filter(Boolean).join(' ');
    return `${taskWords(task, locale)}${t('：', ': ')}${who}`;
  });
  return [
    { h: t('尚待完成', 'Still waited for') },
    { items },
    ...f.tasks.flatMap((task) => linkBlocks(task, locale)),
  ];
}

/** Half or four fifths of the time are gone. */
export const deadlineWarning: Wording = {
  staff: (f, t, locale) => {
    const { name, blocks } = matterOf(f, locale);
    const deadline = needed(f.deadline, 'deadline');
    const percent = f.given.percent ?? f.given.index;
    const kind = dueThing(f, deadline.kind, locale);
    const gone =
      typeof percent === 'number' ? t(`，时间已过 ${percent}%`, `; ${percent} % of the time is gone`) : '';
    return {
      subject: t(`提醒：${name}${gapOf(f)}${kind}即将到期`, `Reminder: ${name}, ${kind} is due soon`),
      blocks: [
        {
          p: t(
            `“${kind}”应于 ${dueWords(deadline, f.zone, locale)}前完成${gone}。请抓紧办理。`,
            `“${kind}” is due by ${dueWords(deadline, f.zone, locale)}${gone}. Please see to it.`,
          ),
        },
        ...waitedFor(f, t, locale),
        ...blocks,
      ],
    };
  },
};

/** Due and not done: the one who has it, and rung 1. */
export const deadlineBreached: Wording = {
  staff: (f, t, locale) => {
    const { name, blocks } = matterOf(f, locale);
    const deadline = needed(f.deadline, 'deadline');
    const kind = dueThing(f, deadline.kind, locale);
    return {
      subject: t(`超期：${name}${gapOf(f)}${kind}未按时完成`, `Overdue: ${name}, ${kind}`),
      blocks: [
        {
          p: t(
            `“${kind}”应于 ${dueWords(deadline, f.zone, locale)}前完成，现已超期。请立即办理；仍未完成的，将逐级上报。`,
            `“${kind}” was due by ${dueWords(deadline, f.zone, locale)} and is overdue. Please see to it now; it is escalated step by step until it is done.`,
          ),
        },
        ...waitedFor(f, t, locale),
        ...blocks,
      ],
    };
  },
};

/** A rung of the ladder 逐级上报: who is told, in which role, how long it is overdue, and for what all wait. */
export const deadlineEscalated: Wording = {
  staff: (f, t, locale) => {
    const { name, blocks } = matterOf(f, locale);
    const deadline = needed(f.deadline, 'deadline');
    const kind = dueThing(f, deadline.kind, locale);
    const rung = f.given.rung ?? f.given.index;
    const step = rungWords(rung, f.given.repeatOf, t);
    const role = typeof f.given.role === 'string' ? say(wordsOf(RUNG_WORDS, f.given.role), locale) : null;
    const overdue = spanWords(deadline.dueAt, f.at, locale);
    return {
      subject: t(
        `逐级上报（${step}${role ? `·${role}` : ''}）：${name}${gapOf(f)}${kind}超期 ${overdue}`,
        `Escalation (${step}${role ? `, ${role}` : ''}): ${name}, ${kind} overdue by ${overdue}`,
      ),
      blocks: [
        {
          p: t(
            `“${kind}”超期未完成，现逐级上报至${step}${role ? `（${role}）` : ''}，请您督办。`,
            `“${kind}” is overdue and has come to ${step} of the ladder${role ? ` (${role})` : ''}. Please see that it is done.`,
          ),
        },
        {
          facts: [
            [t('时限', 'Due'), dueWords(deadline, f.zone, locale)],
            [t('已超期', 'Overdue by'), overdue],
            [t('上报时间', 'Escalated at'), momentWords(f.at, f.zone, locale)],
            [t('上报对象', 'Escalated to'), f.told.join(t('、', ', '))],
          ],
        },
        ...waitedFor(f, t, locale),
        ...blocks,
      ],
    };
  },
};
