import type { IncidentTaskVisit } from '../../app/notices/open-link.js';
import { expediteTaskFactsSchema } from '../../contracts/expedite-form.js';
import type { IncidentTaskKind } from '../../contracts/incident-messages.js';
import type { ActionName } from '../../domain/playbooks/actions/shape.js';
import type { Playbook, Step } from '../../domain/playbooks/shape.js';
import { type IncidentTold, stepNamed } from '../../domain/wording/incident-told.js';
import { LEVEL_WORDS } from '../../domain/wording/level-mark.js';
import type { Words } from '../../domain/wording/locale.js';
import { FORM_WORDS as W } from '../../domain/wording/page-forms.js';
import type { Field, Group } from './form.js';

/** What the form of an incident's task is made from. */
interface Asked {
  playbook: Playbook;
  step: Step | null;
  /** What the task knows. */
  facts: Readonly<Record<string, unknown>>;
  team: IncidentTold['team'];
}

/** The form of every kind of task of an incident: the same fields as the API's, by the same names. */
const FORMS: Record<IncidentTaskKind, (asked: Asked) => Field[]> = {
  confirm: () => [
    {
      ...choice('outcome', W.outcome, [
        { value: 'activate', label: W.activate },
        { value: 'routine', label: W.routine },
        { value: 'falseAlarm', label: W.falseAlarm },
      ]),
      required: true,
    },
    {
      ...choice(
        'severity',
        W.level,
        ([1, 2, 3] as const).map((level) => ({ value: String(level), label: LEVEL_WORDS[level] })),
      ),
      hint: W.levelHint,
      number: true,
    },
    block('note', W.note, false),
  ],
  step: ({ step }) =>
    step?.kind === 'task' && step.form ? step.form.map(fieldOf) : [block('note', W.result, true)],
  decision: ({ step }) => [
    {
      ...choice('option', W.choice, step?.kind === 'decision' ? step.options.map(optionOf) : []),
      required: true,
    },
    block('note', W.note, false),
  ],
  wait: () => [block('note', W.result, true)],
  action: (asked) =>
    (asked.step?.kind === 'action' && ACTION_FIELDS[asked.step.action]?.(asked)) || [
      block('note', W.result, true),
    ],
  report: () => [block('note', W.report, true)],
  review: ({ playbook }) => [
    {
      ...choice(
        'cause',
        W.cause,
        playbook.causes.map(({ key, name }) => ({ value: key, label: name })),
      ),
      required: true,
    },
    block('words', W.causeWords, true),
    block('worked', W.worked, false),
  ],
  reach: () => [block('note', W.reachNote, true)],
  // The team is put together through the API or the desk; by link it stands as it was proposed.
  team: () => [block('note', W.note, false)],
  update: () => [block('words', W.result, true)],
};

/** Actions whose task asks more than how it went. */
const ACTION_FIELDS: Partial<Record<ActionName, (asked: Asked) => Field[]>> = {
  expedite: ({ facts }) => expediteFields(facts),
  /** Who was there and what was decided (P14.7). */
  convene: ({ team }) => [
    ...(team.length > 0 ? [attended(team)] : []),
    block('conclusion', W.conclusion, true),
    block('note', W.note, false),
  ],
};

/** The people of the team, each once, whatever they do in it. */
function attended(team: Asked['team']): Field {
  const names = new Map(team.map(({ person, name }) => [person, name]));
  const choices = [...names].map(([value, name]) => ({ value, label: { zh: name, en: name } }));
  return { type: 'several', name: 'attended', label: W.attended, choices };
}

/** The fields that finish a task of an incident. */
export function incidentGroups({ task, incident }: Pick<IncidentTaskVisit, 'task' | 'incident'>): Group[] {
  const { playbook } = incident;
  const fields = FORMS[task.kind as IncidentTaskKind]({
    playbook,
    step: stepNamed(incident, task.facts.step),
    facts: task.facts,
    team: incident.team,
  });
  return [{ fields }];
}

/** 催货: for the supplier by its link, and for purchasing, who may have called. */
function expediteFields(facts: Asked['facts']): Field[] {
  const known = expediteTaskFactsSchema.safeParse(facts);
  const purchases = known.success ? known.data.purchases : [];
  const orders = purchases.map(({ number }) => ({ value: number, label: { zh: number, en: number } }));
  return [
    choice('answer', W.expediteAnswer, [
      { value: 'earlier', label: W.expediteEarlier },
      { value: 'part', label: W.expeditePart },
      { value: 'later', label: W.expediteLater },
      { value: 'cannot', label: W.expediteCannot },
    ]),
    ...(orders.length > 1
      ? [{ ...choice('purchaseOrder', W.expediteOrder, orders), problem: W.expediteOrderProblem }]
      : []),
    {
      type: 'date',
      name: 'date',
      label: W.expediteDate,
      hint: W.expediteDateHint,
      problem: W.expediteDateProblem,
    },
    { type: 'number', name: 'quantity', label: W.expediteQuantity, problem: W.expediteQuantityProblem },
    { type: 'date', name: 'restDate', label: W.expediteRest, problem: W.expediteRestProblem },
    block('note', W.expediteNote, false),
  ];
}

type PlaybookField = NonNullable<Extract<Step, { kind: 'task' }>['form']>[number];

/** A field of a playbook's form as a page shows it. */
function fieldOf({ key, label, kind, required, options }: PlaybookField): Field {
  const base = { name: `fields.${key}`, label, required };
  switch (kind) {
    case 'text':
      return { ...base, type: 'block', max: 2000 };
    case 'line':
      return { ...base, type: 'line', max: 200 };
    case 'yesNo': {
      const choices = [
        { value: 'true', label: W.yes },
        { value: 'false', label: W.no },
      ];
      return { ...base, type: 'choice', boolean: true, choices };
    }
    case 'choice':
      return { ...base, type: 'choice', choices: (options ?? []).map(optionOf) };
    case 'number':
      return { ...base, type: 'number' };
    case 'date':
      return { ...base, type: 'date', problem: W.dateProblem };
    case 'instant':
      return { ...base, type: 'moment', problem: W.whenProblem };
    case 'money':
      return { ...base, type: 'money' };
  }
}

const optionOf = ({ key, label }: { key: string; label: Words }) => ({ value: key, label });
const choice = (name: string, label: Words, choices: { value: string; label: Words }[]) =>
  ({ type: 'choice', name, label, choices }) as const;
const block = (name: string, label: Words, required: boolean): Field => ({
  type: 'block',
  name,
  label,
  required,
  max: 2000,
});
