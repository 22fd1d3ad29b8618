import { describe, expect, it } from 'vitest';
import type { IncidentPlan, IncidentState } from '../../contracts/incident-state.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { playbookSchema } from '../../domain/playbooks/shape.js';
import { Refusal } from '../../workflows/draft.js';
import { beginIncident, initialState } from '../../workflows/incident/begin.js';
import type { Draft } from '../../workflows/incident/draft.js';
import type { IncidentCommand } from '../../workflows/incident/incident-command.js';
import { takeCommand } from '../../workflows/incident/take-command.js';

const at = '2026-11-24T01:30:00.000Z';
const number = 'IN-20261124-0001';

function planOf(type: string): IncidentPlan {
  return {
    number,
    playbook: playbookSchema.parse(BUILT_IN_PLAYBOOKS.find((one) => one.type === type)),
    playbookRevision: 1,
    severity: 2,
    reportedAt: at,
    policyRevision: 1,
    drill: false,
    ownerId: 'xiao.peng',
    zone: 'Asia/Shanghai',
    incidentUrl: 'http://localhost/v1/incidents/IN-20261124-0001',
    rounds: { acknowledge: 1, confirm: 1 },
    deadlines: [],
  };
}

/** An incident that was activated, and what each further command changes on the record. */
function activated(type: string) {
  const plan = planOf(type);
  let state = initialState(plan);
  let given = 0;
  const record = (draft: Draft): IncidentState => ({ ...draft.next, version: state.version + 1 });
  const say = (command: Record<string, unknown>): Draft => {
    given += 1;
    const envelope = { id: `c${given}`, at, actor: { principal: 'xiao.peng', credential: 'token' } };
    const step = takeCommand(plan, state, { ...command, ...envelope } as IncidentCommand);
    if (step instanceof Refusal) throw new Error(step.detail);
    state = record(step);
    return step;
  };
  state = record(beginIncident(plan, state, at));
  const task = `${number}.confirm.${plan.playbook.ownerRole}`;
  say({ name: 'completeTask', task, gist: { kind: 'confirm', outcome: 'activate' } });
  return { say, phase: () => state.phase };
}

const released = ({ changes }: Draft) => changes.filter((change) => change.do === 'releaseHolds');

describe('what an incident holds goes on', () => {
  it('of one step when that is passed over', () => {
    const incident = activated('quality-problem');
    const skipped = incident.say({ name: 'skipStep', step: 'hold-shipments' });
    expect(released(skipped)).toEqual([{ do: 'releaseHolds', step: 'hold-shipments' }]);
  });

  it('all of it when the incident is resolved', () => {
    const incident = activated('quality-problem');
    const resolved = incident.say({ name: 'resolve' });
    expect(incident.phase()).toBe('resolved');
    expect(released(resolved)).toContainEqual({ do: 'releaseHolds', step: undefined });
  });

  it('and nothing is asked of a record on which nothing was ever held', () => {
    const incident = activated('supplier-delay');
    expect(released(incident.say({ name: 'resolve' }))).toEqual([]);
  });
});
