import { describe, expect, it, test } from 'vitest';
import { importRules, layerOf, mayImport } from './import-rules.js';
import { importsOf, readSources } from './source-files.js';

const sources = readSources();
const imports = [...sources].flatMap(([file, text]) => importsOf(file, text));
const rules = Object.entries(importRules);

test('the rules see the project: its files, and imports in each layer', () => {
  expect(sources.size).toBeGreaterThan(100);
  for (const layer of Object.keys(mayImport)) {
    expect(
      imports.some(({ from }) => layerOf(from) === layer),
      layer,
    ).toBe(true);
  }
});

describe('in the project', () => {
  it.each(rules)('%s', (_, breaks) => {
    const wrong = imports.filter((found) => breaks(found, (path) => sources.has(path)));
    expect(wrong.map(({ from, to }) => `${from} → ${to}`)).toEqual([]);
  });
});

describe('a file that breaks a rule is found out', () => {
  const examples: [rule: string, file: string, text: string][] = [
    ['imports point one way', 'domain/order/price.ts', "import { orders } from '../../db/schema/index.js';"],
    [
      'imports point one way',
      'db/queries/late.ts',
      "import type { AppContext } from '../../app/context.js';",
    ],
    [
      'a relative import names a file that exists',
      'app/late.ts',
      "import { gone } from '../domain/order/gone.js';",
    ],
    [
      'a shape imports zod and other shapes alone',
      'domain/order/shape.ts',
      "import { createCalendar } from '../calendar/create-calendar.js';",
    ],
    [
      'contracts compose shapes: calendar, assessment and feasibility never enter the workflow bundle',
      'contracts/late.ts',
      "import { defaultPolicy } from '../domain/policy/defaults.js';",
    ],
    [
      'workflows see of the domain only shapes and the playbooks’ interpreter, of activities only types, and nothing of Node',
      'workflows/late.ts',
      "import { createActivities } from '../activities/index.js';",
    ],
    [
      'workflows see of the domain only shapes and the playbooks’ interpreter, of activities only types, and nothing of Node',
      'workflows/late.ts',
      "import { planRungs } from '../domain/ladder/plan-rungs.js';",
    ],
    [
      'workflows see of the domain only shapes and the playbooks’ interpreter, of activities only types, and nothing of Node',
      'workflows/late.ts',
      "import { randomUUID } from 'node:crypto';",
    ],
    [
      'workflows see of the domain only shapes and the playbooks’ interpreter, of activities only types, and nothing of Node',
      'workflows/late.ts',
      "import { settle } from '../domain/playbooks/interpret/settle.js';",
    ],
    [
      'the playbooks’ interpreter imports shapes and itself alone',
      'domain/playbooks/interpret/late.ts',
      "import { createCalendar } from '../../calendar/create-calendar.js';",
    ],
    [
      'app and api see workflows only through their messages, and types',
      'app/late.ts',
      "import { urgentOrder } from '../workflows/urgent-order.js';",
    ],
    ['every process has its log from createLog', 'late.ts', "import { pino } from 'pino';"],
    ['nothing imports an entry point', 'local/late.ts', "import '../worker.js';"],
  ];

  it.each(examples)('%s: %s', (rule, file, text) => {
    const found = importsOf(file, `${text}\n`);
    expect(found).toHaveLength(1);
    const isOurs = (path: string) => sources.has(path);
    expect(found.filter((one) => importRules[rule]?.(one, isOurs))).toEqual(found);
  });

  it('and a type alone enters no bundle', () => {
    const [found] = importsOf(
      'workflows/fine.ts',
      "import type { Activities } from '../activities/index.js';\n",
    );
    const isOurs = (path: string) => sources.has(path);
    expect(found && rules.filter(([, breaks]) => breaks(found, isOurs))).toEqual([]);
  });

  it('and a workflow may run the playbooks’ interpreter', () => {
    const [found] = importsOf(
      'workflows/fine.ts',
      "import { openable } from '../domain/playbooks/interpret.js';\n",
    );
    const isOurs = (path: string) => sources.has(path);
    expect(found && rules.filter(([, breaks]) => breaks(found, isOurs))).toEqual([]);
  });

  it('for each rule there is', () => {
    expect(new Set(examples.map(([rule]) => rule))).toEqual(new Set(Object.keys(importRules)));
  });
});
