import type { Calendar } from '../../calendar/create-calendar.js';
import type { DurationRule, Instant } from '../../time/shape.js';
import type { BareEvent, KeptTime, TimeKind } from './simulation.js';

/**
 * Whether the times of an incident are kept when everybody acts at due, i.e. whether the steps’ own times fit into
 * them. Those affected are told by the first notice that leaves the house; mitigated is what is contained, when
 * recovery begins.
 */
export function keptTimes(
  events: readonly BareEvent[],
  {
    times,
    calendar,
    startAt,
  }: { times: Partial<Record<TimeKind, DurationRule>>; calendar: Calendar; startAt: Instant },
): KeptTime[] {
  const first = (holds: (event: BareEvent) => boolean) => events.find(holds)?.at;
  const outside = ['customers', 'suppliers', 'partners'];
  const done: Partial<Record<TimeKind, Instant>> = {
    acknowledge: first((event) => event.kind === 'done' && event.deadline === 'acknowledge'),
    confirm: first((event) => event.kind === 'done' && event.deadline === 'confirm'),
    firstNotice: first((event) => event.kind === 'told' && outside.includes(event.audience)),
    mitigate: first(
      (event) => event.kind === 'phase' && !['confirm', 'contain', 'notify'].includes(event.phase),
    ),
  };
  return (['acknowledge', 'confirm', 'firstNotice', 'mitigate'] as const).flatMap((time) => {
    const rule = times[time];
    if (!rule) return [];
    const { dueAt } = calendar.addRule(startAt, rule);
    const doneAt = done[time];
    return [{ time, dueAt, ...(doneAt && { doneAt }), kept: doneAt !== undefined && doneAt <= dueAt }];
  });
}
