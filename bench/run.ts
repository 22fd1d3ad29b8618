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
import { openBeside } from './beside-incidents.js';
import { type Figure, tabulate } from './figures.js';
import { createHappyIncidents } from './happy-incident.js';
import { createHappyOrders, happyOrderBody } from './happy-order.js';
import { measureAccept } from './measure-accept.js';
import { measureSimulate } from './measure-simulate.js';
import { measureThroughput } from './measure-throughput.js';
import { median } from './median.js';
import { type HistoryCost, readHistoryCost, stepsOf } from './read-history.js';

// `npm run bench`: what an order and an incident cost, beside the least that they could cost, on one embedded set of its own.
//   --json FILE   the figures for scripts
//   --quick       a short run while developing: the same figures, less steady
//   --beside N    the order's figures alone, beside N incidents and N orders that are open
const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    quick: { type: 'boolean', default: false },
    beside: { type: 'string' },
  },
});
const size = values.quick
  ? { histories: 2, rounds: 2, count: 16, incidents: 8, requests: 60 }
  : { histories: 6, rounds: 7, count: 40, incidents: 20, requests: 300 };
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
    if (values.beside) await openBeside(ctx, Number(values.beside), say);
    const { figures, costs } = await measureHistories(ctx, happyOrder);
    const bareOrder = createBareOrders(ctx, stepsOf(costs[0]?.historyEvents ?? []));
    const bareCost = await readHistoryCost(temporal, await bareOrder());
    say(`  the bare workflow: ${bareCost.events} events, ${bareCost.actions} actions`);
    const ofOrders = { name: 'happyPathRatio', what: 'orders', count: size.count };
    return [
      await compareThroughput(ofOrders, happyOrder, bareOrder),
      ...figures,
      await compareAccept(instance, `http://127.0.0.1:${barePort}/orders`),
      ...(values.beside ? [] : await measureIncidents(ctx)),
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

/** What an incident costs, beside a bare workflow of as many messages, timers and activities. */
async function measureIncidents(ctx: AppContext): Promise<Figure[]> {
  say('Incidents: a supplier who is late, from report to archive');
  const happyIncident = await createHappyIncidents(ctx);
  const cost = await readHistoryCost(ctx.temporal, `incident/${await happyIncident()}`);
  const steps = stepsOf(cost.historyEvents);
  const bareIncident = createBareOrders(ctx, steps);
  const bareCost = await readHistoryCost(ctx.temporal, await bareIncident());
  say(`  ${steps.length} steps, ${cost.events} events, ${cost.bytes} bytes; bare ${bareCost.events} events`);
  say(`  all built-in playbooks simulated in ${(await measureSimulate(ctx)).toFixed(2)} s`);
  const ofIncidents = { name: 'incidentHappyPathRatio', what: 'incidents', count: size.incidents };
  return [
    await compareThroughput(ofIncidents, happyIncident, bareIncident),
    // An incident has as many messages as its playbook has tasks: what the bare one needs for them is its measure.
    {
      name: 'eventsPerIncident',
      value: cost.events,
      unit: 'events',
      aim: Math.round(bareCost.events * 1.1),
      better: 'lower',
    },
  ];
}

async function compareThroughput(
  { name, what, count }: { name: string; what: string; count: number },
  ours: () => Promise<unknown>,
  bare: () => Promise<unknown>,
): Promise<Figure> {
  say(`Completed per second, ${atOnce} at once, ${count} a round`);
  const rates = await measureThroughput({ ours, bare }, { rounds: size.rounds, count, atOnce, what, say });
  say(`  medians ${median(rates.ours).toFixed(2)} ${what}/s, bare ${median(rates.bare).toFixed(2)}/s`);
  // Of each pair by itself: a machine that grows slower or faster meanwhile does not show in it.
  const ratios = rates.ours.map((rate, round) => rate / (rates.bare[round] ?? Number.NaN));
  return { name, value: rounded(median(ratios)), unit: '×', aim: 0.7, better: 'higher' };
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
