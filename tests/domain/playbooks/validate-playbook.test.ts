import { describe, expect, it } from 'vitest';
import type { PlaybookSource } from '../../../domain/playbooks/shape.js';
import { validatePlaybook } from '../../../domain/playbooks/validate-playbook.js';
import type { Role } from '../../../domain/roles/shape.js';
import { decision, type StepSource, source, task, wait } from './make-playbook.js';
import { samplePlaybook } from './sample-playbook.js';

const everybody = { holders: () => 1 };
const problemsOf = (given: unknown) => validatePlaybook(given, everybody).problems;
const pathsOf = (given: unknown) => problemsOf(given).map(({ path }) => path);

const back = task('back-to-normal', { phase: 'normal' });
/** The problems of these steps, which stand before one of the phase normal. */
const ofSteps = (...steps: StepSource[]) => problemsOf(source([...steps, back]));
const ofRules = (...rules: PlaybookSource['severity']['rules']) =>
  problemsOf(source([back], { severity: { otherwise: 1, rules } }));

/** A copy of a real playbook with one thing changed, whatever its type says. */
function changed(change: (copy: Record<string, never>) => unknown): unknown {
  const copy = structuredClone(samplePlaybook) as unknown as Record<string, never>;
  change(copy);
  return copy;
}

describe('a playbook that is right', () => {
  it('comes back with every default filled in, and no problem', () => {
    const { playbook, problems } = validatePlaybook(samplePlaybook, everybody);
    expect(problems).toEqual([]);
    expect(playbook?.steps[0]).toMatchObject({ needs: [], minSeverity: 1, beforeConfirmation: false });
  });
  it('may let contain and notify wait for each other’s steps, for they begin together', () => {
    expect(
      ofSteps(
        task('stock', { needs: ['tell'] }),
        task('tell', { phase: 'notify', needs: ['first'] }),
        task('first'),
      ),
    ).toEqual([]);
  });
  it('may join its branches in a step that waits for both', () => {
    expect(
      ofSteps(
        decision('which', { wait: ['await'], buy: ['buy'] }),
        task('await'),
        task('buy'),
        task('join', { needs: ['await', 'buy'] }),
      ),
    ).toEqual([]);
  });
  it('is given to nobody while something is wrong', () => {
    const { playbook, problems } = validatePlaybook(source([task('only')]), everybody);
    expect(problems).toHaveLength(1);
    expect(playbook).toBeUndefined();
  });
});

describe('the shape', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'supplier-delay'],
    ['a list', [samplePlaybook]],
  ])('%s is no playbook', (_, given) => {
    expect(problemsOf(given)).toEqual([
      {
        path: '',
        message: { zh: expect.stringContaining('对象'), en: expect.stringContaining('an object') },
      },
    ]);
  });

  it.each<[path: string, en: string, change: (copy: never) => unknown]>([
    ['colour', 'is not a field here', (copy: { colour: string }) => (copy.colour = 'red')],
    [
      'name.zh',
      'is missing; it must be a text',
      (copy: PlaybookSource) => delete (copy.name as { zh?: string }).zh,
    ],
    ['steps', 'must be a list', (copy: { steps: string }) => (copy.steps = 'all')],
    [
      'steps.1.role',
      'must be one of sales, manufacturing',
      (copy: { steps: { role: string }[] }) => Object.assign(copy.steps[1] ?? {}, { role: 'boss' }),
    ],
    [
      'steps.4.by',
      'must be one of customer, sales',
      (copy: PlaybookSource) => Object.assign(copy.steps[4] ?? {}, { by: 'boss' }),
    ],
    [
      'steps.0.kind',
      'must be one of task, action, decision, wait',
      (copy: PlaybookSource) => Object.assign(copy.steps[0] ?? {}, { kind: 'call' }),
    ],
    [
      'steps.2.action',
      'must be one of notifyTeam,',
      (copy: PlaybookSource) => Object.assign(copy.steps[2] ?? {}, { action: 'pray' }),
    ],
    [
      'steps.3.nature',
      'nature and measures must stand with a notice',
      (copy: PlaybookSource) => Object.assign(copy.steps[3] ?? {}, { nature: undefined }),
    ],
    [
      'steps.4.options',
      'must have at least 2 entries',
      (copy: PlaybookSource) =>
        Object.assign(copy.steps[4] ?? {}, {
          options: [{ key: 'a', label: samplePlaybook.name, leadsTo: [] }],
        }),
    ],
    [
      'steps.5.atMost',
      'a wait has an end: give atMost',
      (copy: PlaybookSource) => Object.assign(copy.steps[5] ?? {}, { atMost: undefined }),
    ],
    [
      'steps.6.minSeverity',
      'must be one of 1, 2, 3',
      (copy: PlaybookSource) => Object.assign(copy.steps[6] ?? {}, { minSeverity: 4 }),
    ],
    [
      'steps.7.title.en',
      'must not be empty',
      (copy: PlaybookSource) => Object.assign(copy.steps[7]?.title ?? {}, { en: ' ' }),
    ],
    [
      'steps.7.due',
      'must have exactly one of elapsed',
      (copy: PlaybookSource) => Object.assign(copy.steps[7] ?? {}, { due: {} }),
    ],
    [
      'steps.7.due.workingHours',
      'must be above 0',
      (copy: PlaybookSource) => Object.assign(copy.steps[7] ?? {}, { due: { workingHours: 0 } }),
    ],
    [
      'steps.8.cites.0',
      'must be an id like P18.1',
      (copy: PlaybookSource) => Object.assign(copy.steps[8] ?? {}, { cites: ['P99.1'] }),
    ],
  ])('%s %s', (path, en, change) => {
    expect(problemsOf(changed(change as (copy: Record<string, never>) => unknown))).toEqual([
      { path, message: { zh: expect.stringMatching(/\p{Script=Han}/u), en: expect.stringContaining(en) } },
    ]);
  });

  it('every message of the shape has its Chinese', () => {
    const step = (given: object) => ({ ...task('step'), ...given });
    const field = { key: 'field', label: samplePlaybook.name, kind: 'text' };
    const wrong = [
      step({ key: 'Step' }),
      step({ form: [{ ...field, key: 'Bad key' }] }),
      step({ form: [{ ...field, kind: 'choice' }] }),
      ...[
        {},
        { elapsed: 'soon' },
        { elapsed: 'P999D' },
        { elapsed: 'PT1H', atLeast: 'PT1H' },
        { workingHours: 0 },
        { workingHours: 3000 },
        { workingDays: 1.5 },
        { workingDays: -1 },
        { workingDays: 300 },
      ].map((due) => step({ due })),
    ];
    for (const one of wrong) {
      const [problem, ...others] = problemsOf({ ...source([]), steps: [one] });
      expect(others).toEqual([]);
      expect(problem?.message.zh, JSON.stringify(one)).toMatch(/\p{Script=Han}/u);
    }
  });
});

describe('names', () => {
  it('a step needs one that is there', () => {
    expect(ofSteps(task('stock'), task('tell', { needs: ['stock', 'stok'] }))).toEqual([
      {
        path: 'steps.1.needs.1',
        message: {
          zh: '预案中没有步骤 stok，必须是以下步骤之一：stock、tell、back-to-normal',
          en: 'there is no step stok; it must be one of stock, tell, back-to-normal',
        },
      },
    ]);
  });
  it('an option leads to one that is there', () => {
    expect(ofSteps(decision('which', { yes: ['gone'], no: [] }))).toMatchObject([
      { path: 'steps.0.options.0.leadsTo.0' },
    ]);
  });
  it('keys differ: of steps, options, fields, their options, team and causes', () => {
    const twice = [
      { key: 'one', label: samplePlaybook.name },
      { key: 'one', label: samplePlaybook.name },
    ];
    const field = { key: 'field', label: samplePlaybook.name, kind: 'choice' as const, options: twice };
    const which = decision('which', { yes: [], no: [] });
    if (which.kind === 'decision')
      which.options.push({ key: 'yes', label: samplePlaybook.name, leadsTo: [] });
    const lead = { key: 'lead', name: samplePlaybook.name, role: 'sales' as const };
    const cause = { key: 'cause', name: samplePlaybook.name };
    expect(
      pathsOf(
        source(
          [
            task('stock', { form: [field, { ...field, options: undefined, kind: 'text' }] }),
            task('stock'),
            which,
            back,
          ],
          {
            team: [lead, lead],
            causes: [cause, cause],
          },
        ),
      ),
    ).toEqual([
      'team.1.key',
      'steps.1.key',
      'steps.0.form.1.key',
      'steps.0.form.0.options.1.key',
      'steps.2.options.2.key',
      'causes.1.key',
    ]);
  });
  it('what is done without an answer is one of the options', () => {
    expect(ofSteps(decision('which', { yes: [], no: [] }, { otherwise: 'maybe' }))).toEqual([
      {
        path: 'steps.0.otherwise',
        message: {
          zh: 'maybe 不是此决定的选项，必须是以下之一：yes、no',
          en: 'maybe is no option of this decision; it must be one of yes, no',
        },
      },
    ]);
  });
});

describe('phases', () => {
  it('a step waits for none of a later phase', () => {
    expect(
      ofSteps(task('stock', { needs: ['recover'] }), task('recover', { phase: 'recover' })),
    ).toMatchObject([
      {
        path: 'steps.0.needs.0',
        message: { en: expect.stringContaining('its own phase (contain) or an earlier') },
      },
    ]);
  });
  it('an option leads to none of an earlier phase', () => {
    expect(
      ofSteps(task('stock'), decision('which', { yes: ['stock'], no: [] }, { phase: 'recover' })),
    ).toMatchObject([{ path: 'steps.1.options.0.leadsTo.0' }]);
  });
  it('things return to normal', () => {
    expect(problemsOf(source([task('stock')]))).toMatchObject([{ path: 'steps' }]);
  });
  it('what runs before confirmation waits for nothing that runs after it', () => {
    const early = { beforeConfirmation: true };
    expect(
      ofSteps(
        task('isolate', { ...early, needs: ['stock', 'hold', 'call'] }),
        task('stock'),
        task('hold', early),
        task('call', { phase: 'confirm' }),
      ),
    ).toMatchObject([{ path: 'steps.0.needs.0' }]);
    expect(ofSteps(decision('which', { yes: ['isolate'], no: [] }), task('isolate', early))).toMatchObject([
      { path: 'steps.0.options.0.leadsTo.0' },
    ]);
  });
});

describe('circles', () => {
  it('two steps that need each other', () => {
    expect(ofSteps(task('one', { needs: ['two'] }), task('two', { needs: ['one'] }))).toEqual([
      {
        path: 'steps.0.needs.0',
        message: {
          zh: expect.stringContaining('one → two → one'),
          en: 'these steps wait for each other and would never begin: one → two → one; leave one of the links out',
        },
      },
    ]);
  });
  it('a decision that waits for what it leads to', () => {
    expect(
      ofSteps(
        decision('which', { yes: ['buy'], no: [] }, { needs: ['pay'] }),
        task('buy'),
        task('pay', { needs: ['buy'] }),
      ),
    ).toMatchObject([
      { path: 'steps.0.needs.0', message: { en: expect.stringContaining('which → pay → buy → which') } },
    ]);
  });
  it('a wait that waits for itself', () => {
    expect(ofSteps(wait('delivery', { needs: ['delivery'] }))).toMatchObject([
      { path: 'steps.0.needs.0', message: { en: expect.stringContaining('waits for itself') } },
    ]);
  });
  it('each is told once, and a step that only leads into one is not told at all', () => {
    expect(
      ofSteps(
        task('before', { needs: ['one'] }),
        task('one', { needs: ['two'] }),
        task('two', { needs: ['three'] }),
        task('three', { needs: ['one'] }),
        task('four', { needs: ['five'] }),
        task('five', { needs: ['four'] }),
      ).map(({ path }) => path),
    ).toEqual(['steps.1.needs.0', 'steps.4.needs.0']);
  });
});

describe('branches', () => {
  it('a step that only decisions lead to which nothing reaches can never run', () => {
    expect(
      ofSteps(
        decision('one', { yes: ['two'], no: [] }),
        decision('two', { yes: ['one', 'buy'], no: [] }),
        task('buy'),
      ),
    ).toMatchObject([
      { path: 'steps.1.options.0.leadsTo.0' },
      { path: 'steps.0' },
      { path: 'steps.1' },
      { path: 'steps.2', message: { en: expect.stringContaining('buy can never run') } },
    ]);
  });
  it('a step waits for none that runs only when another option was chosen', () => {
    expect(
      ofSteps(
        decision('which', { wait: ['await'], buy: ['buy'] }),
        task('await'),
        task('buy', { needs: ['await'] }),
      ),
    ).toMatchObject([
      { path: 'steps.2.needs.0', message: { en: expect.stringContaining('which chooses another option') } },
    ]);
  });
  it('nor deeper within another branch', () => {
    expect(
      ofSteps(
        decision('which', { wait: ['await'], buy: ['offer'] }),
        task('await', { needs: ['order'] }),
        decision('offer', { take: ['order'], leave: [] }),
        task('order'),
      ),
    ).toMatchObject([{ path: 'steps.1.needs.0' }]);
  });
  it('but it may wait for one that shares an option with it', () => {
    expect(
      ofSteps(
        decision('which', { wait: ['await'], buy: ['buy'], both: ['await', 'buy'] }),
        task('await'),
        task('buy', { needs: ['await'] }),
      ),
    ).toEqual([]);
  });
});

describe('roles', () => {
  it('each has somebody who holds it: owner, team, steps, and who decides', () => {
    const nobody = (...roles: Role[]) => ({ holders: (role: Role) => (roles.includes(role) ? 0 : 2) });
    const given = source([
      task('stock', { role: 'quality' }),
      decision('which', { yes: [], no: [] }, { by: 'vp' }),
      back,
    ]);
    const { problems } = validatePlaybook(given, nobody('quality', 'vp'));
    expect(problems).toEqual([
      {
        path: 'steps.0.role',
        message: {
          zh: '没有人担任“品管部”（quality）；请先指定人员，或改用有人担任的角色',
          en: 'nobody holds the role quality (Quality); give it to somebody, or name one that is held',
        },
      },
      { path: 'steps.1.by', message: expect.anything() },
    ]);
    expect(validatePlaybook(given, nobody('purchasing')).problems.map(({ path }) => path)).toEqual([
      'ownerRole',
      'team.0.role',
      'steps.1.role',
      'steps.2.role',
    ]);
  });
});

describe('levels', () => {
  const because = samplePlaybook.name;
  it('are read from the highest down', () => {
    expect(
      ofRules(
        { level: 2, when: [{ fact: 'delayHours', atLeast: 48 }], because },
        { level: 3, when: [{ fact: 'delayHours', atLeast: 96 }], because },
      ),
    ).toMatchObject([{ path: 'severity.rules.1.level' }]);
  });
  it('come of conditions that differ', () => {
    const when = [
      { fact: 'delayHours' as const, atLeast: 48 },
      { fact: 'ordersAffected' as const, atLeast: 3 },
    ];
    expect(
      ofRules({ level: 3, when, because }, { level: 2, when: [...when].reverse(), because }),
    ).toMatchObject([{ path: 'severity.rules.1.when' }]);
  });
  it('and of each fact once', () => {
    const fact = 'delayHours' as const;
    expect(
      ofRules({
        level: 3,
        when: [
          { fact, atLeast: 48 },
          { fact, atLeast: 24 },
        ],
        because,
      }),
    ).toMatchObject([{ path: 'severity.rules.0.when.1.fact' }]);
  });
});
