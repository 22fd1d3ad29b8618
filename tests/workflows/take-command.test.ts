import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OrderPlan, OrderState } from '../../contracts/order-state.js';
import { defaultHoldsPolicy } from '../../domain/holds/shape.js';
import { MEASURES, MILESTONES, POINTS } from '../../domain/order/shape.js';
import { Refusal } from '../../workflows/draft.js';
import { beginOrder, initialState } from '../../workflows/order/begin.js';
import type { Draft } from '../../workflows/order/draft.js';
import type { OrderCommand } from '../../workflows/order/order-command.js';
import { takeCommand } from '../../workflows/order/take-command.js';
import { planOf } from './plan.js';

const at = '2026-11-24T01:30:00.000Z';
const number = 'SO-20261124-0001';
const ENDED = ['closed', 'rejected', 'declined', 'cancelled'];
const actor = { principal: 'somebody', credential: 'token' } as const;

/** The record as the changes alone tell it, kept beside the state; it fails where they contradict each other. */
class Model {
  readonly tasks = new Map<string, 'open' | 'done' | 'withdrawn'>();
  readonly deadlines = new Map<string, 'open' | 'stopped' | 'met' | 'withdrawn'>();
  readonly holds = new Map<string, 'open' | 'released'>();
  readonly proposals = new Map<string, 'open' | 'approve' | 'reject'>();
  confirmations = 0;
  shipped = false;
  phase = 'evaluating';
  orderClass: string;

  constructor(plan: OrderPlan) {
    this.orderClass = plan.class;
    for (const { id } of plan.deadlines) this.deadlines.set(id, 'open');
  }

  apply({ changes }: Draft): void {
    for (const change of changes) {
      switch (change.do) {
        case 'openTask':
          expect(this.tasks.has(change.id), `${change.id} is opened once`).toBe(false);
          if (change.deadline) expect(['open', 'stopped']).toContain(this.deadlines.get(change.deadline));
          this.tasks.set(change.id, 'open');
          break;
        case 'finishTask':
        case 'withdrawTask':
          expect(this.tasks.get(change.id), `${change.id} is open before it is finished`).toBe('open');
          this.tasks.set(change.id, change.do === 'finishTask' ? 'done' : 'withdrawn');
          break;
        case 'moveTask':
          expect(this.tasks.get(change.id)).toBe('open');
          expect(['open', 'stopped']).toContain(this.deadlines.get(change.deadline));
          break;
        case 'openDeadline':
          expect(this.deadlines.has(change.id), `${change.id} is opened once`).toBe(false);
          this.deadlines.set(change.id, 'open');
          break;
        case 'settleDeadline':
          expect(['open', 'stopped'], `${change.id} is there before it is settled`).toContain(
            this.deadlines.get(change.id),
          );
          this.deadlines.set(change.id, change.as);
          break;
        case 'stopDeadline':
          expect(this.deadlines.get(change.id), `${change.id} runs before it is stopped`).toBe('open');
          this.deadlines.set(change.id, 'stopped');
          break;
        case 'resumeDeadline':
          expect(this.deadlines.get(change.id), `${change.id} stands still before it runs again`).toBe(
            'stopped',
          );
          this.deadlines.set(change.id, 'open');
          break;
        case 'hold':
          expect(this.holds.has(change.id), `${change.id} is given once`).toBe(false);
          this.holds.set(change.id, 'open');
          break;
        case 'releaseHold':
          expect(this.holds.get(change.id), `${change.id} is released once`).toBe('open');
          this.holds.set(change.id, 'released');
          break;
        case 'recordMilestone':
          if (change.milestone === 'ship' && change.done) this.shipped = true;
          break;
        case 'propose':
          expect([...this.proposals.values()]).not.toContain('open');
          this.proposals.set(change.id, 'open');
          break;
        case 'decideProposal':
          expect(this.proposals.get(change.id)).toBe('open');
          this.proposals.set(change.id, change.decision);
          break;
        case 'enterPhase':
          this.phase = change.phase;
          break;
        case 'reclassify':
          this.orderClass = change.class;
          break;
        case 'tell':
          if (change.template !== 'orderConfirmed') break;
          expect([...this.proposals.values()], 'confirmed by a signature alone').toContain('approve');
          this.confirmations += 1;
          break;
      }
    }
  }

  expectAgreement(state: OrderState): void {
    const open = <T>(map: Map<string, T>) => [...map].filter(([, one]) => one === 'open').map(([id]) => id);
    expect(Object.keys(state.tasks).sort()).toEqual(open(this.tasks).sort());
    expect(state.deadlines.map(({ id }) => id).sort()).toEqual(open(this.deadlines).sort());
    expect((state.stopped ?? []).map(({ id }) => id).sort()).toEqual(
      [...this.deadlines].flatMap(([id, one]) => (one === 'stopped' ? [id] : [])).sort(),
    );
    const holds = state.holds ?? [];
    expect(holds.map(({ id }) => id).sort()).toEqual(open(this.holds).sort());
    const stops = new Set(holds.flatMap((hold) => hold.stops));
    expect(
      (state.stopped ?? []).filter(({ kind }) => !stops.has(kind)),
      'what nothing holds runs',
    ).toEqual([]);
    expect(
      state.deadlines.filter(({ kind, instants }) => stops.has(kind) && instants.length > 0),
      'what is held stands still',
    ).toEqual([]);
    expect(state.proposal === null ? [] : [state.proposal]).toEqual(open(this.proposals));
    expect(state.phase).toBe(this.phase);
    expect(state.class).toBe(this.orderClass);
    expect(this.confirmations).toBeLessThanOrEqual(1);
    if (state.phase === 'signing') expect(state.proposal).not.toBeNull();
    if (['executing', 'delivering', 'closed'].includes(state.phase) && state.class !== 'normal') {
      expect([...this.proposals.values()].filter((one) => one === 'approve')).toHaveLength(1);
    }
    const left = ENDED.includes(state.phase) || state.class === 'normal';
    if (left) {
      expect([open(this.tasks), open(this.deadlines), open(this.proposals)]).toEqual([[], [], []]);
      expect(state.stopped ?? []).toEqual([]);
    }
    if (ENDED.includes(state.phase)) expect(open(this.holds)).toEqual([]);
    // Whoever is still in the process is waited for, or is in execution: nothing rests in silence.
    else if (!['executing', 'delivering'].includes(state.phase)) {
      expect(Object.keys(state.tasks)).not.toEqual([]);
    }
    for (const task of Object.values(state.tasks)) {
      const known = [...state.deadlines, ...(state.stopped ?? [])].map(({ id }) => id);
      if (task.deadline) expect(known).toContain(task.deadline);
    }
  }
}

/** The state after the record has committed: the deadlines it opened come back with its answer. */
function committed({ next, changes }: Draft): OrderState {
  const stopped = new Set((next.stopped ?? []).map(({ id }) => id));
  const breach = { kind: 'breach' as const, index: 0, at };
  const resumed = changes.flatMap((change) =>
    change.do === 'resumeDeadline'
      ? [
          {
            id: change.id,
            kind: change.id.split('.')[1] ?? '',
            dueAt: at,
            provisional: false,
            instants: [breach],
          },
        ]
      : [],
  );
  const opened = changes.flatMap((change) =>
    change.do === 'openDeadline' &&
    !stopped.has(change.id) &&
    !next.deadlines.some(({ id }) => id === change.id) &&
    isLeftOpen(changes, change.id)
      ? [{ id: change.id, kind: change.kind, dueAt: at, provisional: false, instants: [breach] }]
      : [],
  );
  return { ...next, version: next.version + 1, deadlines: [...next.deadlines, ...opened, ...resumed] };
}

const isLeftOpen = (changes: Draft['changes'], id: string) =>
  !changes.some((change) => change.do === 'settleDeadline' && change.id === id);

const point = fc
  .record({ ok: fc.boolean(), asks: fc.boolean() })
  .map(({ ok, asks }) => ({ ok: ok || !asks, asks: !ok && asks }));
// Most points are confirmed: else no order would ever get beyond its evaluation.
const answer = fc.oneof(
  { weight: 12, arbitrary: fc.constant({ ok: true, asks: false }) },
  { weight: 1, arbitrary: point },
  { weight: 1, arbitrary: fc.constant({ ok: false, asks: false }) },
);
const points = fc
  .tuple(...POINTS.map(() => answer))
  .map((answers) => Object.fromEntries(POINTS.map((one, i) => [one, answers[i]])));
const day = fc.constantFrom('2026-12-01', '2026-12-04', '2026-12-20', undefined);

/** What somebody may do next, aimed at a task that is open (by its place), or at nothing that exists. */
const intent = fc.record({
  pick: fc.nat({ max: 20 }),
  stray: fc.integer({ min: 0, max: 9 }),
  points,
  measure: fc.constantFrom(...MEASURES),
  day,
  yes: fc.oneof({ weight: 4, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  conflict: fc.constantFrom('reevaluate' as const, 'offer' as const, 'reject' as const),
  milestone: fc.constantFrom(...MILESTONES),
  reason: fc.constantFrom('customerAsked', 'quality', 'payment'),
  incident: fc.constantFrom(undefined, 'IN-20261124-0001'),
  to: fc.constantFrom('critical' as const, 'urgent' as const, 'normal' as const),
});
type Intent = typeof intent extends fc.Arbitrary<infer T> ? T : never;

/** The policy's own rules, as the use case reads them. */
function holdOf({ reason, incident, day }: Intent) {
  const rule = defaultHoldsPolicy[reason] ?? { stops: [], shipping: true };
  const owner = { owner: 'zhou.min', role: 'sales', department: 'sales' };
  const dueAt = day && !incident ? `${day}T01:00:00.000Z` : undefined;
  return { reason, ...owner, ...rule, dueAt, ...(incident && { incident, step: 'hold-shipments' }) };
}

function commandOf(state: OrderState, wish: Intent, index: number): OrderCommand {
  const id = `command-${index}`;
  const envelope = { id, actor, at };
  const open = Object.keys(state.tasks);
  const progress = {
    name: 'recordProgress',
    ...envelope,
    // Mostly the one that comes next: else no order would ever arrive.
    milestone: MILESTONES.find((one) => wish.yes && !state.milestones.includes(one)) ?? wish.milestone,
    done: true,
    projectedFinish: wish.day,
  } as const;
  if (wish.stray === 0)
    return {
      name: 'completeTask',
      ...envelope,
      task: `${number}.evaluate.sales.9`,
      gist: { kind: 'question' },
    };
  if (wish.stray === 1)
    return {
      name: 'replan',
      ...envelope,
      class: wish.to,
      grade: wish.to === 'normal' ? 0 : 2,
      keyOrder: false,
    };
  if (wish.stray === 2) return { name: 'undelivered', id, at, step: 'a step', since: at };
  if (wish.stray === 3)
    return {
      name: 'signOff',
      ...envelope,
      decision: 'approve',
      proposal: `${number}.proposal.9`,
      byHand: false,
    };
  if (wish.stray === 4 && (state.holds ?? []).length < 3)
    return { name: 'hold', ...envelope, ...holdOf(wish) };
  if (wish.stray === 5 && state.holds?.length) {
    const { id: hold, incident } = state.holds[wish.pick % state.holds.length] ?? { id: '' };
    return { name: 'release', ...envelope, ...(incident && wish.yes ? { incident } : { hold }) };
  }
  if (['executing', 'delivering'].includes(state.phase) && (open.length === 0 || wish.stray < 7))
    return progress;
  const task = open[wish.pick % Math.max(1, open.length)] ?? 'none';
  const kind = state.tasks[task]?.kind;
  switch (kind) {
    case undefined:
    case 'signOff':
      return {
        name: 'signOff',
        ...envelope,
        decision: wish.yes ? 'approve' : 'reject',
        note: 'a reason',
        byHand: true,
      };
    case 'evaluate':
      return { name: 'completeTask', ...envelope, task, gist: { kind, points: wish.points as never } };
    case 'measure':
      return {
        name: 'completeTask',
        ...envelope,
        task,
        gist: { kind, option: wish.measure, promisedDelivery: wish.day },
      };
    case 'alternative':
      return { name: 'completeTask', ...envelope, task, gist: { kind, accept: wish.yes } };
    case 'conflict':
      return {
        name: 'completeTask',
        ...envelope,
        task,
        gist: {
          kind,
          decision: wish.conflict,
          offeredDelivery: wish.conflict === 'offer' ? '2026-12-20' : undefined,
        },
      };
    case 'ground':
      return { name: 'completeTask', ...envelope, task, gist: { kind, confirmed: wish.yes } };
    case 'customerContact':
      return {
        name: 'completeTask',
        ...envelope,
        task,
        gist: { kind, reached: wish.yes, received: wish.day !== undefined },
      };
    case 'question':
    case 'releaseHold':
    case 'reach':
      return { name: 'completeTask', ...envelope, task, gist: { kind } };
  }
}

/** Runs a story and gives how it ended; every step is checked against the model. */
function tell(orderClass: 'urgent' | 'critical', wishes: Intent[]): { state: OrderState; model: Model } {
  const plan = planOf(orderClass);
  const model = new Model(plan);
  const begin = beginOrder(plan, initialState(plan), at);
  model.apply(begin);
  let state = committed(begin);
  model.expectAgreement(state);
  for (const [index, wish] of wishes.entries()) {
    const before = JSON.stringify(state);
    const command = commandOf(state, wish, index);
    const step = takeCommand(plan, state, command);
    expect(JSON.stringify(state), 'a step leaves the state it builds on as it was').toBe(before);
    expect(JSON.stringify(takeCommand(plan, state, command))).toBe(JSON.stringify(step));
    if (step instanceof Refusal) continue;
    const isHeld = state.holds?.some(({ shipping }) => shipping) ?? false;
    const had = model.shipped;
    expect(ENDED.includes(state.phase), 'nothing moves an order that has ended').toBe(false);
    model.apply(step);
    if (isHeld) expect(model.shipped, 'nothing that is held leaves').toBe(had);
    state = committed(step);
    model.expectAgreement(state);
    // As the workflow does: it ends, and takes nothing more.
    if (ENDED.includes(state.phase) || state.class === 'normal') break;
  }
  return { state, model };
}

describe('whatever people do, in whatever order', () => {
  it('state and record agree: no id twice, no task finished twice, nothing open behind an end, confirmed by signature alone', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('urgent' as const, 'critical' as const),
        fc.array(intent, { maxLength: 60 }),
        (orderClass, wishes) => {
          tell(orderClass, wishes);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('the stories told here reach every end and every detour', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(intent, { minLength: 20, maxLength: 80 }), (wishes) => {
        const { state, model } = tell('critical', wishes);
        seen.add(state.class === 'normal' ? 'normal' : state.phase);
        if ([...model.deadlines.values()].includes('stopped')) seen.add('stopped');
        for (const id of [...model.tasks.keys(), ...model.proposals.keys(), ...model.holds.keys()])
          seen.add(id.split('.').slice(1, 2).join());
        if (model.proposals.size > 1) seen.add('second proposal');
        if (model.deadlines.size > 8) seen.add('many deadlines');
      }),
      { numRuns: 500, seed: 20261124 },
    );
    for (const what of [
      ...['closed', 'rejected', 'declined', 'normal', 'executing'],
      ...[
        'evaluate',
        'question',
        'measure',
        'alternative',
        'conflict',
        'ground',
        'signOff',
        'customerContact',
        'reach',
        'releaseHold',
        'hold',
      ],
      ...['second proposal', 'many deadlines', 'stopped'],
    ]) {
      expect(seen, what).toContain(what);
    }
  });
});
