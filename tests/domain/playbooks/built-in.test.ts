import { describe, expect, it } from 'vitest';
import { BUILT_IN_PLAYBOOKS } from '../../../domain/playbooks/index.js';
import { openable, startRun } from '../../../domain/playbooks/interpret.js';
import { type Playbook, playbookSchema } from '../../../domain/playbooks/shape.js';
import { validatePlaybook } from '../../../domain/playbooks/validate-playbook.js';

const playbooks = BUILT_IN_PLAYBOOKS.map((source): [string, Playbook] => [
  source.type,
  playbookSchema.parse(source),
]);
const teamFirst = ['server-failure', 'network-outage', 'system-failure', 'data-loss', 'network-attack'];

it('there are twenty-five, each type once (P13.5)', () => {
  expect(playbooks).toHaveLength(25);
  expect(new Set(playbooks.map(([type]) => type)).size).toBe(25);
});

it.each<[asks: string, id: string, types: string[]]>([
  [
    'five sudden events (P03.1)',
    'P03.1',
    ['server-failure', 'network-outage', 'supplier-delay', 'logistics-accident', 'data-loss'],
  ],
  ['three delays and faults (P13.1)', 'P13.1', ['supplier-delay', 'logistics-delay', 'quality-problem']],
  [
    'eight order emergencies (P16.1)',
    'P16.1',
    [
      ...['order-delay', 'order-error', 'order-return', 'order-cancellation'],
      ...['supply-interruption', 'system-failure', 'staff-shortage', 'natural-disaster'],
    ],
  ],
  [
    'five problems of orders, transport’s being two (P17.1)',
    'P17.1',
    [
      ...['order-delay', 'order-error', 'stock-shortage', 'payment-problem'],
      ...['logistics-delay', 'logistics-accident'],
    ],
  ],
])('the procedure’s %s have each a playbook that cites it', (_, id, types) => {
  const citing = playbooks.filter(([, { cites }]) => cites.includes(id)).map(([type]) => type);
  expect(citing.sort()).toEqual(types.sort());
});

/** Every text that people read: each pair of languages, wherever it stands. */
function textsIn(value: unknown): { zh: string; en: string }[] {
  if (typeof value !== 'object' || value === null) return [];
  if ('zh' in value && 'en' in value) return [value as { zh: string; en: string }];
  return Object.values(value).flatMap(textsIn);
}

describe.each(playbooks)('%s', (type, playbook) => {
  it('is valid, every role being held', () => {
    const source = BUILT_IN_PLAYBOOKS.find((one) => one.type === type);
    expect(validatePlaybook(source, { holders: () => 1 })).toEqual({ playbook, problems: [] });
  });

  it('says everything in Chinese and in English', () => {
    const texts = textsIn(playbook);
    expect(texts.length).toBeGreaterThan(20);
    expect(texts.filter(({ zh }) => !/\p{Script=Han}/u.test(zh))).toEqual([]);
    expect(texts.filter(({ en }) => !/[a-z]/i.test(en) || /\p{Script=Han}/u.test(en))).toEqual([]);
  });

  it('leads back to normal at every level (P13.3)', () => {
    const normal = playbook.steps.filter(({ phase }) => phase === 'normal');
    expect(normal.some(({ minSeverity }) => minSeverity === 1)).toBe(true);
  });
});

it('five call the team at the report, at every level, before anybody has confirmed (P19.4)', () => {
  expect(playbooks.filter(([, playbook]) => playbook.teamFirst).map(([type]) => type)).toEqual(teamFirst);
  for (const [type, playbook] of playbooks.filter(([, one]) => one.teamFirst)) {
    const first = openable(playbook, startRun(playbook), { phase: 'reported', severity: 1 });
    const calls = first.filter((step) => step.kind === 'action' && step.action === 'notifyTeam');
    expect(calls, type).toMatchObject([{ beforeConfirmation: true, urgent: true }]);
  }
});
