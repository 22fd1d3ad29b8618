import type { Calendar } from '../calendar/create-calendar.js';
import type { Ladder } from '../ladder/shape.js';
import type { DurationRule, Instant } from '../time/shape.js';
import { leadersOf } from './interpret/leaders-of.js';
import { resolveRuns } from './interpret.js';
import type { Playbook, Severity } from './shape.js';
import { keptTimes } from './simulate/kept-times.js';
import { type Played, playScene, type Setting } from './simulate/play-scene.js';
import { type OnCallTables, type Reach, reachPeople, type SimulatedPerson } from './simulate/reach-people.js';
import type { BareEvent, Scene, SimulatedEvent, Simulation, TimeKind } from './simulate/simulation.js';
import { wordEvents } from './simulate/word-event.js';

export type { OnCallTables, SimulatedPerson } from './simulate/reach-people.js';
export type * from './simulate/simulation.js';

export interface SimulationRequest {
  playbook: Playbook;
  severity: Severity;
  people: readonly SimulatedPerson[];
  onCall?: OnCallTables;
  calendar: Calendar;
  /** The policy’s times of this level; those of the playbook itself come before them. */
  policyTimes: Partial<Record<TimeKind, DurationRule>>;
  /** The ladder of this level; its rungs are given, for an order’s default is not an incident’s. */
  ladder: Ladder;
  /** When the incident is reported. */
  startAt: Instant;
}

/**
 * What a playbook would do, before it is published and without a side effect (P02.6): who would be called when, on which
 * rung, what would be told to whom, which step has nobody. Acknowledgement, confirmation, first notice and mitigation
 * count from the report, report and review from when things are normal again. People’s loads stay as they are given.
 * The playbook must be valid but for roles that nobody holds; one that is not may stop short.
 */
export function simulatePlaybook(request: SimulationRequest): Simulation {
  const { playbook, severity, people, onCall, calendar, ladder, startAt } = request;
  const times = { ...request.policyTimes, ...playbook.times };
  const { zone } = calendar;
  const reach = reachPeople({ playbook, people, onCall, zone, at: startAt });
  const owner = reach.assign(playbook.ownerRole, startAt);
  const setting: Setting = { playbook, severity, reach, owner, calendar, ladder, times, startAt };
  const acted = playScene(setting, true);
  const word = wordEvents(playbook, people, zone);
  const scene = ({ events }: Played): Scene => ({
    events: events.map((event): SimulatedEvent => ({ ...event, line: word(event) })),
    endsAt: events.at(-1)?.at ?? startAt,
  });

  return {
    owner,
    team: reach.team.map((member, index) => ({
      ...member,
      name: playbook.team[index]?.name ?? playbook.name,
    })),
    nobody: nobodyFor(playbook, reach, acted.events, startAt),
    decisions: decisionsOf(playbook, acted.events),
    leftOut: leftOutOf(playbook, acted, severity),
    times: keptTimes(acted.events, { times, calendar, startAt }),
    everybodyActsAtDue: scene(acted),
    nobodyActs: scene(playScene(setting, false)),
    ladders: acted.calls.map(({ subject, dueAt, rungs }) => ({ ...subject, dueAt, rungs })),
  };
}

/** Whom nobody stands for: a step when it begins, or at the report where this run does not come to it. */
function nobodyFor(
  playbook: Playbook,
  reach: Reach,
  events: readonly BareEvent[],
  startAt: Instant,
): Simulation['nobody'] {
  const called = events.filter((event) => event.kind === 'called');
  return [
    ...called.flatMap(({ deadline, role, reached }) => (deadline && !reached ? { deadline, role } : [])),
    ...reach.team.flatMap(({ key, role, reached }) => (reached ? [] : { team: key, role })),
    ...playbook.steps.flatMap((step) => {
      const role = step.kind === 'decision' && step.by !== 'customer' ? step.by : step.role;
      const call = called.find((event) => event.step === step.key);
      return (call ? call.reached : reach.assign(role, startAt)) ? [] : { step: step.key, role };
    }),
  ];
}

function decisionsOf({ steps }: Playbook, events: readonly BareEvent[]): Simulation['decisions'] {
  return events.flatMap((event) => {
    if (event.kind !== 'done' || event.option === undefined) return [];
    const step = steps.find(({ key }) => key === event.step);
    if (step?.kind !== 'decision') return [];
    const others = step.options
      .filter(({ key }) => key !== event.option)
      .map(({ key, leadsTo }) => ({ option: key, leadsTo }));
    return [{ step: step.key, at: event.at, taken: event.option, others }];
  });
}

function leftOutOf(playbook: Playbook, { runs }: Played, severity: Severity): Simulation['leftOut'] {
  const led = leadersOf(playbook);
  return resolveRuns(playbook, runs, severity).flatMap(({ key, state }) => {
    if (state !== 'leftOut') return [];
    const step = playbook.steps.find((one) => one.key === key);
    const byLevel = !led.has(key) || (step?.minSeverity ?? 1) > severity;
    return [{ step: key, because: byLevel ? ('severity' as const) : ('decision' as const) }];
  });
}
