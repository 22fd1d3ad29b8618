import { describe, expect, it } from 'vitest';
import { LEVEL_CLASSES } from '../../domain/deadlines/shape.js';
import { incidentRungs, levelLadders } from '../../domain/ladder/shape.js';
import { checkPolicy } from '../../domain/policy/check-policy.js';
import { completePolicy } from '../../domain/policy/complete-policy.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import { type Policy, type PolicySource, policySchema } from '../../domain/policy/shape.js';

/** A policy as JSON, as it was stored before there were incidents. */
function storedBefore(): PolicySource {
  const stored = JSON.parse(JSON.stringify(defaultPolicy));
  for (const level of LEVEL_CLASSES) {
    delete stored.deadlines[level];
    delete stored.ladder[level];
  }
  delete stored.risk;
  return stored;
}

describe('a policy stored before there were incidents', () => {
  it('is read with the defaults of the levels and of the risk', () => {
    const stored = storedBefore();
    expect(stored.deadlines).not.toHaveProperty('level1');
    expect(completePolicy(stored)).toEqual(defaultPolicy);
  });

  it('keeps what the company had changed in it', () => {
    const stored = storedBefore();
    stored.deadlines.urgent = { evaluation: { elapsed: 'PT20S' } };
    stored.ladder.urgent = { step: { elapsed: 'PT10S' }, repeat: 2, rungs: ['vp'] };
    const { deadlines, ladder } = completePolicy(stored);
    expect(deadlines.urgent).toEqual({ evaluation: { elapsed: 'PT20S' } });
    expect(ladder.urgent).toEqual(stored.ladder.urgent);
  });

  it('is read even where a later rule would refuse it', () => {
    const stored = { ...storedBefore(), contactAttempts: 99 };
    expect(policySchema.safeParse(stored).success).toBe(false);
    expect(completePolicy(stored).contactAttempts).toBe(99);
  });

  it('may be sent again as it is', () => {
    const sent = policySchema.parse(storedBefore());
    expect(checkPolicy(sent)).toEqual([]);
    expect(sent.ladder).toEqual(defaultPolicy.ladder);
    expect(sent.risk).toEqual(defaultPolicy.risk);
    // A kind left out has its default.
    expect(sent.deadlines.level2).toEqual({});
  });
});

describe('a policy', () => {
  it('comes back from its schema and from the store as it is', () => {
    const changed: Policy = {
      ...defaultPolicy,
      deadlines: { ...defaultPolicy.deadlines, level3: { acknowledge: { elapsed: 'PT5M' } } },
      ladder: {
        ...defaultPolicy.ladder,
        level1: { step: { elapsed: 'PT1H' }, repeat: 0, rungs: ['emergencyManager', 'generalManager'] },
      },
    };
    for (const policy of [defaultPolicy, changed]) {
      const read = policySchema.parse(JSON.parse(JSON.stringify(policy)));
      expect(read).toEqual(policy);
      expect(completePolicy(read)).toEqual(policy);
      expect(checkPolicy(read)).toEqual([]);
    }
  });

  it('has an incident climb its own ladder, also where it names no rungs', () => {
    const given = { ...storedBefore().ladder, level3: { step: { elapsed: 'PT1M' as const }, repeat: 1 } };
    const sent = policySchema.parse({ ...storedBefore(), ladder: given });
    expect(sent.ladder.level3).toEqual({ step: { elapsed: 'PT1M' }, repeat: 1, rungs: incidentRungs });
    expect(sent.ladder.level2).toEqual(levelLadders.level2);
    expect(completePolicy({ ...storedBefore(), ladder: given }).ladder).toEqual(sent.ladder);
  });

  it.each([
    ['deadlines of an order', 'level2', { evaluation: { elapsed: 'PT1H' } }],
    ['deadlines of an incident', 'urgent', { acknowledge: { elapsed: 'PT1H' } }],
  ])('does not take %s for those of %s', (_, deadlineClass, rules) => {
    const deadlines = { ...defaultPolicy.deadlines, [deadlineClass]: rules };
    const [fault, ...more] = checkPolicy({ ...defaultPolicy, deadlines });
    expect(fault?.path).toEqual(['deadlines', deadlineClass, Object.keys(rules)[0]]);
    expect(fault?.message).toMatch(/^is no deadline; there are /);
    expect(more).toEqual([]);
  });

  it('gives the meeting a time at level 1 where the company wants one', () => {
    const deadlines = { ...defaultPolicy.deadlines, level1: { meeting: { workingDays: 1 } } };
    expect(checkPolicy({ ...defaultPolicy, deadlines })).toEqual([]);
  });

  it('has no emergency manager above the vice president', () => {
    const level3 = { ...levelLadders.level3, rungs: ['vp' as const, 'emergencyManager' as const] };
    const faults = checkPolicy({ ...defaultPolicy, ladder: { ...defaultPolicy.ladder, level3 } });
    expect(faults.map(({ path }) => path.join('.'))).toEqual(['ladder.level3.rungs.1']);
  });
});
