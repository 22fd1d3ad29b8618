import { toEpochMs, toInstant } from '../time/instant.js';
import { addDays, epochMsAt, localDateOf } from '../time/local-date.js';
import { type DurationRule, durationMs, type Instant, type LocalDate } from '../time/shape.js';
import { createDayKinds, type Day } from './day-kinds.js';
import type { DayOverride, WorkingTime } from './shape.js';

const hourMs = 3_600_000;

// Ten years: further than any sum here goes. A search that passes it would go on for ever.
const farthestDays = 3660;

/** The due instant of a duration rule: set by the rule itself, or by its floor `atLeast` where that comes later. */
export interface RuleSum {
  dueAt: Instant;
  basis: 'rule' | 'floor';
  provisional: boolean;
}

/** The company's working time as a ruler. All instants UTC, all dates and times of day in `zone`. */
export interface Calendar {
  zone: string;
  localDate(at: Instant): LocalDate;
  day(date: LocalDate): Day;
  isWorkingDay(date: LocalDate): boolean;
  /** The first instant of working time of a day, as if it were a working day. */
  opening(date: LocalDate): Instant;
  /** The last instant of working time of a day, as if it were a working day. */
  closing(date: LocalDate): Instant;
  /** The day itself when it is a working day, else the last working day before it. */
  workingDayUpTo(date: LocalDate): LocalDate;
  /**
   * When a thing counts as received: the instant itself within working time or a break; before opening, that
   * day's opening; strictly after closing or on a day off, the next working day's opening.
   */
  effectiveReceipt(at: Instant): Instant;
  /** Closing of the n-th working day after the day of effective receipt; n = 0: of that day. */
  addWorkingDays(at: Instant, days: number): Instant;
  /** So many hours of working time later; a sum that ends exactly where a break begins ends there. */
  addWorkingHours(at: Instant, hours: number): Instant;
  /** As {@link addWorkingHours}, in milliseconds. */
  addWorkingTime(at: Instant, ms: number): Instant;
  addRule(at: Instant, rule: DurationRule): RuleSum;
  /** The milliseconds of working time from one instant to another; 0 when the second is not later. */
  workingTimeBetween(from: Instant, to: Instant): number;
  /** Whether a day from the one instant's to the other's lies outside the published years. */
  isProvisional(from: Instant, to: Instant): boolean;
}

/**
 * Builds the calendar of a company from its working time and its own days. Days are looked up once and kept, so
 * one calendar serves many sums; make a new one when the overrides change. Throws RangeError when the overrides
 * leave no working day within ten years of a sum.
 */
export function createCalendar({
  workingTime,
  overrides = [],
}: {
  workingTime: WorkingTime;
  overrides?: readonly DayOverride[];
}): Calendar {
  const { zone } = workingTime;
  const day = createDayKinds(overrides);
  const isWorkingDay = (date: LocalDate) => day(date).working;
  const localDate = (at: Instant) => localDateOf(at, zone);
  const shiftsKept = new Map<LocalDate, { from: number; to: number }[]>();

  function shiftsOf(date: LocalDate) {
    let shifts = shiftsKept.get(date);
    if (!shifts) {
      shifts = workingTime.shifts.map(({ from, to }) => ({
        from: epochMsAt(date, from, zone),
        to: epochMsAt(date, to, zone),
      }));
      shiftsKept.set(date, shifts);
    }
    return shifts;
  }

  // A working time has at least one shift; its schema says so.
  const openingMs = (date: LocalDate) => shiftsOf(date)[0]?.from ?? Number.NaN;
  const closingMs = (date: LocalDate) => shiftsOf(date).at(-1)?.to ?? Number.NaN;

  function findWorkingDay(start: LocalDate, direction: 1 | -1): LocalDate {
    let date = start;
    for (let looked = 0; !isWorkingDay(date); looked++) {
      if (looked > farthestDays) throw new RangeError(`no working day within ten years of ${start}`);
      date = addDays(date, direction);
    }
    return date;
  }
  const nextWorkingDay = (date: LocalDate) => findWorkingDay(addDays(date, 1), 1);

  /** The day of effective receipt, and the instant. */
  function receive(at: Instant): { date: LocalDate; ms: number } {
    const ms = toEpochMs(at);
    const today = localDate(at);
    if (isWorkingDay(today) && ms <= closingMs(today)) {
      return { date: today, ms: Math.max(ms, openingMs(today)) };
    }
    const date = nextWorkingDay(today);
    return { date, ms: openingMs(date) };
  }

  function addWorkingDays(at: Instant, days: number): Instant {
    let { date } = receive(at);
    for (let counted = 0; counted < days; counted++) date = nextWorkingDay(date);
    return toInstant(closingMs(date));
  }

  function addWorkingTime(at: Instant, ms: number): Instant {
    let { date, ms: start } = receive(at);
    let left = Math.round(ms);
    for (;;) {
      for (const shift of shiftsOf(date)) {
        const from = Math.max(start, shift.from);
        if (left <= shift.to - from) return toInstant(from + left);
        left -= Math.max(0, shift.to - from);
      }
      date = nextWorkingDay(date);
      start = openingMs(date);
    }
  }

  const addWorkingHours = (at: Instant, hours: number) => addWorkingTime(at, hours * hourMs);

  function isProvisional(from: Instant, to: Instant): boolean {
    const last = localDate(to);
    for (let date = localDate(from); date <= last; date = addDays(date, 1)) {
      if (day(date).provisional) return true;
    }
    return false;
  }

  function addRule(at: Instant, rule: DurationRule): RuleSum {
    if (rule.elapsed !== undefined) {
      // Counts day and night, so no calendar has a word in it.
      return {
        dueAt: toInstant(toEpochMs(at) + durationMs(rule.elapsed)),
        basis: 'rule',
        provisional: false,
      };
    }
    const ruled =
      rule.workingDays !== undefined
        ? addWorkingDays(at, rule.workingDays)
        : addWorkingHours(at, rule.workingHours ?? 0);
    const provisional = isProvisional(at, ruled);
    const floor =
      rule.atLeast === undefined ? undefined : toInstant(toEpochMs(at) + durationMs(rule.atLeast));
    return floor !== undefined && floor > ruled
      ? { dueAt: floor, basis: 'floor', provisional }
      : { dueAt: ruled, basis: 'rule', provisional };
  }

  function workingTimeBetween(from: Instant, to: Instant): number {
    const start = toEpochMs(from);
    const end = toEpochMs(to);
    const last = localDate(to);
    let sum = 0;
    for (let date = localDate(from); date <= last; date = addDays(date, 1)) {
      if (!isWorkingDay(date)) continue;
      for (const shift of shiftsOf(date)) {
        sum += Math.max(0, Math.min(end, shift.to) - Math.max(start, shift.from));
      }
    }
    return sum;
  }

  return {
    zone,
    localDate,
    day,
    isWorkingDay,
    opening: (date) => toInstant(openingMs(date)),
    closing: (date) => toInstant(closingMs(date)),
    workingDayUpTo: (date) => findWorkingDay(date, -1),
    effectiveReceipt: (at) => toInstant(receive(at).ms),
    addWorkingDays,
    addWorkingHours,
    addWorkingTime,
    addRule,
    workingTimeBetween,
    isProvisional,
  };
}
