import type { ActionItemView } from '../../contracts/http-action-items.js';
import type { FoundActionItem } from '../../db/queries/action-items.js';
import type { Instant } from '../../domain/time/shape.js';

/** An action item as it is answered at an instant. */
export function viewActionItem(found: FoundActionItem, now: Instant): ActionItemView {
  const { item, task } = found;
  const asked = found.playbook?.find(({ key }) => key === item.step);
  const about = asked?.kind === 'action' ? (asked.about ?? asked.title) : undefined;
  const named = (id: string, name: string | null) => ({
    id,
    name: name ?? (id === 'redmark' ? '红标 Redmark' : id),
  });
  return {
    id: item.id,
    incident: item.incident,
    step: item.step,
    what: about ?? { zh: item.what, en: item.what },
    owner: named(item.ownerId, found.ownerName),
    dueAt: item.dueAt,
    overdue: item.state !== 'closed' && item.dueAt < now,
    state: item.state,
    chase: item.chase,
    task,
    openedBy: named(item.openedBy, found.openerName),
    openedAt: item.openedAt,
    doneBy: item.doneBy === null ? null : named(item.doneBy, found.doerName),
    doneAt: item.doneAt,
    doneNote: item.doneNote,
    checkedBy: item.checkedBy === null ? null : named(item.checkedBy, found.checkerName),
    checkedAt: item.checkedAt,
    checkNote: item.checkNote,
    reopened: item.reopened,
    reopenedBecause: item.reopenedBecause,
  };
}
