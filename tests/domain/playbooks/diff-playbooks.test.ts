import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffPlaybooks } from '../../../domain/playbooks/diff-playbooks.js';
import { type Playbook, playbookSchema } from '../../../domain/playbooks/shape.js';
import { playbooks } from './arbitrary-playbook.js';
import { task } from './make-playbook.js';
import { samplePlaybook } from './sample-playbook.js';

const before = playbookSchema.parse(samplePlaybook);

/** What a change to a copy of a real playbook comes to. */
function changesOf(change: (copy: typeof samplePlaybook) => unknown) {
  const copy = structuredClone(samplePlaybook);
  change(copy);
  return diffPlaybooks(before, playbookSchema.parse(copy));
}
const stepIn = (copy: typeof samplePlaybook, key: string) => {
  const step = copy.steps.find((one) => one.key === key);
  if (!step) throw new Error(`no step ${key}`);
  return step;
};

it('a revision has no difference from itself', () => {
  expect(diffPlaybooks(before, before)).toEqual([]);
  expect(diffPlaybooks(before, structuredClone(before))).toEqual([]);
});

describe('steps', () => {
  it('one that came, one that went', () => {
    expect(
      changesOf((copy) => {
        copy.steps = copy.steps.filter(({ key }) => key !== 'check-stock');
        copy.steps.splice(2, 0, task('call-customer', { phase: 'notify' }));
      }),
    ).toEqual([
      {
        kind: 'removed',
        path: 'steps.check-stock',
        before: before.steps[1],
        line: { zh: '删除步骤“核对现有库存”（check-stock）', en: 'Step “Check stock” (check-stock) removed' },
      },
      {
        kind: 'added',
        path: 'steps.call-customer',
        after: expect.objectContaining({ key: 'call-customer' }),
        line: {
          zh: '新增步骤“call-customer（中文）”（call-customer）',
          en: 'Step “call-customer” (call-customer) added',
        },
      },
    ]);
  });
  it('a field of one, by the step’s key, with both values', () => {
    expect(
      changesOf((copy) => Object.assign(stepIn(copy, 'expedite'), { due: { elapsed: 'PT1H30M' } })),
    ).toEqual([
      {
        kind: 'changed',
        path: 'steps.expedite.due',
        before: { workingHours: 4 },
        after: { elapsed: 'PT1H30M' },
        line: {
          zh: '步骤“向现供应商催货”（expedite）：期限由“4 个工作小时”改为“1 小时 30 分钟”',
          en: 'Step “Expedite with the present supplier” (expedite): due changed from 4 working hours to 1 hour 30 minutes',
        },
      },
    ]);
  });
  it('a text in one language, a role, what an option leads to', () => {
    const changes = changesOf((copy) => {
      const which = stepIn(copy, 'which-way');
      which.title.zh = '选择供应方案';
      which.role = 'quality';
      if (which.kind === 'decision') which.options[0]?.leadsTo.push('reroute');
    });
    expect(changes.map(({ path, line }) => [path, line.zh])).toEqual([
      [
        'steps.which-way.title.zh',
        '步骤“选择供应方案”（which-way）：标题 › 中文由“确定供应方案”改为“选择供应方案”',
      ],
      ['steps.which-way.role', '步骤“选择供应方案”（which-way）：角色由“采购”改为“品管部”'],
      [
        'steps.which-way.options.wait.leadsTo',
        '步骤“选择供应方案”（which-way）：选项 › wait › 引出步骤由“await-delivery”改为“await-delivery、reroute”',
      ],
    ]);
  });
  it('a field that was not there, and one that is gone', () => {
    const changes = changesOf((copy) => {
      Object.assign(stepIn(copy, 'which-way'), { otherwise: 'reroute' });
      delete (stepIn(copy, 'supplier-action') as { about?: unknown }).about;
    });
    expect(changes.map(({ kind, path }) => [kind, path])).toEqual([
      ['added', 'steps.which-way.otherwise'],
      ['removed', 'steps.supplier-action.about'],
    ]);
  });
  it('in another order are told once, by their keys', () => {
    expect(changesOf((copy) => copy.causes.reverse())).toEqual([
      {
        kind: 'changed',
        path: 'causes',
        before: before.causes.map(({ key }) => key),
        after: before.causes.map(({ key }) => key).reverse(),
        line: { zh: expect.stringContaining('根因的顺序由'), en: expect.stringContaining('order of causes') },
      },
    ]);
  });
});

describe('beside the steps', () => {
  it('the playbook’s own fields, its times, a rule of the level by its conditions', () => {
    const changes = changesOf((copy) => {
      copy.ownerRole = 'logistics';
      copy.times = { confirm: { elapsed: 'PT5M' } };
      Object.assign(copy.severity.rules[2] ?? {}, { level: 1 });
      copy.severity.rules.shift();
    });
    expect(changes.map(({ kind, path, line }) => [kind, path, line.en])).toEqual([
      ['changed', 'ownerRole', 'owner’s role changed from Purchasing to Logistics'],
      [
        'removed',
        'severity.rules.criticalOrdersAffected>=1',
        'level › rules › criticalOrdersAffected>=1 removed: “a critical order waits for it”',
      ],
      ['changed', 'severity.rules.delayHours>=48.level', expect.stringContaining('changed from 2 to 1')],
      ['added', 'times.confirm', 'times › confirm added: 5 minutes'],
    ]);
  });
  it('a long text is cut in the line, and whole in the data', () => {
    const [change] = changesOf((copy) => {
      copy.applies.en = 'late '.repeat(200).trim();
    });
    expect(change?.after).toHaveLength(999);
    expect(change?.line.en.length).toBeLessThan(400);
  });
});

const pairs = fc.tuple(playbooks, playbooks);
/** The same with its fields in another order, as a database may give them back. */
const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, inner]) => [key, shuffled(inner)]),
  );
};

it('there is a difference exactly where two revisions do not say the same, and the way back has the same places', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      const there = diffPlaybooks(one, other);
      expect(there.length === 0).toBe(JSON.stringify(one) === JSON.stringify(other));
      const paths = (changes: { path: string }[]) => changes.map(({ path }) => path).sort();
      expect(paths(diffPlaybooks(other, one))).toEqual(paths(there));
      expect(new Set(paths(there)).size).toBe(there.length);
      for (const { line } of there) expect(line.zh).toMatch(/\p{Script=Han}/u);
    }),
    { numRuns: 60 },
  );
});

it('the order of the fields in which a revision was kept changes nothing', () => {
  fc.assert(
    fc.property(pairs, ([one, other]) => {
      expect(diffPlaybooks(shuffled(one) as Playbook, shuffled(other) as Playbook)).toEqual(
        diffPlaybooks(one, other),
      );
    }),
    { numRuns: 60 },
  );
});
