import { describe, expect, it } from 'vitest';
import { ACTIONS_BY_ITSELF } from '../../app/record/incident-actions.js';
import { ACTIONS } from '../../domain/playbooks/actions/shape.js';
import { actsByItself } from '../../domain/playbooks/simulate/acts-by-itself.js';
import { HOW_ACTIONS_RUN } from '../../workflows/incident/how-actions-run.js';

describe('the two tables of how actions run', () => {
  it('are what the simulation of a playbook goes by: over at once, or somebody’s to see through', () => {
    const done = ACTIONS.filter((action) => HOW_ACTIONS_RUN[action] === 'done');
    expect(ACTIONS.filter(actsByItself)).toEqual(done);
  });

  it('agree: what the process counts as done or begun, the record carries out, and nothing else', () => {
    const byItself = ACTIONS.filter((action) => HOW_ACTIONS_RUN[action] !== 'asked');
    expect(Object.keys(ACTIONS_BY_ITSELF).sort()).toEqual([...byItself].sort());
  });
});
