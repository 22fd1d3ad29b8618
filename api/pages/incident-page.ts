import type { IncidentTaskVisit } from '../../app/notices/open-link.js';
import { toUtc } from '../../app/notices/order-facts.js';
import { askBlocks, incidentBlocks, similarBlocks } from '../../domain/wording/incident-blocks.js';
import { stepNamed } from '../../domain/wording/incident-told.js';
import type { Block } from '../../domain/wording/letter.js';
import { levelMark } from '../../domain/wording/level-mark.js';
import { chooseFor, type Locale, say } from '../../domain/wording/locale.js';
import { momentWords } from '../../domain/wording/moments.js';
import { expediteBlocks } from '../../domain/wording/notices/expedite.js';
import { saidBlocks } from '../../domain/wording/notices/incident-task.js';
import { incidentContactWords, ownOrderBlocks } from '../../domain/wording/notices/own-orders.js';
import { ownerWords } from '../../domain/wording/notices/playbook-notice.js';
import { taskWords } from '../../domain/wording/order-blocks.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';
import { actingAs } from './acting-as.js';

const stepOf = ({ task, incident }: IncidentTaskVisit) => stepNamed(incident, task.facts.step);

/** Title and mark of the page on which a task of an incident is finished; a customer reads nothing of the incident. */
export function incidentTitle(visit: IncidentTaskVisit, locale: Locale) {
  const { task, incident, principal } = visit;
  if (principal.kind === 'customer') {
    return { title: chooseFor(locale)('请您选择', 'Your choice, please'), mark: null };
  }
  if (principal.kind === 'supplier') {
    return { title: chooseFor(locale)('请您答复催货请求', 'Your answer, please'), mark: null };
  }
  const words = taskWords({ kind: task.kind, step: stepOf(visit) }, locale);
  return { title: `${words} · ${incident.number}`, mark: levelMark(incident, locale) };
}

/** What must be known to finish it. */
export function aboutIncident(visit: IncidentTaskVisit, locale: Locale): Block[] {
  const { task, incident, principal, zone } = visit;
  const t = chooseFor(locale);
  const dueWords = task.due_at && momentWords(toUtc(task.due_at), zone, locale);
  if (principal.kind === 'customer') {
    return [
      ...askBlocks(stepOf(visit), locale),
      { facts: [[t('请于此前答复', 'Please answer by'), dueWords]] },
      ...ownOrderBlocks(incident.own.orders, t),
      { p: incidentContactWords(incident, t) },
    ];
  }
  if (principal.kind === 'supplier') {
    return [
      ...expediteBlocks(task.facts, t),
      { facts: [[t('请于此前答复', 'Please answer by'), dueWords]] },
      { p: ownerWords(incident, t) },
    ];
  }
  return [
    actingAs(visit, locale),
    ...askOnPage(visit, locale),
    ...saidBlocks(task.facts, locale),
    { h: say(W.incidentFacts, locale) },
    ...incidentBlocks({ zone }, incident, locale),
    ...(['confirm', 'review'].includes(task.kind) ? similarBlocks(incident, zone, locale) : []),
  ];
}

// The fields themselves follow below: what they are need not be listed.
function askOnPage(visit: IncidentTaskVisit, locale: Locale): Block[] {
  const step = stepOf(visit);
  return step?.kind === 'task' ? [{ p: say(step.instructions, locale) }] : askBlocks(step, locale);
}
