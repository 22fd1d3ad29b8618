import { describe, expect, it } from 'vitest';
import type { Ladder } from '../../../domain/ladder/shape.js';
import { BUILT_IN_PLAYBOOKS } from '../../../domain/playbooks/index.js';
import { type Playbook, playbookSchema, type Severity } from '../../../domain/playbooks/shape.js';
import {
  type Scene,
  type SimulatedPerson,
  type SimulationRequest,
  simulatePlaybook,
} from '../../../domain/playbooks/simulate.js';
import { DEPARTMENTS, type Department, ROLES, type Role } from '../../../domain/roles/shape.js';
import { local, shanghai } from '../calendar-support.js';
import { decision, playbook, type StepSource, source, task, wait, words } from './make-playbook.js';

/** One person a role, by the role's name; every department's is its head. */
const somebody = (role: Role, given: Partial<SimulatedPerson> = {}): SimulatedPerson => {
  const department = DEPARTMENTS.find((one) => one === role);
  const place: { department: Department; head: boolean } = {
    department: department ?? 'management',
    head: department !== undefined,
  };
  return { id: role, roles: [role], skills: [], load: 0, ...place, ...given };
};
const everybody = ROLES.map((role) => somebody(role));
const without = (...roles: Role[]) => everybody.filter(({ id }) => !roles.includes(id as Role));

const ladder: Ladder = {
  step: { workingHours: 2 },
  repeat: 1,
  rungs: ['departmentHead', 'vp', 'generalManager'],
};
const policyTimes: SimulationRequest['policyTimes'] = {
  acknowledge: { elapsed: 'PT1H' },
  confirm: { elapsed: 'PT30M' },
  firstNotice: { elapsed: 'PT4H' },
  mitigate: { workingDays: 1 },
  report: { workingDays: 1 },
  review: { workingDays: 5 },
};
const startAt = local('2026-11-24 09:00');

const simulate = (book: Playbook, given: Partial<SimulationRequest> = {}) =>
  simulatePlaybook({
    playbook: book,
    severity: 1,
    people: everybody,
    calendar: shanghai,
    policyTimes,
    ladder,
    startAt,
    ...given,
  });
const ofSteps = (...steps: StepSource[]) => playbook(...steps);

/** `09:00 called stock inventory`, of the day of the report; other days with their date. */
const told = ({ events }: Scene, ...kinds: string[]) =>
  events
    .filter(({ kind }) => kinds.length === 0 || kinds.includes(kind))
    .map((event) => {
      const at = new Date(Date.parse(event.at) + 8 * 3_600_000).toISOString().slice(5, 16).replace('T', ' ');
      const subject = ('deadline' in event && event.deadline) || ('step' in event && event.step) || '';
      const who =
        event.kind === 'called'
          ? (event.reached?.person ?? 'nobody')
          : event.kind === 'rung'
            ? `${event.rung.index} ${event.rung.person ?? 'nobody'}`
            : event.kind === 'done'
              ? (event.option ?? '')
              : event.kind === 'phase'
                ? event.phase
                : '';
      return [at.replace('11-24 ', ''), event.kind, subject, who].filter(Boolean).join(' ');
    });

const notice = (key: string, action: 'notifyCustomers' | 'notifyTeam', given: object = {}): StepSource => ({
  key,
  kind: 'action',
  phase: 'notify',
  action,
  role: 'customerService',
  title: words(key),
  cites: ['P03.5'],
  nature: words('late'),
  measures: words('we press'),
  due: { workingHours: 4 },
  ...given,
});

describe('everybody acts at due', () => {
  it('each is called when the steps before theirs are over, and what the product does is done at once', () => {
    const book = ofSteps(
      task('call', { phase: 'confirm', role: 'purchasing' }),
      task('stock', { role: 'inventory' }),
      notice('tell', 'notifyCustomers'),
      task('recover', { phase: 'recover', role: 'manufacturing', due: { workingHours: 2 } }),
      task('normal', { phase: 'normal', role: 'sales', due: { workingDays: 0 } }),
    );
    expect(told(simulate(book).everybodyActsAtDue, 'called', 'done', 'told', 'activated', 'phase')).toEqual([
      '09:00 called acknowledge purchasing',
      '09:00 called confirm purchasing',
      '09:00 called call purchasing',
      '09:30 done acknowledge',
      '09:30 done confirm',
      '09:30 activated',
      '09:30 phase confirm',
      '09:30 called stock inventory',
      '09:30 told tell',
      '10:00 done call',
      '10:00 phase contain',
      '10:30 done stock',
      '10:30 phase recover',
      '10:30 called recover manufacturing',
      '13:30 done recover',
      '13:30 phase normal',
      '13:30 called normal sales',
      '17:00 done normal',
      '17:00 phase over',
      '17:00 called report purchasing',
      '17:00 called review purchasing',
      '11-25 17:00 done report',
      '12-01 17:00 done review',
    ]);
  });
  it('warnings come at half and at four fifths of a time, and none after it is done', () => {
    const { events } = simulate(ofSteps(task('stock'))).everybodyActsAtDue;
    const warned = events.filter((event) => event.kind === 'warned' && event.deadline === 'acknowledge');
    expect(warned).toEqual([]);
    expect(told({ events, endsAt: startAt }, 'warned').slice(0, 4)).toEqual([
      '09:15 warned confirm',
      '09:24 warned confirm',
      '10:00 warned stock',
      '10:18 warned stock',
    ]);
  });
  it('a wait ends, and its role looks then', () => {
    const scene = simulate(ofSteps(wait('delivery', { atMost: { workingDays: 1 } }))).everybodyActsAtDue;
    expect(told(scene).filter((line) => line.endsWith('delivery') || line.includes('delivery '))).toEqual([
      '09:30 waits delivery',
      '11-25 17:00 called delivery purchasing',
      '11-25 17:00 done delivery',
    ]);
  });
  it('a notice says what would be told to whom; the team by name', () => {
    const book = playbookSchema.parse(
      source([notice('tell-team', 'notifyTeam', { urgent: true }), notice('tell', 'notifyCustomers')], {
        team: [
          { key: 'lead', name: words('lead'), role: 'purchasing' },
          { key: 'stock', name: words('stock'), role: 'inventory' },
          { key: 'again', name: words('again'), role: 'purchasing' },
        ],
      }),
    );
    const sent = simulate(book).everybodyActsAtDue.events.filter(({ kind }) => kind === 'told');
    expect(sent).toMatchObject([
      { step: 'tell-team', audience: 'team', people: ['purchasing', 'inventory'], urgent: true },
      { step: 'tell', audience: 'customers', people: [], nature: words('late'), measures: words('we press') },
    ]);
  });
  it('a decision takes its first option, and the others are listed', () => {
    const book = ofSteps(
      decision('which', { wait: ['await'], buy: ['order'], none: [] }, { by: 'vp' }),
      task('await'),
      task('order'),
      task('meet', { minSeverity: 2 }),
    );
    const { decisions, leftOut, everybodyActsAtDue } = simulate(book);
    expect(told(everybodyActsAtDue, 'called', 'done')).toContain('09:30 called which vp');
    expect(told(everybodyActsAtDue, 'called', 'done')).toContain('10:30 done which wait');
    expect(decisions).toEqual([
      {
        step: 'which',
        at: local('2026-11-24 10:30'),
        taken: 'wait',
        others: [
          { option: 'buy', leadsTo: ['order'] },
          { option: 'none', leadsTo: [] },
        ],
      },
    ]);
    expect(leftOut).toEqual([
      { step: 'order', because: 'decision' },
      { step: 'meet', because: 'severity' },
    ]);
  });
  it('says whether the times of the level can be kept by the steps', () => {
    const slow = task('contain', { due: { workingDays: 3 } });
    const { times } = simulate(
      ofSteps(notice('tell', 'notifyCustomers'), slow, task('normal', { phase: 'normal' })),
    );
    expect(times.map(({ time, doneAt, kept }) => [time, doneAt, kept])).toEqual([
      ['acknowledge', local('2026-11-24 09:30'), true],
      ['confirm', local('2026-11-24 09:30'), true],
      ['firstNotice', local('2026-11-24 09:30'), true],
      ['mitigate', local('2026-11-27 17:00'), false],
    ]);
    expect(simulate(ofSteps(slow)).times.find(({ time }) => time === 'firstNotice')).toMatchObject({
      kept: false,
    });
  });
  it('the playbook’s own times come before the policy’s', () => {
    const book = playbookSchema.parse(source([task('stock')], { times: { confirm: { elapsed: 'PT8M' } } }));
    expect(told(simulate(book).everybodyActsAtDue, 'activated')).toEqual(['09:08 activated']);
  });
});

describe('nobody acts', () => {
  const book = ofSteps(
    notice('tell-team', 'notifyTeam', { beforeConfirmation: true }),
    task('isolate', { beforeConfirmation: true, role: 'technicalSupport' }),
    task('stock'),
    task('normal', { phase: 'normal' }),
  );
  it('only what cannot wait begins, nothing is confirmed, and everything climbs to the top, day after day', () => {
    const scene = simulate(book).nobodyActs;
    expect(told(scene, 'called', 'told', 'done', 'activated', 'rung')).toEqual([
      '09:00 called acknowledge purchasing',
      '09:00 called confirm purchasing',
      '09:00 told tell-team',
      '09:00 called isolate technicalSupport',
      '09:30 rung confirm 1 purchasing',
      '10:00 rung acknowledge 1 purchasing',
      '10:00 rung isolate 1 technicalSupport',
      '11:30 rung confirm 2 vp',
      '12:00 rung acknowledge 2 vp',
      '12:00 rung isolate 2 vp',
      '14:30 rung confirm 3 generalManager',
      '15:00 rung acknowledge 3 generalManager',
      '15:00 rung isolate 3 generalManager',
      '16:30 rung confirm 4 generalManager',
      '17:00 rung acknowledge 4 generalManager',
      '17:00 rung isolate 4 generalManager',
    ]);
    expect(scene.endsAt).toBe(local('2026-11-24 17:00'));
  });
  it('the ladder of each later step is told all the same', () => {
    const { ladders } = simulate(book);
    expect(ladders.map(({ step, deadline }) => step ?? deadline)).toEqual([
      'acknowledge',
      'confirm',
      'isolate',
      'stock',
      'normal',
      'report',
      'review',
    ]);
    expect(ladders[3]).toMatchObject({
      dueAt: local('2026-11-24 10:30'),
      rungs: [
        { index: 1, at: local('2026-11-24 10:30'), person: 'purchasing', result: 'fired' },
        { index: 2, at: local('2026-11-24 13:30'), person: 'vp' },
        { index: 3, at: local('2026-11-24 15:30'), person: 'generalManager' },
        { index: 4, at: local('2026-11-25 08:30'), person: 'generalManager', repeatOf: 3 },
      ],
    });
  });
  it('a decision that says what is done without an answer does not climb', () => {
    const falling = ofSteps(
      decision('which', { yes: [], no: ['stop'] }, { beforeConfirmation: true, otherwise: 'no' }),
      task('stop', { beforeConfirmation: true }),
    );
    const lines = told(simulate(falling).nobodyActs, 'called', 'done', 'rung').filter((line) =>
      /which|stop/.test(line),
    );
    expect(lines.slice(0, 3)).toEqual([
      '09:00 called which purchasing',
      '10:00 done which no',
      '10:00 called stop purchasing',
    ]);
    expect(lines.some((line) => line.includes('rung which'))).toBe(false);
    expect(lines.some((line) => line.includes('rung stop'))).toBe(true);
  });
  it('what waits too long climbs from then on', () => {
    const waiting = ofSteps(wait('delivery', { phase: 'confirm', atMost: { elapsed: 'PT1H' } }));
    const lines = told(simulate(waiting).nobodyActs).filter((line) => line.includes('delivery'));
    expect(lines.slice(0, 3)).toEqual([
      '09:00 waits delivery',
      '10:00 called delivery purchasing',
      '10:00 rung delivery 1 purchasing',
    ]);
  });
});

describe('who is reached', () => {
  const book = ofSteps(
    task('stock', { role: 'inventory' }),
    decision('which', { yes: [], no: ['inspect'] }),
    task('inspect', { role: 'quality' }),
  );
  it('steps with nobody are named, on the way taken or not, with the roles of the team', () => {
    const { nobody, everybodyActsAtDue } = simulate(book, {
      people: without('inventory', 'quality', 'purchasing'),
    });
    expect(nobody).toEqual([
      { deadline: 'acknowledge', role: 'purchasing' },
      { deadline: 'confirm', role: 'purchasing' },
      { deadline: 'report', role: 'purchasing' },
      { deadline: 'review', role: 'purchasing' },
      { team: 'lead', role: 'purchasing' },
      { step: 'stock', role: 'inventory' },
      { step: 'which', role: 'purchasing' },
      { step: 'inspect', role: 'quality' },
    ]);
    expect(told(everybodyActsAtDue, 'called')).toContain('09:30 called stock nobody');
  });
  it('a rung with nobody is skipped, and the next takes its place at once', () => {
    const { ladders } = simulate(book, { people: without('vp') });
    const rungs = ladders.find(({ step }) => step === 'stock')?.rungs;
    expect(rungs?.map(({ index, result, person, settledAt }) => [index, result, person, settledAt])).toEqual([
      [1, 'fired', 'inventory', local('2026-11-24 10:30')],
      [2, 'skipped', undefined, local('2026-11-24 13:30')],
      [3, 'fired', 'generalManager', local('2026-11-24 13:30')],
      [4, 'fired', 'generalManager', local('2026-11-25 08:30')],
    ]);
  });
  it('the one on call at the instant comes first; who is away has a stand-in', () => {
    const people = [
      ...everybody,
      somebody('inventory', { id: 'night', head: false, load: 9 }),
      somebody('vp', { id: 'deputy', roles: [] }),
    ];
    const made = { id: 'one', madeAt: startAt, from: startAt, to: local('2026-11-25 09:00') };
    const onCall = {
      rota: [{ role: 'inventory', weekday: 2, from: '08:00', to: '12:00', person: 'night' }],
      overrides: [],
      delegations: [{ ...made, person: 'vp', standIn: 'deputy' }],
    };
    const { everybodyActsAtDue, ladders } = simulate(book, { people, onCall });
    const call = everybodyActsAtDue.events.find((event) => event.kind === 'called' && event.step === 'stock');
    expect(call).toMatchObject({ reached: { person: 'night', why: 'onCall' } });
    expect(call?.line.zh).toContain('night（值班）');
    expect(ladders.find(({ step }) => step === 'stock')?.rungs[1]).toMatchObject({
      role: 'vp',
      person: 'deputy',
    });
    const later = simulate(book, { people, onCall, startAt: local('2026-11-26 09:00') }).everybodyActsAtDue;
    expect(told(later, 'called')).toContain('11-26 09:30 called stock inventory');
  });
  it('customers are asked, with somebody who calls them', () => {
    const asked = ofSteps(
      decision('choice', { wait: [], refund: [] }, { by: 'customer', role: 'customerService' }),
    );
    const call = simulate(asked).everybodyActsAtDue.events.find(
      (event) => event.kind === 'called' && event.step,
    );
    expect(call).toMatchObject({ customers: true, role: 'customerService' });
    expect(call?.line).toMatchObject({
      zh: expect.stringContaining('请受影响客户选择'),
      en: expect.stringContaining('are asked'),
    });
  });
});

describe('the built-in playbooks', () => {
  const books = BUILT_IN_PLAYBOOKS.map((one) => playbookSchema.parse(one));
  const levels: Severity[] = [1, 2, 3];
  const runs = books.flatMap((book) => levels.map((severity) => ({ book, severity })));

  it('all are simulated at all levels well within five seconds', () => {
    const start = performance.now();
    for (const { book, severity } of runs) simulate(book, { severity });
    expect(performance.now() - start).toBeLessThan(5000);
  });

  it.each(runs)(
    '$book.type at level $severity runs to its end, in order of time, nobody missing',
    ({ book, severity }) => {
      const { everybodyActsAtDue, nobodyActs, nobody } = simulate(book, { severity });
      expect(nobody).toEqual([]);
      for (const { events } of [everybodyActsAtDue, nobodyActs]) {
        expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).sort());
        const calls = events.flatMap((event) =>
          event.kind === 'called' ? (event.step ?? event.deadline) : [],
        );
        expect(calls).toHaveLength(new Set(calls).size);
        for (const { line } of events) {
          expect(line.zh).toMatch(/\p{Script=Han}/u);
          expect(line.en).not.toMatch(/undefined|\p{Script=Han}/u);
        }
      }
      const phases = everybodyActsAtDue.events.flatMap((event) =>
        event.kind === 'phase' ? event.phase : [],
      );
      expect(phases.at(-1)).toBe('over');
      const tops = nobodyActs.events.filter(
        (event) => event.kind === 'rung' && event.rung.person === 'generalManager',
      );
      expect(tops.length).toBeGreaterThan(0);
      expect(nobodyActs.events.some(({ kind }) => kind === 'activated')).toBe(false);
    },
  );

  it('asks twice, answers the same, and touches nothing it was given', () => {
    const freeze = (value: unknown): unknown => {
      if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
      return value;
    };
    const [book] = books;
    if (!book) throw new Error('there are built-in playbooks');
    freeze([book, everybody, policyTimes, ladder]);
    expect(simulate(book, { severity: 3 })).toEqual(simulate(book, { severity: 3 }));
  });
});
