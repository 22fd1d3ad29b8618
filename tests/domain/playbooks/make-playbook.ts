import { type Playbook, type PlaybookSource, playbookSchema } from '../../../domain/playbooks/shape.js';

export type StepSource = PlaybookSource['steps'][number];
type Given<K extends StepSource['kind']> = Partial<Extract<StepSource, { kind: K }>>;

export const words = (en: string) => ({ zh: `${en}（中文）`, en });

const base = (key: string) => ({ key, title: words(key), cites: ['P03.2'], phase: 'contain' as const });

/** A task of purchasing, due in an hour, in the phase contain unless it says otherwise. */
export const task = (key: string, given: Given<'task'> = {}): StepSource => ({
  ...base(key),
  kind: 'task',
  role: 'purchasing',
  instructions: words(`do ${key}`),
  due: { workingHours: 1 },
  ...given,
});

/** A decision of purchasing; each option by its key, with what it leads to. */
export const decision = (
  key: string,
  options: Record<string, string[]>,
  given: Given<'decision'> = {},
): StepSource => ({
  ...base(key),
  kind: 'decision',
  by: 'purchasing',
  role: 'purchasing',
  question: words(`${key}?`),
  options: Object.entries(options).map(([option, leadsTo]) => ({
    key: option,
    label: words(option),
    leadsTo,
  })),
  due: { workingHours: 1 },
  ...given,
});

export const wait = (key: string, given: Given<'wait'> = {}): StepSource => ({
  ...base(key),
  kind: 'wait',
  role: 'purchasing',
  until: words(`${key} is so`),
  atMost: { workingDays: 1 },
  ...given,
});

export const source = (steps: StepSource[], given: Partial<PlaybookSource> = {}): PlaybookSource => ({
  type: 'sample',
  name: words('sample'),
  applies: words('in tests'),
  cites: ['P03.1'],
  ownerRole: 'purchasing',
  team: [{ key: 'lead', name: words('lead'), role: 'purchasing' }],
  affected: 'reported',
  severity: { otherwise: 1, rules: [] },
  steps,
  causes: [
    { key: 'ours', name: words('ours') },
    { key: 'other', name: words('other') },
  ],
  ...given,
});

export const playbook = (...steps: StepSource[]): Playbook => playbookSchema.parse(source(steps));
