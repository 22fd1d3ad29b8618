import type { TaskVisit } from '../../app/notices/open-link.js';
import { toUtc } from '../../app/notices/order-facts.js';
import type { Block } from '../../domain/wording/letter.js';
import { type Locale, say } from '../../domain/wording/locale.js';
import { momentWords } from '../../domain/wording/moments.js';
import { departmentWords } from '../../domain/wording/order-blocks.js';
import { PAGE_WORDS as W } from '../../domain/wording/pages.js';

/** As whom one of our people acts, by when, and whether that has passed. */
export function actingAs({ task, name, zone, now }: TaskVisit, locale: Locale): Block {
  const due = task.due_at && toUtc(task.due_at);
  const late = due !== null && due < now.toISOString() ? ` · ${say(W.overdue, locale)}` : '';
  return {
    facts: [
      [say(W.actingAs, locale), `${name} · ${departmentWords(task.department, locale)}`],
      [say(W.due, locale), due && momentWords(due, zone, locale) + late],
    ],
  };
}
