import type { ChaseTaskVisit } from '../../app/notices/open-link.js';
import type { ChaseTaskKind } from '../../contracts/chase-forms.js';
import { chaseBlocks } from '../../domain/wording/chase-blocks.js';
import { incidentBlocks } from '../../domain/wording/incident-blocks.js';
import type { Block } from '../../domain/wording/letter.js';
import { levelMark } from '../../domain/wording/level-mark.js';
import { type Locale, say, type Words } from '../../domain/wording/locale.js';
import { staffBlocks } from '../../domain/wording/order-blocks.js';
import { FORM_WORDS as F } from '../../domain/wording/page-forms.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';
import { redMark } from '../../domain/wording/red-mark.js';
import { TASK_WORDS, wordsOf } from '../../domain/wording/terms.js';
import { actingAs } from './acting-as.js';
import type { Field, Group } from './form.js';

const note = (label: Words): Field => ({ type: 'block', name: 'note', label, required: true, max: 2000 });

/** The form of every kind of task of a chase: the same fields as the API's, by the same names. */
const FORMS: Record<ChaseTaskKind, Field[]> = {
  actionItem: [note(F.improved)],
  effectCheck: [
    {
      type: 'choice',
      name: 'effective',
      label: F.effective,
      choices: [
        { value: 'true', label: F.effectiveYes },
        { value: 'false', label: F.effectiveNo },
      ],
      boolean: true,
      required: true,
    },
    note(F.checked),
  ],
  problem: [note(F.result)],
  reach: [note(F.reachNote)],
};

export const chaseGroups = ({ task }: Pick<ChaseTaskVisit, 'task'>): Group[] => [
  { fields: FORMS[task.kind as ChaseTaskKind] },
];

/** Title and mark of the page on which a task of a chase is finished. */
export function chaseTitle({ task, chase, order, incident }: ChaseTaskVisit, locale: Locale) {
  const words = say(wordsOf(TASK_WORDS, task.kind), locale);
  const mark = order ? redMark(order, locale) : incident && levelMark(incident, locale);
  return { title: `${words} · ${order?.number ?? incident?.number ?? chase.number}`, mark };
}

/** What must be known to finish it: what is chased, and what it hangs on. */
export function aboutChase(visit: ChaseTaskVisit, locale: Locale): Block[] {
  const { chase, order, incident, zone } = visit;
  return [
    actingAs(visit, locale),
    ...chaseBlocks({ zone }, chase, locale),
    ...(order ? [{ h: say(W.orderFacts, locale) }, ...staffBlocks({ zone }, order, locale)] : []),
    ...(incident ? [{ h: say(W.incidentFacts, locale) }, ...incidentBlocks({ zone }, incident, locale)] : []),
  ];
}
