import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMachine } from '../../app/config.js';
import { loadRules, type Rules } from '../../app/load-rules.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { incidentSteps } from '../../db/schema/index.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { type Playbook, playbookSchema } from '../../domain/playbooks/shape.js';
import { createSeeded } from '../crash/seeded.js';
import { walkIncident } from './incident-walk.js';
import { checkEndedAtOnce, checkWalk } from './incident-walk-check.js';
import { planWalks, type Walk } from './incident-walk-plan.js';
import { type Rig, startRig } from './rig.js';

/**
 * Each playbook at each level, every option of each decision taken in some walk, through the real engine and record.
 * `npm test` takes one walk of each playbook at a level that the seed chooses; `npm run walk` takes all of them.
 *
 * Everybody acts at once, so no instant falls due: the time-skipping server gives up a workflow after some thirty looks
 * at the clock, which the real one does not. What happens as time passes has tests of its own.
 */
const atOnce = 4;
const LEVELS = [1, 2, 3] as const;
const PLAYBOOKS = BUILT_IN_PLAYBOOKS.map((source) => playbookSchema.parse(source));
const whole = readMachine().everyWalk;
const next = createSeeded(20261124);

let rig: Rig;
let rules: Rules;
beforeAll(async () => {
  rig = await startRig();
  await publishBuiltIns(rig.db, rig.now().toISOString());
  rules = await loadRules(rig.db);
});
afterAll(() => rig?.stop());

const everyWalkOf = (playbook: Playbook): Walk[] => LEVELS.flatMap((level) => planWalks(playbook, level));

function walksOf(playbook: Playbook): Walk[] {
  const all = everyWalkOf(playbook);
  const one = all[Math.floor(next() * all.length)];
  return whole ? all : one ? [one] : [];
}

/** Several at a time, as incidents come. */
async function eachOf<T>(all: readonly T[], one: (of: T) => Promise<void>): Promise<void> {
  const left = [...all];
  const work = async () => {
    for (let of = left.shift(); of !== undefined; of = left.shift()) await one(of);
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

const affectsAll = ({ affected }: Playbook) => [affected].flat().includes('everything');

describe('every walk', () => {
  const planned = PLAYBOOKS.map((playbook) => ({ playbook, walks: walksOf(playbook) }));

  it('that is planned reaches every step of its playbook', () => {
    for (const playbook of PLAYBOOKS) {
      const reached = new Set(
        everyWalkOf(playbook).flatMap(({ ends }) =>
          [...ends].filter(([, end]) => end === 'done').map(([key]) => key),
        ),
      );
      expect(playbook.steps.map(({ key }) => key).filter((key) => !reached.has(key))).toEqual([]);
    }
  });

  it('goes to the archive: steps, tasks, times and notices are what the playbook says', {
    timeout: 1_200_000,
  }, async () => {
    const all = planned.flatMap(({ playbook, walks }) => walks.map((walk) => ({ playbook, walk })));
    const go = async (one: (typeof all)[number]) => checkWalk(rig, await walkIncident(rig, one), rules);
    await eachOf(
      all.filter(({ playbook }) => !affectsAll(playbook)),
      go,
    );
    // What affects every order would tell the customers of other walks, whose own letters would wait an hour for that.
    for (const one of all.filter(({ playbook }) => affectsAll(playbook))) await go(one);
  });

  it('ends at confirmation where it is a false alarm or routine, and nothing of it is left', {
    timeout: 300_000,
  }, async () => {
    const all = PLAYBOOKS.flatMap((playbook) =>
      (['falseAlarm', 'routine'] as const).map((outcome) => ({ playbook, outcome })),
    );
    const taken = whole ? all : all.filter(() => next() < 0.2);
    await eachOf(taken, async ({ playbook, outcome }) => {
      const [walk] = planWalks(playbook, 3);
      if (!walk) throw new Error(`no walk of ${playbook.type}`);
      const walked = await walkIncident(rig, { playbook, walk, outcome });
      await checkEndedAtOnce(rig, walked);
      const steps = await rig.db
        .select()
        .from(incidentSteps)
        .where(eq(incidentSteps.incident, walked.number));
      expect(steps.filter(({ state }) => state === 'failed')).toEqual([]);
    });
  });
});
