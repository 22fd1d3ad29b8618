import { describe, expect, it } from 'vitest';
import { chaseForGroup } from '../../app/notices/chase-facts.js';
import type { ChaseNotice } from '../../contracts/chase-record.js';
import { CHASE_KINDS, type ChaseKind } from '../../domain/chase/shape.js';
import type { ChasedItem, ChaseTold } from '../../domain/wording/chase-told.js';
import type { NoticeFacts, TaskFacts } from '../../domain/wording/facts.js';
import { LOCALES } from '../../domain/wording/locale.js';
import { renderNotice } from '../../domain/wording/render-notice.js';
import { sampleFacts } from './sample-facts.js';
import { sampleIncidentFacts } from './sample-incident.js';

const TYPED = ['TYPED WHAT', 'TYPED NOTE', 'TYPED RESULT', 'TYPED DONE', 'TYPED CHECK', 'TYPED REASON'];

const item = (change: Partial<ChasedItem> = {}): ChasedItem => ({
  id: 'IN-20261124-0001.actionItem',
  ownerName: 'Wu',
  dueAt: '2026-12-01T02:00:00.000Z',
  state: 'open',
  doneByName: null,
  doneAt: null,
  doneNote: null,
  checkedByName: null,
  checkNote: null,
  reopened: 0,
  reopenedBecause: null,
  ...change,
});

const told = (kind: ChaseKind, change: Partial<ChaseTold> = {}): ChaseTold => ({
  number: 'CH-20261124-0001',
  kind,
  what: { zh: 'TYPED WHAT', en: 'TYPED WHAT' },
  note: null,
  createdByName: 'Zheng',
  createdAt: '2026-11-24T02:00:00.000Z',
  finishedByName: null,
  finishedNote: null,
  gaveUpBecause: null,
  item: kind === 'problem' ? null : item(),
  ...change,
});

const task = (kind: ChaseKind): TaskFacts => ({
  id: `CH-20261124-0001.${kind}.quality`,
  kind,
  role: 'quality',
  department: 'quality',
  dueAt: '2026-12-01T02:00:00.000Z',
  assigneeName: 'Wu',
  facts: {},
  step: null,
  link: 'https://redmark.example/t/abc',
});

/** Of an order for a problem, else of an incident. */
function factsOf(chase: ChaseTold, change: Partial<NoticeFacts> = {}): NoticeFacts {
  const base =
    chase.kind === 'problem'
      ? sampleFacts('taskOpened', 'person')
      : sampleIncidentFacts('incidentTask', 'person');
  return { ...base, chase, tasks: [], ...change };
}

const notices: ChaseNotice[] = ['chaseOpened', 'chaseDone', 'chaseGivenUp', 'noticeUndelivered'];
const every = CHASE_KINDS.flatMap((kind) => notices.map((notice) => ({ kind, notice })));

describe.each(every)('$notice of a $kind', ({ kind, notice }) => {
  it.each(LOCALES)('is complete in %s, with nothing left to fill in', (locale) => {
    for (const tasks of [[task(kind)], []]) {
      const { subject, text } = renderNotice(notice, factsOf(told(kind), { tasks }), locale);
      for (const words of [subject, text]) expect(words).not.toMatch(/undefined|null|NaN|\[object/);
      expect(text).toContain('TYPED WHAT');
    }
  });
});

describe('a letter of an action item', () => {
  const written = (chase: ChaseTold, tasks: TaskFacts[]) =>
    renderNotice('chaseOpened', factsOf(chase, { tasks }), 'zh-CN').text;

  it('says that only the check of a second person closes it, and who may not check', () => {
    expect(written(told('actionItem'), [task('actionItem')])).toContain('验证有效方可关闭');
    expect(written(told('effectCheck'), [task('effectCheck')])).toContain('完成人本人不得验证');
  });

  it('names the incident that repeated it, to its owner and to who is told beside', () => {
    const again = told('actionItem', { item: item({ reopened: 1, reopenedBecause: 'IN-20261201-0003' }) });
    for (const tasks of [[task('actionItem')], []]) {
      expect(written(again, tasks)).toContain('同类原因再次引发突发情况 IN-20261201-0003');
    }
  });

  it('gives what the check found when it had no effect', () => {
    const again = told('actionItem', {
      item: item({ reopened: 1, checkedByName: 'Sun', checkNote: 'TYPED CHECK' }),
    });
    expect(written(again, [task('actionItem')])).toMatch(/未达到效果[\s\S]*Sun：TYPED CHECK/);
  });

  it('says what came of the check', () => {
    const outcome = (state: 'open' | 'closed') =>
      renderNotice('chaseDone', factsOf(told('effectCheck', { item: item({ state }) })), 'zh-CN').subject;
    expect(outcome('closed')).toContain('已关闭');
    expect(outcome('open')).toContain('已重新打开');
  });
});

describe('a group chat', () => {
  it('reads nothing of a chase that a person typed', () => {
    const chase = told('problem', {
      note: 'TYPED NOTE',
      finishedNote: 'TYPED RESULT',
      gaveUpBecause: 'TYPED REASON',
      item: item({ doneNote: 'TYPED DONE', checkNote: 'TYPED CHECK' }),
    });
    const read = JSON.stringify(chaseForGroup(chase));
    for (const typed of TYPED) expect(read).not.toContain(typed);
  });
});
