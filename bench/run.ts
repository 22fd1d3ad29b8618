import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { pino } from 'pino';
import type { AppContext } from '../app/context.js';
import { connectTemporal } from '../app/temporal.js';
import { connectDatabase } from '../db/connect.js';
import { planApi, planWorker } from '../local/part-plans.js';
import { findAnyPort } from '../local/ports.js';
import { createBareOrders } from './bare/order.js';
import { type BenchSet, startBenchSet } from './bench-set.js';
import { type Figure, tabulate } from './figures.js';
import { createHappyOrders, happyOrderBody } from './happy-order.js';
import { measureAccept } from './measure-accept.js';
import { measureThroughput } from './measure-throughput.js';
import { median } from './median.js';
import { type HistoryCost, readHistoryCost, stepsOf } from './read-history.js';

// `npm run bench`: what an order costs, beside the least that it could cost, on one embedded set of its own.
//   --json FILE   the figures for scripts
//   --quick       a short run while developing: the same figures, less steady
const { values } = parseArgs({
  options: { json: { type: 'string' }, quick: { type: 'boolean', default: false } },
});
const size = values.quick
  ? { histories: 2, rounds: 2, count: 16, requests: 60 }
  : { histories: 6, rounds: 7, count: 60, requests: 300 };
const atOnce = 8;
const say = (line: string) => console.log(line);

const set = await startBenchSet();
const stopEarly = () => set.stop().finally(() => process.exit(130));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopEarly);
try {
  const figures = await measure(set);
  say(
    `\n${tabulate(figures)}\n${cpus().length} × ${cpus()[0]?.model ?? 'unknown'}, Node ${process.versions.node}`,
  );
  if (values.json) await writeFile(values.json, `${JSON.stringify({ figures }, null, 2)}\n`);
} finally {
  await set.stop();
}

async function measure({ instance, start, bare }: BenchSet): Promise<Figure[]> {
  const { config, settings, ports } = instance;
  const { client: temporal, connection } = connectTemporal(config.temporal);
  const db = connectDatabase(config.databaseUrl, 20);
  const log = pino({ level: 'warn' });
  const ctx: AppContext = { db, temporal, log, publicUrl: config.publicUrl, now: () => new Date() };
  try {
    const barePort = await findAnyPort();
    // At once, so that nobody takes their ports meanwhile; an idle one costs nothing.
    await start(planApi(instance));
    await start(bare('api.ts', ['--port', String(barePort)]));
    await start(planWorker(instance));
    const happyOrder = await createHappyOrders(ctx);
    say(`History of ${size.histories} happy orders, one after the other`);
    const costs: HistoryCost[] = [];
    for (let made = 0; made < size.histories; made += 1) {
      costs.push(await readHistoryCost(temporal, `order/${await happyOrder()}`));
    }
    const most = (of: 'events' | 'actions' | 'bytes') => Math.max(...costs.map((cost) => cost[of]));

    await start(bare('worker.ts'));
    const bareOrder = createBareOrders({ temporal, db }, stepsOf(costs[0]?.historyEvents ?? []));
    const bareCost = await readHistoryCost(temporal, await bareOrder());
    say(
      `  ${most('events')} events, ${most('actions')} actions; the bare workflow ${bareCost.events} and ${bareCost.actions}`,
    );

    say(`Completed per second, ${atOnce} at once, ${size.count} a round`);
    const { ours, bare: bareRates } = await measureThroughput(
      { ours: happyOrder, bare: bareOrder },
      { ...size, atOnce, say },
    );

    say(`Latency of accepting an order, ${size.requests} requests a side`);
    const { oursMs, bareMs } = await measureAccept(
      {
        ours: {
          url: `http://127.0.0.1:${ports.api}/v1/orders`,
          headers: { authorization: `Bearer ${settings.tokens.client}` },
          body: () => happyOrderBody(new Date()),
        },
        bare: {
          url: `http://127.0.0.1:${barePort}/orders`,
          headers: {},
          body: () => happyOrderBody(new Date()),
        },
      },
      size.requests,
    );
    say(`  median ${median(oursMs).toFixed(2)} ms, bare ${median(bareMs).toFixed(2)} ms`);

    const ratios = ours.map((rate, round) => rate / (bareRates[round] ?? Number.NaN));
    const round = (value: number) => Math.round(value * 1000) / 1000;
    return [
      { name: 'happyPathRatio', value: round(median(ratios)), unit: '×', aim: 0.7, better: 'higher' },
      { name: 'eventsPerOrder', value: most('events'), unit: 'events', aim: 140, better: 'lower' },
      { name: 'actionsPerOrder', value: most('actions'), unit: 'actions', aim: 60, better: 'lower' },
      { name: 'historyBytesPerOrder', value: most('bytes'), unit: 'bytes', aim: 51_200, better: 'lower' },
      {
        name: 'acceptRatio',
        value: round(median(oursMs) / median(bareMs)),
        unit: '×',
        aim: 1.5,
        better: 'lower',
      },
    ];
  } finally {
    await Promise.all([connection.close(), db.$client.end()]);
  }
}
