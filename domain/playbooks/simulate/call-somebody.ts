import type { Calendar } from '../../calendar/create-calendar.js';
import { planWarnings, warningPercents } from '../../deadlines/plan-warnings.js';
import { climb } from '../../ladder/climb.js';
import { planRungs } from '../../ladder/plan-rungs.js';
import type { Ladder, RungOutcome } from '../../ladder/shape.js';
import type { Role } from '../../roles/shape.js';
import type { DurationRule, Instant } from '../../time/shape.js';
import type { Reach } from './reach-people.js';
import type { BareEvent, Reached, Subject } from './simulation.js';

/** Somebody to be called: for what, with which role, until when. */
export interface Call extends Subject {
  role: Role;
  reached: Reached | null;
  from: Instant;
  rule: DurationRule;
  /** Instead of the sum of `from` and `rule`. */
  dueAt?: Instant;
  /** Where it is done before due: no warning comes after. */
  actAt?: Instant;
  /** Customers are asked as well, by link. */
  customers?: boolean;
  /** Something else is done at due, so nothing climbs. */
  falls?: boolean;
}

export interface Called {
  subject: Subject;
  dueAt: Instant;
  /** Every rung, as it comes out when nobody acts. */
  rungs: RungOutcome[];
  events: BareEvent[];
}

/** A call with its warnings, and its whole ladder; the rungs are events only where it `climbs`. */
export function callSomebody(
  { step, deadline, role, reached, from, rule, customers = false, falls = false, ...call }: Call,
  { calendar, ladder, reach, climbs }: { calendar: Calendar; ladder: Ladder; reach: Reach; climbs: boolean },
): Called {
  const subject = { ...(step !== undefined && { step }), ...(deadline !== undefined && { deadline }) };
  const sum = calendar.addRule(from, rule);
  const dueAt = call.dueAt ?? sum.dueAt;
  const unit = rule.elapsed !== undefined || sum.basis === 'floor' ? 'elapsed' : 'workingTime';
  const warnings = planWarnings({ from, dueAt, unit, calendar });
  const rungs = falls ? [] : climbLadder({ dueAt, role, ladder, calendar, reach });
  return {
    subject,
    dueAt,
    rungs,
    events: [
      { at: from, kind: 'called', ...subject, role, reached, dueAt, customers },
      ...warnings.flatMap((at, index): BareEvent[] => {
        const percent = warningPercents[index];
        // At due itself the breach says it.
        if (!reached || percent === undefined || at >= (call.actAt ?? dueAt)) return [];
        return [{ at, kind: 'warned', ...subject, percent, person: reached.person }];
      }),
      ...(climbs ? rungs : []).map(
        (rung): BareEvent => ({ at: rung.settledAt, kind: 'rung', ...subject, rung }),
      ),
    ],
  };
}

/** What every rung above somebody with a role comes to when nobody acts and the product is never away. */
function climbLadder({
  dueAt,
  role,
  ladder,
  calendar,
  reach,
}: {
  dueAt: Instant;
  role: Role;
  ladder: Ladder;
  calendar: Calendar;
  reach: Reach;
}): RungOutcome[] {
  const rungs = planRungs({ due: dueAt, ladder, calendar });
  const settled = new Map<number, RungOutcome>();
  for (const { at: now } of rungs) {
    const outcomes = climb({
      rungs,
      settled: new Set(settled.keys()),
      now,
      holderOf: (rung) => reach.rung(rung, role, now)?.person,
    });
    for (const outcome of outcomes) settled.set(outcome.index, outcome);
  }
  return [...settled.values()].sort((a, b) => a.index - b.index);
}
