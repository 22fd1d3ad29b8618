import { describe, expect, it } from 'vitest';
import { TASK_FORMS } from '../../contracts/forms.js';
import { MEASURES, MILESTONES, ORDER_CLASSES } from '../../domain/order/shape.js';
import { WORDINGS } from '../../domain/wording/notices/registry.js';
import { actionWords, instantWords, NOTICE_WORDS, noticeWords } from '../../domain/wording/timeline.js';

const chinese = /[\u4e00-\u9fff]/;
const number = 'SO-20261124-0001';

/** Everything that is written to an order's audit log, with facts as the record has them. */
const changes: [action: string, facts: Record<string, unknown>][] = [
  ['accept', {}],
  ['import', {}],
  ['begin', {}],
  ['undelivered', { step: `order/${number}/begin/1` }],
  ...Object.keys(TASK_FORMS)
    .filter((kind) => kind !== 'signOff')
    .map((kind): [string, object] => [kind, { task: `${number}.${kind}.quality`, gist: {} }]),
  ...['approve', 'reject'].map((decision): [string, object] => ['signOff', { decision }]),
  ...MEASURES.map((option): [string, object] => ['measure', { gist: { option } }]),
  ...MILESTONES.map((milestone): [string, object] => ['recordProgress', { milestone, done: true }]),
  ...ORDER_CLASSES.map((to): [string, object] => ['replan', { class: to }]),
  ...['reevaluate', 'offer', 'reject'].map((decision): [string, object] => [
    'conflict',
    { gist: { decision } },
  ]),
] as [string, Record<string, unknown>][];

describe('the timeline’s words', () => {
  it.each(changes)('tell %s %j in both languages', (action, facts) => {
    const { zh, en } = actionWords(action, facts);
    expect(zh).toMatch(chinese);
    expect(zh).not.toContain('质检部');
    expect(en).toMatch(/^[A-Z][^\u4e00-\u9fff]+$/);
    const refused = actionWords(`${action}.refused`, facts);
    expect([refused.zh, refused.en]).toEqual([`未获准：${zh}`, `Refused: ${en}`]);
  });

  it('tell apart what was decided', () => {
    const words = (gist: object) => actionWords('alternative', { gist }).zh;
    expect(words({ accept: true })).not.toBe(words({ accept: false }));
    expect(actionWords('signOff', { decision: 'approve' })).not.toEqual(
      actionWords('signOff', { decision: 'reject' }),
    );
    expect(actionWords('evaluate', { task: `${number}.evaluate.quality.2` }).zh).toBe('品管部完成订单评估');
  });

  it('have a name for every notice', () => {
    expect(Object.keys(NOTICE_WORDS).sort()).toEqual(Object.keys(WORDINGS).sort());
    expect(noticeWords('orderConfirmed', 'delivered', '王磊')).toEqual({
      zh: '已送达：确认回复 → 王磊',
      en: 'Delivered: confirmation reply → 王磊',
    });
  });

  it('tell a rung with its role, and why one did not fire', () => {
    const rung = { kind: 'rung', index: 2, deadlineKind: 'evaluation', role: 'teamLead' } as const;
    expect(instantWords({ ...rung, state: 'fired' })).toEqual({
      zh: '逐级上报第 2 级（总负责人）：订单评估',
      en: 'Escalated to step 2 (team lead): Evaluation',
    });
    expect(instantWords({ ...rung, state: 'skipped' }).zh).toContain('无人可联系');
    expect(instantWords({ ...rung, state: 'superseded' }).zh).toContain('代替');
    const warning = {
      kind: 'warning',
      index: 80,
      deadlineKind: 'confirmation',
      role: null,
      state: 'fired',
    } as const;
    expect(instantWords(warning).zh).toBe('提醒：确认回复时间已过 80%');
    expect(instantWords({ ...warning, kind: 'breach', index: 0 }).zh).toBe('超期：确认回复');
  });
});
