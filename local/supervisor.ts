import type { Part } from './part.js';
import { endProcess } from './processes.js';
import type { PartName } from './run-file.js';
import type { Say } from './sentence.js';

export type PartPlan = {
  name: PartName;
  /** Starts the part and resolves when it serves; tells its process id as soon as there is one. */
  start: (onSpawn: (pid: number) => void) => Promise<Part>;
  stopSignal?: NodeJS.Signals;
};

export type Supervisor = {
  /** Starts a part and, once it serves, starts it again whenever it ends. Throws when the first start fails. */
  keep: (plan: PartPlan) => Promise<void>;
  /** Ends these parts for good, each within this time. */
  stop: (names: readonly PartName[], withinMs: number) => Promise<void>;
};

const shortestPauseMs = 250;
const longestPauseMs = 10_000;
// A part that ran this long and then ended is not one that cannot start.
const settledAfterMs = 60_000;

/** Keeps parts running. `onPid` hears of every process that is started. */
export function createSupervisor(say: Say, onPid: (name: PartName, pid: number) => void): Supervisor {
  const running = new Map<PartName, { pid: number; signal: NodeJS.Signals }>();
  const stopping = new Set<PartName>();

  const start = ({ name, start, stopSignal = 'SIGTERM' }: PartPlan) => {
    if (stopping.has(name)) throw new Error(`${name} was stopped`);
    return start((pid) => {
      running.set(name, { pid, signal: stopSignal });
      onPid(name, pid);
      // Stopped in the very moment of its start.
      if (stopping.has(name)) void endProcess(pid, stopSignal, 1_000);
    });
  };

  async function restart(plan: PartPlan, pauseMs: number): Promise<Part | undefined> {
    for (let pause = pauseMs; ; pause = Math.min(pause * 2, longestPauseMs)) {
      await new Promise((resolve) => setTimeout(resolve, pause));
      if (stopping.has(plan.name)) return undefined;
      try {
        const part = await start(plan);
        say(`${plan.name} is back`);
        return part;
      } catch (error) {
        if (!stopping.has(plan.name)) say(`${plan.name} does not start: ${(error as Error).message}`);
      }
    }
  }

  async function watch(plan: PartPlan, first: Part): Promise<void> {
    let pause = shortestPauseMs;
    for (let part: Part | undefined = first; part; ) {
      const since = Date.now();
      const how = await part.ended;
      if (stopping.has(plan.name)) return;
      say(`${plan.name} ${how}; starting it again (${part.logFile})`);
      pause = Date.now() - since > settledAfterMs ? shortestPauseMs : Math.min(pause * 2, longestPauseMs);
      part = await restart(plan, pause);
    }
  }

  return {
    async keep(plan) {
      const part = await start(plan);
      void watch(plan, part);
    },
    async stop(names, withinMs) {
      for (const name of names) stopping.add(name);
      await Promise.all(
        names.map(async (name) => {
          const process = running.get(name);
          if (process) await endProcess(process.pid, process.signal, withinMs);
        }),
      );
    },
  };
}
