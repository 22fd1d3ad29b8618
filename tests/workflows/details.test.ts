import { expect, it } from 'vitest';
import { EVALUATORS } from '../../domain/order/shape.js';
import { initialState } from '../../workflows/order/begin.js';
import { describeOrder } from '../../workflows/order/details.js';
import { planOf } from './plan.js';

const plan = planOf('urgent');
const evaluating = {
  ...initialState(plan),
  tasks: Object.fromEntries(
    EVALUATORS.map((department) => [
      `${plan.number}.evaluate.${department}`,
      {
        kind: 'evaluate' as const,
        role: department,
        department,
        round: 1,
        deadline: `${plan.number}.evaluation`,
      },
    ]),
  ),
  events: [{ at: '2026-11-24T01:30:00.000Z', what: 'begin' }],
};

it('the Temporal UI shows phase, who is waited for until when, deadlines, last events and links, in the company’s time', () => {
  const text = describeOrder(plan, evaluating);
  expect(text).toContain('▮▮ 红色标识');
  expect(text).toContain('紧急订单 urgent SO-20261124-0001');
  expect(text).toContain('订单评估 evaluating');
  expect(text).toContain('`SO-20261124-0001.evaluate.quality` — 品管部 Quality, 至 until 2026-11-26 17:00');
  expect(text).toContain('- confirmation: 2026-11-26 17:00');
  expect(text).toContain('- 2026-11-24 09:30 begin');
  expect(text).toContain(`(${plan.orderUrl}/timeline)`);
  expect(text).not.toContain('超期');
});

it('a breach and overruled bars show at once', () => {
  const text = describeOrder(plan, { ...evaluating, breached: true, grade: 3, class: 'critical' });
  expect(text).toContain('▮▮▮ 红色标识');
  expect(text).toContain('急难订单 critical');
  expect(text).toContain('超期 breached');
});

it('an order in execution shows the milestone that comes next', () => {
  const state = { ...evaluating, tasks: {}, phase: 'executing' as const, milestones: ['reserve' as const] };
  expect(describeOrder(plan, state)).toContain('milestone `purchase`');
});

it('an order that is held shows each hold with its owner, what stands still, and the incidents that affect it', () => {
  const text = describeOrder(plan, {
    ...evaluating,
    holds: [{ id: `${plan.number}.hold`, reason: 'quality', owner: 'zhou.min', stops: [], shipping: true }],
    stopped: [{ id: `${plan.number}.measure`, kind: 'measure', since: '2026-11-24T01:30:00.000Z' }],
    incidents: ['IN-20261124-0001'],
  });
  expect(text).toContain('`SO-20261124-0001.hold` quality — zhou.min · 不得发货 not to be shipped');
  expect(text).toContain('- measure: 暂停计时 stopped');
  expect(text).toContain('IN-20261124-0001');
  expect(describeOrder(plan, evaluating)).not.toMatch(/on hold|incidents/);
});
