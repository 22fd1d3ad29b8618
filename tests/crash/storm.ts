import { postUntilAnswered, urgentOrder } from '../support/act-by-http.js';
import type { ProcessSet, SetPart } from '../support/process-set.js';
import { createSeeded } from './seeded.js';

/** What dies, how often, while the orders of one storm arrive. */
export interface Storm {
  seed: number;
  orders: number;
  /** Over how long the orders arrive and the crashes are spread. */
  overMs: number;
  crashes: readonly SetPart[];
}

/** One order as its client saw it. */
export interface Arrival {
  key: string;
  buyer: string;
  /** The number in the 201, each time the request was sent again until there was one. */
  number: string;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Lets orders arrive by HTTP, at moments of the seed, while parts are killed −9 and started again at others. Each client
 * repeats its request with the same key until it is answered; every fifth repeats it once more afterwards, as a client
 * does whose answer got lost. Resolves when all are answered and all parts are up again; says what happened when.
 */
export async function letOrdersArrive(
  set: ProcessSet,
  storm: Storm,
): Promise<{ arrivals: Arrival[]; log: string[] }> {
  const next = createSeeded(storm.seed);
  const began = Date.now();
  const log: string[] = [];
  const say = (what: string) => log.push(`${Date.now() - began} ms ${what}`);

  const clients = Array.from({ length: storm.orders }, (_, index) => ({
    buyer: `buyer-${storm.seed}-${index}`,
    atMs: next() * storm.overMs,
  }));
  const crashes = storm.crashes
    .map((part) => ({ part, atMs: (0.1 + 0.8 * next()) * storm.overMs }))
    .sort((a, b) => a.atMs - b.atMs);

  const arrive = async ({ buyer, atMs }: { buyer: string; atMs: number }): Promise<Arrival> => {
    await pause(atMs);
    const key = `key-${buyer}`;
    const order = urgentOrder(buyer);
    const send = () => postUntilAnswered(set, 'client', '/v1/orders', order, { key });
    const answer = await send();
    if (answer.status !== 201) throw new Error(`${buyer}: ${answer.status} ${JSON.stringify(answer.body)}`);
    const number = String(answer.body.number);
    if (Number(buyer.split('-')[2]) % 5 === 0) {
      const again = await send();
      if (again.status !== 201 || again.body.number !== number) {
        throw new Error(`${buyer} got ${number}, and for the same request ${JSON.stringify(again.body)}`);
      }
    }
    return { key, buyer, number };
  };

  // One part at a time: a part is killed again only when it is up again.
  const strike = async () => {
    for (const { part, atMs } of crashes) {
      await pause(Math.max(0, atMs - (Date.now() - began)));
      say(`kill -9 ${part}`);
      await set.kill(part);
      await set.start(part);
      say(`${part} is up`);
      // What was not killed lives through it: there is nobody here who would start it again.
      for (const other of set.running) {
        const how = await set.how(other);
        if (how) throw new Error(`${other} ${how} after the kill of ${part}`);
      }
    }
  };

  const [arrivals] = await Promise.all([Promise.all(clients.map(arrive)), strike()]);
  say('all answered');
  return { arrivals, log };
}
