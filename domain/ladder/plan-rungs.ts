import type { Calendar } from '../calendar/create-calendar.js';
import { toEpochMs, toInstant } from '../time/instant.js';
import { type DurationRule, durationMs, type Instant } from '../time/shape.js';
import { defaultRungs } from './defaults.js';
import type { Ladder, PlannedRung } from './shape.js';

/**
 * The rungs of a breached deadline as absolute instants, lowest first: rung k at due + (k − 1) · step, in the step's
 * own unit; then the last one again, `repeat` times, a step apart.
 */
export function planRungs({
  due,
  ladder,
  calendar,
}: {
  due: Instant;
  ladder: Ladder;
  calendar: Calendar;
}): PlannedRung[] {
  const roles = ladder.rungs ?? defaultRungs;
  const top = roles.length;
  const planned: PlannedRung[] = roles.map((role, before) => ({
    index: before + 1,
    role,
    at: addSteps(due, ladder.step, before, calendar),
  }));
  const last = planned.at(-1);
  if (!last) return planned;
  for (let repeat = 1; repeat <= ladder.repeat; repeat++) {
    const at = addSteps(due, ladder.step, top - 1 + repeat, calendar);
    planned.push({ index: top + repeat, role: last.role, at, repeatOf: top });
  }
  return planned;
}

// All steps at once, not one after the other: the first rung fires at due itself, be that outside working time.
function addSteps(due: Instant, step: DurationRule, count: number, calendar: Calendar): Instant {
  if (count === 0) return due;
  if (step.elapsed !== undefined) return toInstant(toEpochMs(due) + count * durationMs(step.elapsed));
  return step.workingDays !== undefined
    ? calendar.addWorkingDays(due, count * step.workingDays)
    : calendar.addWorkingHours(due, count * (step.workingHours ?? 0));
}
