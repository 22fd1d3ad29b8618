import { describe, expect, it } from 'vitest';
import type { IncidentGist } from '../../contracts/incident-messages.js';
import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { isOver, outcomeOf, resolveRuns, settle, startRun } from '../../domain/playbooks/interpret.js';
import { type Playbook, playbookSchema, type Severity } from '../../domain/playbooks/shape.js';
import { Refusal } from '../../workflows/draft.js';
import { beginIncident, initialState } from '../../workflows/incident/begin.js';
import type { Draft } from '../../workflows/incident/draft.js';
import type { IncidentCommand } from '../../workflows/incident/incident-command.js';
import { takeCommand } from '../../workflows/incident/take-command.js';

const at = '2026-11-24T01:30:00.000Z';
const actor = { principal: 'xiao.peng', credential: 'token' as const };
const PLAYBOOKS = BUILT_IN_PLAYBOOKS.map((source) => playbookSchema.parse(source));

function planOf(playbook: Playbook, severity: Severity): IncidentPlan {
  const number = 'IN-20261124-0001';
  return {
    number,
    playbook,
    playbookRevision: 1,
    severity,
    reportedAt: at,
    policyRevision: 1,
    drill: false,
    ownerId: 'xiao.peng',
    zone: 'Asia/Shanghai',
    incidentUrl: 'http://localhost/v1/incidents/IN-20261124-0001',
    rounds: { acknowledge: 1, confirm: 1 },
    deadlines: (['acknowledge', 'confirm'] as const).map((kind) => deadline(`${number}.${kind}`, kind)),
  };
}

const deadline = (id: string, kind: string) => ({ id, kind, dueAt: at, provisional: false, instants: [] });

/** An incident whose record takes every step, as PostgreSQL would. */
function begin(playbook: Playbook, severity: Severity) {
  const plan = planOf(playbook, severity);
  const taken: Draft[] = [];
  let state = initialState(plan);
  let commands = 0;
  const record = (draft: Draft): IncidentState => {
    taken.push(draft);
    const opened = draft.changes.flatMap((change) =>
      change.do === 'openDeadline' ? [deadline(change.id, change.kind)] : [],
    );
    return { ...draft.next, version: state.version + 1, deadlines: [...draft.next.deadlines, ...opened] };
  };
  state = record(beginIncident(plan, state, at));
  type Said = IncidentCommand extends infer C
    ? C extends unknown
      ? Omit<C, 'id' | 'at' | 'actor'>
      : never
    : never;
  return {
    plan,
    state: () => state,
    changes: () => taken.flatMap(({ changes }) => changes),
    say(command: Said): Refusal | undefined {
      commands += 1;
      const step = takeCommand(plan, state, { ...command, id: `c${commands}`, at, actor } as IncidentCommand);
      if (step instanceof Refusal) return step;
      state = record(step);
      return undefined;
    },
    done(task: string, gist: IncidentGist) {
      return this.say({ name: 'completeTask', task, gist });
    },
  };
}

type Incident = ReturnType<typeof begin>;

const confirmed = (incident: Incident, severity: Severity) =>
  incident.done(`${incident.plan.number}.confirm.${incident.plan.playbook.ownerRole}`, {
    kind: 'confirm',
    outcome: 'activate',
    severity,
  });

/** Finishes whatever is open, oldest first, until nothing is; of each decision the option that `choose` names. */
function finish(incident: Incident, choose: (options: string[]) => string): void {
  for (let steps = 0; Object.keys(incident.state().tasks).length > 0; steps += 1) {
    if (steps > 300) throw new Error('the incident does not end');
    const [id, task] = Object.entries(incident.state().tasks)[0] ?? [];
    if (!id || !task) return;
    expect(incident.done(id, gistOf(incident, id, task.kind, choose))).toBeUndefined();
  }
}

function gistOf(
  { plan }: Incident,
  id: string,
  kind: IncidentGist['kind'],
  choose: (options: string[]) => string,
): IncidentGist {
  if (kind === 'confirm') return { kind, outcome: 'activate' };
  if (kind === 'review') return { kind, cause: plan.playbook.causes[0]?.key ?? '' };
  if (kind === 'team') return { kind, team: {} };
  if (kind !== 'decision') return { kind } as IncidentGist;
  const key = id.split('.')[2];
  const step = plan.playbook.steps.find((one) => one.key === key);
  if (step?.kind !== 'decision') throw new Error(`${id} is no decision`);
  return { kind, option: choose(step.options.map((option) => option.key)) };
}

/** Runs a walk for every sequence of choices that it can be asked for, the first options first. */
function everyWay(walk: (choose: (options: string[]) => string) => void): void {
  let path: { taken: number; of: number }[] = [];
  do {
    let asked = 0;
    walk((options) => {
      path[asked] ??= { taken: 0, of: options.length };
      const { taken } = path[asked] as { taken: number };
      asked += 1;
      return options[taken] ?? '';
    });
    // The last choice that has another option takes it; those after it are asked anew.
    path = path.slice(0, path.findLastIndex(({ taken, of }) => taken + 1 < of) + 1);
    const last = path.at(-1);
    if (last) last.taken += 1;
  } while (path.length > 0);
}

describe.each(PLAYBOOKS)('$type', (playbook) => {
  it('goes to the archive at each level, whichever way its decisions fall, and leaves nothing open', () => {
    const reached = new Set<string>();
    for (const level of [1, 2, 3] as const) {
      everyWay((choose) => {
        const incident = begin(playbook, level);
        expect(confirmed(incident, level)).toBeUndefined();
        finish(incident, choose);
        const state = incident.state();
        expect([state.phase, state.tasks, state.deadlines]).toEqual(['archived', {}, []]);
        expect(resolveRuns(playbook, state.steps, level).filter((run) => !isOver(run.state))).toEqual([]);
        for (const run of state.steps) if (run.state === 'done') reached.add(run.key);
      });
    }
    expect(playbook.steps.map(({ key }) => key).filter((key) => !reached.has(key))).toEqual([]);
  });

  it('ends at once as a false alarm, with what was begun before withdrawn', () => {
    const incident = begin(playbook, 3);
    incident.done(`${incident.plan.number}.confirm.${incident.plan.playbook.ownerRole}`, {
      kind: 'confirm',
      outcome: 'falseAlarm',
    });
    const { phase, tasks, deadlines } = incident.state();
    expect([phase, tasks, deadlines]).toEqual(['falseAlarm', {}, []]);
  });

  it('adds the higher level’s steps when the level rises, and takes none back when it falls', () => {
    const incident = begin(playbook, 1);
    confirmed(incident, 1);
    const before = Object.keys(incident.state().tasks);
    expect(incident.say({ name: 'setSeverity', severity: 3 })).toBeUndefined();
    const risen = Object.keys(incident.state().tasks);
    expect(risen).toEqual(expect.arrayContaining(before));
    expect(incident.say({ name: 'setSeverity', severity: 1 })).toBeUndefined();
    expect(Object.keys(incident.state().tasks)).toEqual(risen);
  });
});

describe('an incident', () => {
  const playbook = PLAYBOOKS.find(({ type }) => type === 'supplier-delay') as Playbook;

  it('is acknowledged once; taken back, its deadline runs anew', () => {
    const incident = begin(playbook, 2);
    expect(incident.say({ name: 'acknowledge', undo: true })).toMatchObject({ code: 'wrong-phase' });
    expect(incident.say({ name: 'acknowledge', undo: false })).toBeUndefined();
    expect(incident.say({ name: 'acknowledge', undo: false })).toMatchObject({ code: 'wrong-phase' });
    expect(incident.state().deadlines.map(({ kind }) => kind)).not.toContain('acknowledge');
    expect(incident.say({ name: 'acknowledge', undo: true })).toBeUndefined();
    expect(incident.state().deadlines.map(({ id }) => id)).toContain('IN-20261124-0001.acknowledge.2');
  });

  it('refuses a decision taken twice, an unknown option, and a cause that is none of the playbook’s', () => {
    const incident = begin(playbook, 2);
    confirmed(incident, 2);
    for (let steps = 0; steps < 100; steps += 1) {
      const open = Object.entries(incident.state().tasks);
      const decision = open.find(([, task]) => task.kind === 'decision');
      if (decision) {
        const [id] = decision;
        expect(incident.done(id, { kind: 'decision', option: 'no-such' })).toMatchObject({
          code: 'invalid-input',
        });
        const gist = gistOf(incident, id, 'decision', (options) => options[0] ?? '');
        expect(incident.done(id, gist)).toBeUndefined();
        expect(incident.done(id, gist)).toMatchObject({ code: 'task-not-open' });
        break;
      }
      const [id, task] = open[0] ?? [];
      if (!id || !task) throw new Error('no decision came');
      incident.done(
        id,
        gistOf(incident, id, task.kind, () => ''),
      );
    }
    incident.say({ name: 'resolve' });
    expect(
      incident.done('IN-20261124-0001.review.purchasing', { kind: 'review', cause: 'bad-luck' }),
    ).toMatchObject({
      code: 'invalid-input',
    });
  });

  it('is resolved early by passing over, on the record, what is still open; the review is held all the same', () => {
    const incident = begin(playbook, 3);
    expect(incident.say({ name: 'resolve' })).toMatchObject({ code: 'wrong-phase' });
    confirmed(incident, 3);
    expect(incident.say({ name: 'resolve' })).toBeUndefined();
    expect(incident.state().phase).toBe('resolved');
    const skipped = incident
      .changes()
      .filter((change) => change.do === 'markStep' && change.state === 'skipped');
    expect(skipped.length).toBeGreaterThan(0);
    finish(incident, (options) => options[0] ?? '');
    expect(incident.state()).toMatchObject({ phase: 'archived', tasks: {}, deadlines: [] });
  });

  it('passes a step over with what it opened, and not twice', () => {
    const incident = begin(playbook, 2);
    confirmed(incident, 2);
    const [id] = Object.entries(incident.state().tasks).find(([, { kind }]) => kind === 'step') ?? [''];
    const step = id.split('.')[2] ?? '';
    expect(incident.say({ name: 'skipStep', step })).toBeUndefined();
    expect(Object.keys(incident.state().tasks)).not.toContain(id);
    expect(incident.say({ name: 'skipStep', step })).toMatchObject({ code: 'wrong-phase' });
    expect(incident.say({ name: 'skipStep', step: 'no-such' })).toMatchObject({ code: 'not-found' });
  });

  it('a notice that reached nobody is a step that failed: somebody’s to do by hand, to retry or to skip', () => {
    const tellKey = 'tell-customers';
    const incident = begin(playbook, 2);
    confirmed(incident, 2);
    const stateOf = () => incident.state().steps.find(({ key }) => key === tellKey)?.state;
    const fail = () =>
      incident.say({ name: 'undelivered', step: 'x', since: at, lost: [tellKey], others: false } as never);
    const task = `IN-20261124-0001.action.${tellKey}`;
    expect(stateOf()).toBe('done');
    expect(fail()).toBeUndefined();
    expect(stateOf()).toBe('failed');
    expect(incident.state().tasks[task]?.kind).toBe('action');
    expect(Object.values(incident.state().tasks).map(({ kind }) => kind)).not.toContain('reach');
    expect(incident.done(task, { kind: 'action' })).toBeUndefined();
    expect(stateOf()).toBe('done');
    fail();
    expect(incident.say({ name: 'retryStep', step: tellKey })).toBeUndefined();
    expect(stateOf()).toBe('done');
    expect(Object.keys(incident.state().tasks)).not.toContain(`${task}.2`);
    fail();
    expect(incident.say({ name: 'skipStep', step: tellKey })).toBeUndefined();
    expect(stateOf()).toBe('skipped');
    expect(incident.say({ name: 'undelivered', step: 'y', since: at } as never)).toBeUndefined();
    expect(Object.values(incident.state().tasks).map(({ kind }) => kind)).toContain('reach');
  });

  it('has as outcome of a decision all that its customers chose, in whatever order they answered', () => {
    const choose = PLAYBOOKS.find(({ type }) => type === 'no-courier') as Playbook;
    const step = choose.steps.find((one) => one.kind === 'decision' && one.by === 'customer');
    if (step?.kind !== 'decision') throw new Error('no-courier asks its customers');
    const keys = step.options.map(({ key }) => key);
    const open = settle(choose, startRun(choose), step.key, 'open');
    expect(outcomeOf([...keys].reverse())).toBe(outcomeOf(keys));
    const after = settle(choose, open, step.key, 'done', outcomeOf(keys));
    const led = step.options.flatMap(({ leadsTo }) => leadsTo);
    for (const key of led) expect(after.find((run) => run.key === key)?.state).not.toBe('leftOut');
    expect(() => settle(choose, open, step.key, 'done', `${keys[0]},no-such`)).toThrow(RangeError);
    expect(() => settle(choose, open, step.key, 'done', '')).toThrow(RangeError);
  });
});
