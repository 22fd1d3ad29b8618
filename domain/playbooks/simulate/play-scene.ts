import type { Calendar } from '../../calendar/create-calendar.js';
import type { Ladder } from '../../ladder/shape.js';
import type { DurationRule, Instant } from '../../time/shape.js';
import { openable, phaseOf, type StepRun, settle, startRun } from '../interpret.js';
import type { Phase, Playbook, Severity, Step } from '../shape.js';
import { AUDIENCES, actsByItself, beginsByItself } from './acts-by-itself.js';
import { type Call, type Called, callSomebody } from './call-somebody.js';
import type { Reach } from './reach-people.js';
import type { BareEvent, Reached, Subject, TimeKind } from './simulation.js';

export interface Setting {
  playbook: Playbook;
  severity: Severity;
  reach: Reach;
  owner: Reached | null;
  calendar: Calendar;
  ladder: Ladder;
  times: Partial<Record<TimeKind, DurationRule>>;
  startAt: Instant;
}

/** A scene as it was played: its events by time, the run at its end, and what every call would climb. */
export interface Played {
  events: BareEvent[];
  runs: StepRun[];
  calls: Called[];
}

/**
 * Plays an incident on the interpreter. `acts`: everybody does what they are called for at the very instant it is due
 * and takes the first option; otherwise nobody does anything, and every call climbs its ladder to the top. What the
 * product does by itself is done at once in both; a decision nobody makes falls to its `otherwise` at due.
 */
export function playScene(setting: Setting, acts: boolean): Played {
  const { playbook, severity, reach, owner, calendar, times, startAt } = setting;
  const events: BareEvent[] = [];
  const calls: Called[] = [];
  const pending: Pending[] = [];
  let runs = startRun(playbook);
  let phase: 'reported' | 'active' = 'reported';
  let shown: Phase | 'over' | undefined;
  let now = startAt;

  const dueBy = (rule: DurationRule) => calendar.addRule(now, rule).dueAt;
  const later = (at: Instant, happens: () => void) => pending.push({ at, happens });

  function finish(subject: Subject, option?: string, byDefault?: true) {
    const chosen = { ...(option !== undefined && { option }), ...(byDefault && { byDefault }) };
    events.push({ at: now, kind: 'done', ...subject, ...chosen });
    if (subject.step !== undefined) runs = settle(playbook, runs, subject.step, 'done', option);
  }

  /** Calls somebody; they act at `actAt`, at due unless it says otherwise, or never. */
  function call(wanted: Omit<Call, 'from'>, act: () => void, actAt?: Instant) {
    const called = callSomebody({ ...wanted, from: now, actAt }, { ...setting, climbs: !acts });
    events.push(...called.events);
    calls.push(called);
    if (acts) later(actAt ?? called.dueAt, act);
  }

  function begin(step: Step) {
    const { key, role } = step;
    runs = settle(playbook, runs, key, 'open');
    const wanted = { step: key, role, reached: reach.assign(role, now) };
    if (step.kind === 'task') call({ ...wanted, rule: step.due }, () => finish({ step: key }));
    if (step.kind === 'action') beginAction(step);
    if (step.kind === 'decision') beginDecision(step);
    if (step.kind === 'wait') {
      const dueAt = dueBy(step.atMost);
      events.push({ at: now, kind: 'waits', step: key, until: step.until, dueAt });
      // A wait has an end: then the role is asked to look, and who does not is late at once.
      const look = { step: key, role, rule: step.atMost, dueAt };
      later(dueAt, () => call({ ...look, reached: reach.assign(role, now) }, () => finish({ step: key })));
    }
  }

  function beginAction(step: Extract<Step, { kind: 'action' }>) {
    const { key, role, action, nature, measures, about, urgent } = step;
    const audience = AUDIENCES[action];
    if (audience) {
      const people = audience === 'team' ? membersOf(reach) : [];
      const words = { ...(nature && { nature }), ...(measures && { measures }), ...(about && { about }) };
      events.push({ at: now, kind: 'told', step: key, action, audience, people, urgent, ...words });
    }
    if (actsByItself(action)) {
      if (!audience) events.push({ at: now, kind: 'acted', step: key, action });
      runs = settle(playbook, runs, key, 'done');
      return;
    }
    if (beginsByItself(action)) events.push({ at: now, kind: 'acted', step: key, action });
    const reached = reach.assign(role, now);
    call({ step: key, role, reached, rule: step.due }, () => finish({ step: key }));
  }

  function beginDecision({
    key,
    by,
    role: beside,
    due,
    options,
    otherwise,
  }: Extract<Step, { kind: 'decision' }>) {
    const customers = by === 'customer';
    const role = customers ? beside : by;
    const falls = otherwise !== undefined;
    call({ step: key, role, reached: reach.assign(role, now), rule: due, customers, falls }, () =>
      finish({ step: key }, options[0]?.key),
    );
    if (falls && !acts) later(dueBy(due), () => finish({ step: key }, otherwise, true));
  }

  /** Acknowledgement and confirmation, both counted from the report. */
  function callOwner() {
    const wanted = { role: playbook.ownerRole, reached: owner };
    const { acknowledge, confirm } = times;
    if (acknowledge) {
      // Who confirms has taken it on.
      const takenOnAt = [acknowledge, confirm ?? acknowledge].map(dueBy).sort()[0];
      call(
        { ...wanted, deadline: 'acknowledge', rule: acknowledge },
        () => finish({ deadline: 'acknowledge' }),
        takenOnAt,
      );
    }
    const activate = () => {
      if (confirm) finish({ deadline: 'confirm' });
      phase = 'active';
      events.push({ at: now, kind: 'activated', severity });
    };
    if (confirm) call({ ...wanted, deadline: 'confirm', rule: confirm }, activate);
    else if (acts) later(now, activate);
  }

  /** Resolved, things being normal again: what remains is to improve, to report and to review. */
  function callAfterwards() {
    for (const deadline of ['report', 'review'] as const) {
      const rule = times[deadline];
      const wanted = { deadline, role: playbook.ownerRole, reached: owner };
      if (rule) call({ ...wanted, rule }, () => finish({ deadline }));
    }
  }

  function advance() {
    const next = () => openable(playbook, runs, { phase, severity });
    showPhase();
    for (let steps = next(); steps.length > 0; steps = next()) {
      for (const step of steps) begin(step);
      // What the product does by itself may end a phase at the instant it begins.
      showPhase();
    }
  }

  function showPhase() {
    if (phase === 'reported') return;
    const current = phaseOf(playbook, runs, severity);
    if (current !== shown) events.push({ at: now, kind: 'phase', phase: current });
    if (isResolved(current) && !isResolved(shown)) callAfterwards();
    shown = current;
  }

  callOwner();
  advance();
  for (let next = takeFirst(pending); next; next = takeFirst(pending)) {
    now = next.at;
    next.happens();
    advance();
  }
  return { events: sortByTime(events), runs, calls };
}

/** What comes at an instant; what follows from it is looked for after. */
interface Pending {
  at: Instant;
  happens: () => void;
}

const isResolved = (phase: Phase | 'over' | undefined) => phase === 'close' || phase === 'over';

/** The people of the team, each once. */
const membersOf = ({ team }: Reach) => [...new Set(team.flatMap(({ reached }) => reached?.person ?? []))];

/** By time; what comes at one instant stays in its order, for sorting is stable. */
const sortByTime = <T extends { at: Instant }>(among: readonly T[]) =>
  [...among].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));

function takeFirst(pending: Pending[]): Pending | undefined {
  const [first] = sortByTime(pending);
  if (first) pending.splice(pending.indexOf(first), 1);
  return first;
}
