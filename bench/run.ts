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
  : { histories: 6, rounds: 7, count: 40, requests: 300 };
/** Workflows under way at any time: enough to keep two cores busy, few enough for none to wait long. */
const atOnce = 4;
const say = (line: string) => console.log(line);

const set = await startBenchSet();
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => set.stop().finally(() => process.exit(130)));
}
try {
  const figures = await measure(set);
  const [cpu] = cpus();
  say(`\n${tabulate(figures)}\n${cpus().length} × ${cpu?.model ?? 'unknown'}, Node ${process.versions.node}`);
  if (values.json) await writeFile(values.json, `${JSON.stringify({ figures }, null, 2)}\n`);
} finally {
  await set.stop();
}

async function measure({ instance, start, bare }: BenchSet): Promise<Figure[]> {
  const { config } = instance;
  const barePort = await findAnyPort();
  await start(planApi(instance));
  await start(bare('api.ts', ['--port', String(barePort)]));
  await start(planWorker(instance));
  await start(bare('worker.ts'));
  const { client: temporal, connection } = connectTemporal(config.temporal);
  const db = connectDatabase(config.databaseUrl, 20);
  const log = pino({ level: 'warn' });
  const ctx: AppContext = { db, temporal, log, publicUrl: config.publicUrl, now: () => new Date() };
  try {
    const happyOrder = await createHappyOrders(ctx);
    const { figures, costs } = await measureHistories(ctx, happyOrder);
    const bareOrder = createBareOrders(ctx, stepsOf(costs[0]?.historyEvents ?? []));
    const bareCost = await readHistoryCost(temporal, await bareOrder());
    say(`  the bare workflow: ${bareCost.events} events, ${bareCost.actions} actions`);
    return [
      await compareThroughput(happyOrder, bareOrder),
      ...figures,
      await compareAccept(instance, `http://127.0.0.1:${barePort}/orders`),
    ];
  } finally {
    await Promise.all([connection.close(), db.$client.end()]);
  }
}

/** The most that any of a few happy orders has cost. */
async function measureHistories(
  { temporal }: AppContext,
  happyOrder: () => Promise<string>,
): Promise<{ figures: Figure[]; costs: HistoryCost[] }> {
  say(`Histories of ${size.histories} happy orders, one after the other`);
  const costs: HistoryCost[] = [];
  for (let made = 0; made < size.histories; made += 1) {
    costs.push(await readHistoryCost(temporal, `order/${await happyOrder()}`));
  }
  const most = (of: 'events' | 'actions' | 'bytes') => Math.max(...costs.map((cost) => cost[of]));
  say(`  at most ${most('events')} events, ${most('actions')} actions, ${most('bytes')} bytes`);
  const figures: Figure[] = [
    { name: 'eventsPerOrder', value: most('events'), unit: 'events', aim: 140, better: 'lower' },
    { name: 'actionsPerOrder', value: most('actions'), unit: 'actions', aim: 60, better: 'lower' },
    { name: 'historyBytesPerOrder', value: most('bytes'), unit: 'bytes', aim: 51_200, better: 'lower' },
  ];
  return { figures, costs };
}

async function compareThroughput(
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<Figure> {
  say(`Completed per second, ${atOnce} at once, ${size.count} a round`);
  const rates = await measureThroughput({ ours, bare }, { ...size, atOnce, say });
  say(`  medians ${median(rates.ours).toFixed(2)} orders/s, bare ${median(rates.bare).toFixed(2)}/s`);
  // Of each pair by itself: a machine that grows slower or faster meanwhile does not show in it.
  const ratios = rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN));
  return { name: 'happyPathRatio', value: rounded(median(ratios)), unit: '×', aim: 0.7, better: 'higher' };
}

async function compareAccept({ ports, settings }: BenchSet['instance'], bareUrl: string): Promise<Figure> {
  say(`Latency of accepting an order, ${size.requests} requests a side, one after the other`);
  const body = () => happyOrderBody(new Date());
  const ours = {
    url: `http://127.0.0.1:${ports.api}/v1/orders`,
    headers: { authorization: `Bearer ${settings.tokens.client}` },
    body,
  };
  const { oursMs, bareMs } = await measureAccept(
    { ours, bare: { url: bareUrl, headers: {}, body } },
    size.requests,
  );
  const [oursMedianMs, bareMedianMs] = [median(oursMs), median(bareMs)];
  say(`  medians ${oursMedianMs.toFixed(1)} ms, bare ${bareMedianMs.toFixed(1)} ms`);
  const value = rounded(oursMedianMs / bareMedianMs);
  return { name: 'acceptRatio', value, unit: '×', aim: 1.5, better: 'lower' };
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000;
}
