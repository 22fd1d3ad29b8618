import type { Hold, LinkIncident, Release } from '../../contracts/messages.js';
import type { OpenHold } from '../../contracts/order-state.js';
import { finishTask, nextId, openDeadline, openTask, Refusal } from '../draft.js';
import { type Draft, hasEnded, tell } from './draft.js';

/**
 * 暂停: the order stands still for a reason (design §4). Its phase stays; what the reason stops stops, until the last
 * hold that stops it is released. One that an incident asks for is held once by each of its steps, and is the incident's
 * own to look after; any other is its owner's task.
 */
export function takeHold(draft: Draft, command: Hold): Refusal | undefined {
  const { next } = draft;
  const { reason, owner, dueAt, stops, shipping, incident, step } = command;
  const over = refuseWhenOver(draft);
  if (over) return over;
  const holds = next.holds ?? [];
  if (incident && holds.some((one) => one.incident === incident && one.step === step)) return undefined;
  const { id } = nextId(draft, 'hold');
  const hold: OpenHold = { id, reason, owner, stops, shipping, incident, step };
  draft.changes.push({ do: 'hold', id, reason, owner, dueAt, incident, step });
  if (!incident) {
    const { role, department } = command;
    hold.task = openTask(draft, {
      name: `releaseHold.${department}`,
      kind: 'releaseHold',
      role,
      department,
      assign: { person: owner },
      deadline: dueAt === undefined ? undefined : openDeadline(draft, 'holdDue', { dueAt }),
      facts: { hold: id, reason },
    });
  }
  next.holds = [...holds, hold];
  const facts = { hold: id, reason, owner, ...(dueAt && { dueAt }), ...(incident && { incident }) };
  const to = incident ? [] : [{ people: [owner] }];
  tell(draft, 'orderHeld', [...to, 'salesOwner', 'teamLead'], facts, ['note']);
  return undefined;
}

/** Released by a person, who names the hold, or by the incident that asked for it; what nothing holds any more goes on. */
export function takeRelease(draft: Draft, { hold, incident, step }: Release): Refusal | undefined {
  const isMeant = (one: OpenHold) =>
    hold !== undefined
      ? one.id === hold
      : one.incident === incident && (step === undefined || one.step === step);
  const meant = (draft.next.holds ?? []).filter(isMeant);
  if (meant.length === 0 && hold !== undefined) {
    return new Refusal('hold-not-open', `hold ${hold} is not open`);
  }
  for (const one of meant) release(draft, one, incident === undefined ? 'released' : 'incident');
  return undefined;
}

/** The owner's task is done: that is the release. */
export function takeReleaseTask(draft: Draft, task: string): Refusal | undefined {
  const hold = draft.next.holds?.find((one) => one.task === task);
  if (!hold) return new Refusal('hold-not-open', `the hold of task ${task} is not open`);
  release(draft, hold, 'released');
  return undefined;
}

function release(
  draft: Draft,
  { id, task, reason, owner, incident }: OpenHold,
  because: 'released' | 'incident',
) {
  const { next } = draft;
  next.holds = next.holds?.filter((one) => one.id !== id);
  if (task && next.tasks[task]) finishTask(draft, task);
  draft.changes.push({ do: 'releaseHold', id, because });
  const facts = { hold: id, reason, owner, ...(incident && { incident }) };
  const to = incident ? [] : [{ people: [owner] }];
  tell(draft, 'holdReleased', [...to, 'salesOwner', 'teamLead'], facts, ['note']);
}

/** The order names the incident, and its sales owner is told once. */
export function takeIncident(draft: Draft, { incident }: LinkIncident): Refusal | undefined {
  const { next } = draft;
  const over = refuseWhenOver(draft);
  if (over) return over;
  const known = next.incidents ?? [];
  if (known.includes(incident)) return undefined;
  next.incidents = [...known, incident];
  tell(draft, 'incidentLinked', ['salesOwner'], { incident }, ['type']);
  return undefined;
}

/** Said to a process that is winding up. */
function refuseWhenOver({ plan, next }: Draft): Refusal | undefined {
  if (!hasEnded(next)) return undefined;
  if (next.class === 'normal') {
    return new Refusal('not-started', `order ${plan.number} is a normal one: no process runs`);
  }
  return new Refusal('order-ended', `order ${plan.number} is ${next.phase}`);
}

/** Why the goods may not leave now; nothing where they may (P10.4, P08.2). */
export function heldBack({ next, plan }: Draft): Refusal | undefined {
  const holds = (next.holds ?? []).filter(({ shipping }) => shipping);
  if (holds.length === 0) return undefined;
  const names = holds.map(({ id, reason }) => `${id} (${reason})`).join(', ');
  return new Refusal('order-held', `order ${plan.number} is held and may not be shipped: ${names}`);
}

/**
 * Brings the deadlines in line with the holds, at the end of every step: what is held stands still, one that this very
 * step opens as well, and what is held no more runs again. One that was breached before is late whatever comes; its
 * ladder goes on.
 */
export function stopWhatIsHeld(draft: Draft): void {
  const { next, at } = draft;
  if (!next.holds && !next.stopped) return;
  const isHeld = (kind: string) => (next.holds ?? []).some(({ stops }) => stops.includes(kind));
  const stopped = next.stopped ?? [];
  for (const { id, kind, since } of stopped) {
    if (!isHeld(kind)) draft.changes.push({ do: 'resumeDeadline', id, since });
  }
  next.stopped = stopped.filter(({ kind }) => isHeld(kind));
  for (const { id, kind, instants } of next.deadlines) {
    if (!isHeld(kind) || !instants.some((instant) => instant.kind === 'breach')) continue;
    draft.changes.push({ do: 'stopDeadline', id });
    next.stopped.push({ id, kind, since: at });
  }
  const ids = new Set(next.stopped.map(({ id }) => id));
  next.deadlines = next.deadlines.filter(({ id }) => !ids.has(id));
  draft.changes = draft.changes.flatMap((change) => {
    if (change.do !== 'openDeadline' || !isHeld(change.kind)) return [change];
    const { id, kind } = change;
    next.stopped?.push({ id, kind, since: at });
    // Right behind it: the tasks that hang on it must find it stopped.
    return [change, { do: 'stopDeadline', id }];
  });
}
