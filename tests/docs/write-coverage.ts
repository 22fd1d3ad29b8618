import { PROCEDURES, type Procedure } from '../../domain/procedures/obligations.js';
import type { Servers } from './find-servers.js';

/** More than this many in a cell are folded. */
const shownAtMost = 6;

const linkTo = (path: string) => `[${path}](../${path})`;

function cell(items: string[], noun: string): string {
  if (items.length === 0) return '–';
  const lines = items.join('<br>');
  if (items.length <= shownAtMost) return lines;
  return `<details><summary>${items.length} ${noun}</summary>${lines}</details>`;
}

function row({ id, zh, en }: Procedure['obligations'][number], servers: Servers | undefined): string {
  const { playbooks = new Map<string, string[]>(), rules = [], unrun = [], tests = [] } = servers ?? {};
  const steps = [...playbooks].map(
    ([type, keys]) => `\`${type}${keys.length ? `: ${keys.join(', ')}` : ''}\``,
  );
  const files = [...rules.map(linkTo), ...unrun.map((file) => `${linkTo(file)} (not run yet)`)];
  const nothing = steps.length + files.length + tests.length === 0;
  const cells = nothing
    ? ['**nothing yet**', '–', '–']
    : [cell(steps, 'playbooks'), cell(files, 'files'), cell(tests.map(linkTo), 'tests')];
  return `| ${[id, `${zh}<br>${en}`, ...cells].join(' | ')} |`;
}

function section(procedure: Procedure, servers: Map<string, Servers>): string {
  const { id, title, obligations } = procedure;
  return [
    `## ${id} ${title.zh} · ${title.en}`,
    '',
    '| id | what it asks | playbooks (data) | rules (code that runs) | tests |',
    '|---|---|---|---|---|',
    ...obligations.map((one) => row(one, servers.get(one.id))),
  ].join('\n');
}

function figures(servers: Map<string, Servers>): string {
  const all = [...servers];
  const idsWhere = (holds: (one: Servers) => boolean) =>
    all.filter(([, one]) => holds(one)).map(([id]) => id);
  const nothing = idsWhere(
    (one) => one.playbooks.size + one.rules.length + one.unrun.length + one.tests.length === 0,
  );
  const dataOnly = idsWhere((one) => one.playbooks.size > 0 && one.rules.length === 0);
  const unrunOnly = idsWhere(
    (one) => one.unrun.length > 0 && one.playbooks.size + one.rules.length + one.tests.length === 0,
  );
  const untested = idsWhere((one) => one.rules.length > 0 && one.tests.length === 0);
  const list = (ids: string[]) => (ids.length ? ids.join(', ') : 'none');
  return [
    '| of the obligations | number | which |',
    '|---|---|---|',
    `| all | ${all.length} | ${all[0]?.[0]} … ${all.at(-1)?.[0]} |`,
    `| cited by a playbook | ${idsWhere((one) => one.playbooks.size > 0).length} | |`,
    `| cited by a rule that runs | ${idsWhere((one) => one.rules.length > 0).length} | |`,
    `| cited by a test | ${idsWhere((one) => one.tests.length > 0).length} | |`,
    `| in a playbook, and no rule that runs cites it | ${dataOnly.length} | ${list(dataOnly)} |`,
    `| a rule that runs, and no test cites it | ${untested.length} | ${list(untested)} |`,
    `| in code alone that is not run yet | ${unrunOnly.length} | ${list(unrunOnly)} |`,
    `| **nothing yet** | ${nothing.length} | ${list(nothing)} |`,
  ].join('\n');
}

/**
 * docs/coverage.md: each obligation of the procedures with what serves it. `playbooksRun`: whether workflows interpret
 * playbooks, which decides what the legend says of that column.
 */
export function writeCoverage(servers: Map<string, Servers>, playbooksRun: boolean): string {
  const run = playbooksRun
    ? 'The workflows interpret them; what an action does outside is in the next column.'
    : 'No workflow interprets them yet: what stands in this column alone is planned and validated, and nobody acts on it.';
  const zhRun = playbooksRun ? '流程引擎按预案执行' : '目前尚无流程引擎执行预案';
  return `${[
    '# What serves each obligation',
    'Written by `npm run coverage` from the playbooks, the rules and the tests. Do not edit it; cite the obligation where it is served (`P07.6`), and run the command.',
    [
      'The company’s twenty procedures ask for what stands in the second column (源文摘要, then in our words). Three columns say what serves it:',
      '',
      `- **playbooks (data)**: steps of the built-in playbooks that cite it, as \`no-courier: refund\`; a type alone where only the playbook as a whole does. ${run}`,
      '- **rules (code that runs)**: files of `domain/`, `contracts/`, `workflows/`, `activities/`, `app/`, `api/` and `local/` that cite it and are loaded by a process. “Not run yet”: written, and loaded by none.',
      '- **tests**: test files that cite it, in a name or a comment.',
      '',
      'A citation is its author’s claim that the place serves the obligation, perhaps a part of it; that all of it is served, no script can tell. **Nothing yet** means that nothing cites it. `coverage-served.json` keeps which columns were filled once; one that empties fails the build.',
    ].join('\n'),
    `第二栏为各项要求（源文摘要及英文说明）。“playbooks”为引用该条款的内置应急预案步骤（数据，${zhRun}）；“rules”为引用该条款且由运行中的进程加载的代码；“tests”为引用该条款的测试；“nothing yet”即尚无任何实现。`,
    figures(servers),
    ...PROCEDURES.map((procedure) => section(procedure, servers)),
  ].join('\n\n')}\n`;
}
