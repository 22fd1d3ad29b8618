import { readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { noCourier } from '../../domain/playbooks/no-courier.js';
import { OBLIGATIONS } from '../../domain/procedures/obligations.js';
import { citedObligations } from './cited-obligations.js';
import { coveragePath, makeCoverage, readServed, servedPath } from './coverage.js';
import { findServers, type Project } from './find-servers.js';
import { lostSince, servedNow, writeServed } from './served.js';
import { writeCoverage } from './write-coverage.js';

const { page, served } = makeCoverage();
const stale = 'is stale: npm run coverage';

describe('in the project', () => {
  test('docs/coverage.md is what playbooks, rules and tests say now', () => {
    const onDisk = readFileSync(coveragePath, 'utf8');
    const lines = new Set(onDisk.split('\n'));
    const changed = page
      .split('\n')
      .flatMap((line) => (lines.has(line) ? [] : (/^\| (P\d\d\.\d+)/.exec(line)?.[1] ?? [])));
    expect(onDisk === page, `docs/coverage.md ${stale} (${changed.join(', ')})`).toBe(true);
  });

  test('no obligation lost what served it', () => {
    expect(lostSince(readServed(), served).map(({ words }) => words)).toEqual([]);
  });

  test('what serves an obligation is kept on the list that only grows', () => {
    expect(
      readFileSync(servedPath, 'utf8') === writeServed(served),
      `docs/coverage-served.json ${stale}`,
    ).toBe(true);
  });
});

describe('what counts as a citation', () => {
  it.each<[text: string, ids: string[]]>([
    ['/** Signed by the vice president (P07.6). */', ['P07.6']],
    ['// P07.1: told at once; P07.1 again.', ['P07.1']],
    ['/** Told and named (P07.1–2), as in P12.2-3. */', ['P07.1', 'P07.2', 'P12.2', 'P12.3']],
    ['/** P07.4–P07.6 */', ['P07.4', 'P07.5', 'P07.6']],
    ["describe('the score (P01.1)', () => {", ['P01.1']],
    ["cites: ['P18.1']", []],
    ['/** An id: `P18.1`, or `P01.1 … P20.2`. */', []],
    ["'must be an id like P18.1': '例如 P18.1'", []],
    ['/** As P18 asks, and P21.1 and P00.1 do not; XP07.1. */', []],
  ])('%s', (text, ids) => {
    expect(citedObligations(text)).toEqual(ids);
  });
});

describe('who serves an obligation', () => {
  const project: Project = {
    playbooks: [
      {
        ...noCourier,
        cites: ['P18.1', 'P18.7'],
        steps: noCourier.steps.filter(({ key }) => key === 'refund'),
      },
    ],
    sources: new Map([
      [
        'worker.ts',
        "import { sign } from './app/sign.js';\nimport type { Late } from './app/late.js';\nimport type { Word } from './app/word.js';",
      ],
      ['app/sign.ts', '/** P07.6 */\nexport const sign = 1;'],
      ['app/late.ts', '/** P07.4 */\nexport const late = 1;\nexport type Late = typeof late;'],
      ['app/word.ts', '/** P07.5 */\nexport type Word = string;'],
      ['domain/playbooks/index.ts', "import { noCourier } from './no-courier.js';"],
      ['domain/playbooks/no-courier.ts', '/** P08.1 */'],
      ['domain/procedures/obligations.ts', '/** P08.2 */'],
    ]),
    tests: new Map([['tests/app/sign.test.ts', "it('signs (P07.6)', () => {})"]]),
    scripts: { start: 'exec node dist/local/start.js' },
  };
  const servers = findServers(project);

  it('is a step of a playbook, or the playbook as a whole', () => {
    expect(servers.get('P18.1')?.playbooks).toEqual(new Map([['no-courier', ['refund']]]));
    expect(servers.get('P18.7')?.playbooks).toEqual(new Map([['no-courier', []]]));
  });

  it('is a rule, in force where a process loads it, or takes its types where it has nothing else', () => {
    expect(servers.get('P07.6')).toMatchObject({
      rules: ['app/sign.ts'],
      unrun: [],
      tests: ['tests/app/sign.test.ts'],
    });
    expect(servers.get('P07.5')).toMatchObject({ rules: ['app/word.ts'], unrun: [] });
    expect(servers.get('P07.4')).toMatchObject({ rules: [], unrun: ['app/late.ts'] });
  });

  it('is neither a playbook’s comment nor the list of obligations', () => {
    expect(servers.get('P08.1')?.rules).toEqual([]);
    expect(servers.get('P08.2')).toMatchObject({ rules: [], unrun: [] });
  });

  it('is found for an obligation that exists, or the citation is refused by its place', () => {
    const wrong = { ...project, sources: new Map([['app/sign.ts', '/** P07.9 */']]) };
    expect(() => findServers(wrong)).toThrow('app/sign.ts cites P07.9, which is no obligation');
  });

  it('is told in a row of its own, and so is what nothing serves yet or no process runs yet', () => {
    const page = writeCoverage(servers, false);
    const cellsOf = (id: string) =>
      page
        .split('\n')
        .find((line) => line.startsWith(`| ${id} |`))
        ?.split(' | ')
        .slice(2);
    expect(cellsOf('P18.1')).toEqual(['`no-courier: refund`', '–', '– |']);
    expect(cellsOf('P18.7')?.[0]).toBe('`no-courier`');
    expect(cellsOf('P07.4')?.[1]).toBe('[app/late.ts](../app/late.ts) (not run yet)');
    expect(cellsOf('P07.6')?.[2]).toBe('[tests/app/sign.test.ts](../tests/app/sign.test.ts) |');
    expect(cellsOf('P08.2')).toEqual(['**nothing yet**', '–', '– |']);
    expect(OBLIGATIONS.filter(({ id }) => !cellsOf(id))).toEqual([]);
  });

  it('is missed as soon as it is gone, each kind by itself', () => {
    const before = servedNow(servers);
    expect(before).toEqual({
      'P07.5': ['rule'],
      'P07.6': ['rule', 'test'],
      'P14.5': ['playbook'],
      'P18.1': ['playbook'],
      'P18.7': ['playbook'],
    });
    const now = servedNow(findServers({ ...project, playbooks: [], tests: new Map() }));
    expect(lostSince(before, now).map(({ words }) => words)).toEqual([
      'P07.6 has no test any more',
      'P14.5 has no playbook any more',
      'P18.1 has no playbook any more',
      'P18.7 has no playbook any more',
    ]);
    const mayGo = ['P07.6', 'P18.1', 'P18.7'];
    expect(lostSince(before, now, mayGo)).toMatchObject([{ id: 'P14.5', kind: 'playbook' }]);
  });

  it('is missed where a process no longer loads the rule', () => {
    const unloaded = { ...project, sources: new Map(project.sources).set('worker.ts', '') };
    expect(lostSince({ 'P07.6': ['rule'] }, servedNow(findServers(unloaded)))).toHaveLength(1);
  });
});
