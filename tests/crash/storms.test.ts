import { afterEach, expect, it } from 'vitest';
import { readMachine } from '../../app/config.js';
import { actUntilDone, allOk, carryToClosed } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet, type SetPart } from '../support/process-set.js';
import { checkRecord, waitUntilSettled } from './check-record.js';
import { letOrdersArrive, type Storm } from './storm.js';

// Real processes of dist. `npm test` runs the one storm of everything, `npm run crash` the whole matrix.
const everything: SetPart[] = ['worker', 'postgres', 'worker', 'api', 'worker', 'temporal'];
const storms: Record<string, readonly SetPart[]> = {
  'the worker, five times': ['worker', 'worker', 'worker', 'worker', 'worker'],
  'PostgreSQL, three times': ['postgres', 'postgres', 'postgres'],
  'the API, four times': ['api', 'api', 'api', 'api'],
  'Temporal, twice': ['temporal', 'temporal'],
  'worker and PostgreSQL in turn': ['worker', 'postgres', 'worker', 'postgres', 'worker'],
  everything,
};
const seeds = [20261124, 7, 1949];
const matrix = Object.entries(storms).flatMap(([name, crashes]) =>
  seeds.map((seed) => ({ name, crashes, seed })),
);
const sample = [{ name: 'everything', crashes: everything, seed: seeds[0] ?? 1 }];

let set: ProcessSet | undefined;
afterEach(async () => {
  await set?.stop();
  set = undefined;
});

it.each(readMachine().wholeCrashMatrix ? matrix : sample)(
  '60 orders arrive while kill -9 takes $name (seed $seed): each is there once, with all that belongs to it, and can be carried through',
  async ({ crashes, seed }) => {
    set = await createProcessSet({ without: ['watchman'] });
    const storm: Storm = { seed, orders: 60, overMs: 15_000, crashes };
    const { arrivals, log } = await letOrdersArrive(set, storm);
    try {
      await waitUntilSettled(set, arrivals);
      await checkRecord(set, arrivals);

      const [first, second] = arrivals.map(({ number }) => number);
      if (!first || !second) throw new Error('60 orders have arrived');
      await carryToClosed(set, first);
      expect((await set.request('vp', 'GET', `/v1/orders/${first}`)).body).toMatchObject({ phase: 'closed' });
      // An evaluation that is on its way when the worker dies has its effect once all the same.
      const task = `${second}.evaluate.quality`;
      const evaluated = actUntilDone(set, 'quality', `/v1/tasks/${task}/complete`, allOk);
      await set.kill('worker');
      await set.start('worker');
      await evaluated;
      expect((await set.request('quality', 'GET', `/v1/tasks/${task}`)).body).toMatchObject({
        state: 'done',
      });
    } catch (error) {
      throw new Error(`${(error as Error).message}\nwhat happened:\n${log.join('\n')}`, { cause: error });
    }
  },
);
