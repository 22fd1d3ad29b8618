import { continueAsNew, setHandler } from '@temporalio/workflow';
import { chaseTaskDoneSchema } from '../contracts/chase-messages.js';
import type { ChaseInput } from '../contracts/chase-state.js';
import { aboutCommand } from './chase/about-command.js';
import { beginChase, initialState } from './chase/begin.js';
import { describeChase } from './chase/details.js';
import { type ChaseCommand, takeCommand } from './chase/take-command.js';
import * as messages from './messages.js';
import { createProcess } from './process.js';
import { record } from './record.js';
import { refuseUnreadable } from './refuse-unreadable.js';

/** How a chase ended. */
export interface ChaseResult {
  number: string;
  phase: string;
}

/** 跟催: one task, its deadline, its ladder, for what has no process of its own (design §3.4). */
export async function chase({ plan, resume, unsent = [] }: ChaseInput): Promise<ChaseResult> {
  const process = createProcess({
    plan,
    state: resume ?? initialState(plan),
    unsent,
    record: { step: record.recordChaseStep, fire: record.fireChaseInstants },
    begin: (state, at) => ({ key: 'begin/1', draft: beginChase(plan, state, at) }),
    take: (state, command: ChaseCommand) => takeCommand(plan, state, command),
    about: aboutCommand,
    // One that is over still waits for who must be told by other means.
    isOver: (state) => state.phase !== 'open' && Object.keys(state.tasks).length === 0,
    passesOver: () => false,
    details: (state) => describeChase(plan, state),
    attributes: () => ({}),
    goOn: (state) => continueAsNew<typeof chase>({ plan, resume: state }),
  });

  // Buffered messages run at these very lines: the state stands before them.
  setHandler(messages.chaseState, process.state);
  setHandler(
    messages.completeChaseTask,
    (message) => process.inbox.ask({ name: 'completeTask', ...message }),
    { validator: refuseUnreadable(chaseTaskDoneSchema) },
  );

  const { phase } = await process.run();
  return { number: plan.number, phase };
}
