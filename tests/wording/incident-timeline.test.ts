import { describe, expect, it } from 'vitest';
import { incidentActionWords } from '../../domain/wording/incident-timeline.js';

const titles = new Map([
  ['which-way', { zh: '确定供应方案', en: 'Choose how to get the supply' }],
  ['which-way/wait', { zh: '等待现供应商', en: 'Wait' }],
  ['which-way/reroute', { zh: '改由替代供应商供货', en: 'Buy elsewhere' }],
  ['call-supplier', { zh: '向供应商核实', en: 'Ask the supplier' }],
]);
const task = 'IN-20261124-0001';

/** What a person reads of a change of an incident, by its action and its facts. */
const told: [action: string, facts: Record<string, unknown>, zh: string, en: string][] = [
  ['reported', { type: 'supplier-delay', severity: 2 }, '收到突发情况报告', 'Reported'],
  ['reported', { count: 3 }, '再次收到报告（共 3 次）', 'Reported again (3 times in all)'],
  ['acknowledge', { undo: true }, '撤回受理', 'Acknowledgement taken back'],
  ['confirm', { gist: { outcome: 'falseAlarm' } }, '确认为误报', 'Confirmed as a false alarm'],
  [
    'confirm',
    { gist: { outcome: 'activate', severity: 3 } },
    '已确认，启动预案（三级）',
    'Confirmed, playbook activated (level 3)',
  ],
  ['step', { task: `${task}.step.call-supplier.2` }, '已完成：向供应商核实', 'Done: Ask the supplier'],
  [
    'decision',
    { task: `${task}.decision.which-way`, gist: { option: 'wait' } },
    '已决定：确定供应方案（等待现供应商）',
    'Decided: Choose how to get the supply (Wait)',
  ],
  [
    'chosen',
    { step: 'which-way', option: 'reroute,wait' },
    '已决定：确定供应方案（改由替代供应商供货、等待现供应商）',
    'Decided: Choose how to get the supply (Buy elsewhere, Wait)',
  ],
  ['skipStep', { step: 'call-supplier' }, '跳过步骤：向供应商核实', 'Step passed over: Ask the supplier'],
  ['setSeverity.refused', { severity: 2 }, '未获准：级别调整为二级', 'Refused: Level changed: level 2'],
  // A step that the playbook has no more, and an action that is new: named by their keys, never left out.
  ['step', { task: `${task}.step.gone` }, '已完成：gone', 'Done: gone'],
  ['somethingNew', {}, 'somethingNew', 'somethingNew'],
];

describe('a change of an incident is told in words', () => {
  it.each(told)('%s %j', (action, facts, zh, en) => {
    expect(incidentActionWords(action, facts, titles)).toEqual({ zh, en });
  });
});
