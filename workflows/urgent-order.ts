import {
  ApplicationFailure,
  allHandlersFinished,
  condition,
  continueAsNew,
  currentUpdateInfo,
  proxyLocalActivities,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import { z } from 'zod';
import type { Activities } from '../activities/index.js';
import {
  type CommandReply,
  completeTaskSchema,
  recordProgressSchema,
  replanSchema,
  signOffByHandSchema,
  signOffSchema,
} from '../contracts/messages.js';
import type { OrderState, UrgentOrderInput, UrgentOrderResult } from '../contracts/order-state.js';
import type { Adoption, RecordStep } from '../contracts/record.js';
import { ENDED_PHASES } from '../domain/order/terms/shape.js';
import { createInbox } from './commands.js';
import { createAlarm, nextInstant, now, passed } from './deadlines.js';
import { Refusal } from './draft.js';
import * as messages from './messages.js';
import { createNoticeSender } from './notices.js';
import { actionOf, wordsOf } from './order/about-command.js';
import { beginOrder, initialState } from './order/begin.js';
import { describeOrder } from './order/details.js';
import type { Draft } from './order/draft.js';
import type { OrderCommand } from './order/order-command.js';
import { signatureByHand } from './order/signature-by-hand.js';
import { takeCommand } from './order/take-command.js';

/** Short transactions on the record. While Postgres is away they are retried until it is back (design §3.1). */
const record = proxyLocalActivities<Activities>({
  startToCloseTimeout: '15 seconds',
  localRetryThreshold: '1 minute',
  retry: { initialInterval: '200 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

/**
 * 紧急订单处理流程: departments are told and evaluate (P07.1–5), manufacturing picks a measure, the vice president signs
 * (P07.6), the plan is carried out (P07.7–8) and the customer confirms delivery (P05.6). It keeps its own deadlines and
 * escalates by itself. One loop takes commands and instants in the order of time.
 */
export async function urgentOrder({
  plan,
  resume,
  unsent = [],
}: UrgentOrderInput): Promise<UrgentOrderResult> {
  let order = resume ?? initialState(plan);
  const { workflowId, runId } = workflowInfo();
  let looks = 0;
  let signals = 0;
  const inbox = createInbox<OrderCommand, CommandReply>();
  const alarm = createAlarm();
  const notices = createNoticeSender((step, since) =>
    inbox.push({ name: 'undelivered', id: `undelivered/${step}`, at: now(), step, since }),
  );

  // Buffered messages run at these very lines: the state stands before them.
  setHandler(messages.state, () => order);
  setHandler(messages.completeTask, (message) => inbox.ask({ name: 'completeTask', ...message }), {
    validator: refuseUnreadable(completeTaskSchema),
  });
  setHandler(messages.recordProgress, (message) => inbox.ask({ name: 'recordProgress', ...message }), {
    validator: refuseUnreadable(recordProgressSchema),
  });
  setHandler(messages.replan, (message) => inbox.ask({ name: 'replan', ...message }), {
    validator: refuseUnreadable(replanSchema),
  });
  setHandler(
    messages.signOff,
    (message) => {
      const { success, data } = signOffSchema.safeParse(message);
      const id = `${runId}/update.${currentUpdateInfo()?.id}`;
      return inbox.ask({
        name: 'signOff',
        ...(success ? { ...data, byHand: false } : signatureByHand(message, id)),
      });
    },
    { validator: refuseUnreadable(z.union([signOffSchema, signOffByHandSchema])) },
  );
  // Our own messages are updates: whatever comes as a signal was typed by hand, however it looks.
  setHandler(messages.signOffSignal, (message) => {
    signals += 1;
    inbox.push({ name: 'signOff', ...signatureByHand(message, `${runId}/signal.${signals}`) });
  });

  for (const step of unsent) notices.send(step, 'notify: left by a run that was lost');
  if (!order.begun) await begin();
  do {
    while (!isOver()) {
      alarm.set(nextInstant(order.deadlines));
      setCurrentDetails(describeOrder(plan, order));
      await condition(() => !inbox.isEmpty() || alarm.rang() || mayContinueAsNew());
      if (mayContinueAsNew()) await continueAsNew<typeof urgentOrder>({ plan, resume: order });
      const command = inbox.peek();
      // What was due before the command was given comes first; what falls due after it, after it (design §6).
      const until = command && command.at < now() ? command.at : now();
      const due = passed(order.deadlines, until);
      if (due.length > 0) await passInstants(due, until);
      if (command) await handle(command);
    }
    setCurrentDetails(describeOrder(plan, order));
    await windUp();
  } while (!isOver());
  return { number: plan.number, phase: order.phase };

  /** An order that has ended still waits for who must be told of it by other means: it never ends in silence. */
  function isOver(): boolean {
    return hasLeft(order) && (order.class === 'normal' || Object.keys(order.tasks).length === 0);
  }

  /** A long history is cut where nothing is under way: a message that waited here would be lost with its handler. */
  function mayContinueAsNew(): boolean {
    const isIdle = inbox.isEmpty() && !alarm.rang() && notices.isIdle() && allHandlersFinished();
    return workflowInfo().continueAsNewSuggested && isIdle;
  }

  /** Departments are told and the production team of seven is named, at once (P07.1–2). */
  async function begin(): Promise<void> {
    const draft = beginOrder(plan, order, now());
    await put(draft, { key: `${workflowId}/begin/${plan.planNumber}`, action: 'begin' });
  }

  async function handle(command: OrderCommand): Promise<void> {
    const step = takeCommand(plan, order, command);
    const key = `${workflowId}/${command.id}`;
    const refusal = await put(step, { key, action: actionOf(command), ...wordsOf(command) });
    if (refusal === 'again') return; // The record was ahead: the same command is taken once more, on its state.
    if (refusal) inbox.refuse(refusal);
    else inbox.reply(replyTo(command));
  }

  /** One record transaction; what it tells goes out beside the flow. */
  async function put(
    step: Draft | Refusal,
    about: Pick<RecordStep, 'key' | 'action' | 'actor' | 'command' | 'task' | 'note' | 'detail'>,
  ): Promise<'again' | { code: string; detail: string } | undefined> {
    const refused = step instanceof Refusal;
    const next = refused ? order : withEvent(step.next, step.at, about.task ?? about.action);
    const outcome = await record.recordStep({
      ...about,
      order: plan.number,
      workflowRunId: runId,
      at: refused ? now() : step.at,
      version: order.version,
      refusal: refused ? { code: step.code, detail: step.detail } : undefined,
      changes: refused ? [] : step.changes,
      reply: about.command ? replyOf(about.task, next, order.version + 1) : undefined,
      next,
    });
    if (outcome.outcome === 'adopt') {
      adopt(outcome);
      return 'again';
    }
    if (outcome.outcome === 'refused') return { code: outcome.code, detail: outcome.detail };
    // Recorded by an earlier run, whose state this one carries: the same update id once more changes nothing.
    if (outcome.version <= order.version) return undefined;
    const before = order;
    order = { ...next, version: outcome.version, deadlines: [...next.deadlines, ...outcome.opened] };
    if (outcome.tells) notices.send(about.key, `notify: ${about.task ?? about.action}`);
    showPhase(before);
    return undefined;
  }

  /** Warnings, breaches and rungs up to an instant. Nobody triggers them; each fires exactly once (design §6). */
  async function passInstants(deadlines: string[], until: string): Promise<void> {
    looks += 1;
    const key = `${workflowId}/${runId}/look.${looks}`;
    const outcome = await record.fireInstants({
      key,
      order: plan.number,
      workflowRunId: runId,
      now: until,
      version: order.version,
      deadlines,
      state: order,
      isIdle: inbox.isEmpty(),
    });
    if (outcome.outcome === 'adopt') return adopt(outcome);
    if (outcome.outcome === 'wait') {
      // Somebody acted in time, and the message is on its way: it is taken before the clock's next look.
      await condition(() => !inbox.isEmpty(), '2 seconds');
      return;
    }
    const before = order;
    order = outcome.state;
    if (outcome.tells) notices.send(key, `notify: ${outcome.what}`);
    showPhase(before);
  }

  /** What another run has done is known now: the Temporal UI shows it, and who has not been told of it is. */
  function adopt({ state, unsent: left }: Adoption): void {
    const before = order;
    order = state;
    // Histories from before the record said what is left did neither.
    if (!left) return;
    for (const step of left) notices.send(step, 'notify: left by another run');
    showPhase(before);
  }

  /** Search attributes change with the phase and the first breach only: each upsert is an event. */
  function showPhase(before: OrderState): void {
    if (before.phase === order.phase && before.breached === order.breached && before.class === order.class)
      return;
    upsertSearchAttributes({
      OrderPhase: [order.phase],
      OrderClass: [order.class],
      Breached: [order.breached],
      DueAt: dueAt(order),
    });
  }

  /** Nothing is cut off: every notice has its result, every caller its answer. */
  async function windUp(): Promise<void> {
    while (isOver()) {
      await condition(() => !inbox.isEmpty() || (notices.isIdle() && allHandlersFinished()));
      const command = inbox.peek();
      if (!command) return;
      // A normal order has no process any more, and may get a new one at any moment.
      if (command.name === 'undelivered' && order.class === 'normal') inbox.reply(replyTo(command));
      else await handle(command);
    }
  }

  function replyTo(command: OrderCommand): CommandReply {
    return replyOf(command.name === 'completeTask' ? command.task : undefined, order, order.version);
  }

  /** `recorded`: a task that goes on, such as an attempt at reaching the customer. */
  function replyOf(task: string | undefined, { phase, tasks }: OrderState, version: number): CommandReply {
    const state = task && tasks[task] ? ('recorded' as const) : ('done' as const);
    return { number: plan.number, phase, version, task, state };
  }
}

/** An update that cannot be read is refused before it is in history: anybody may type one into Temporal's CLI. */
function refuseUnreadable(schema: z.ZodType): (message: unknown) => void {
  return (message) => {
    const { error } = schema.safeParse(message);
    if (error) throw ApplicationFailure.nonRetryable(z.prettifyError(error), 'invalid-input');
  };
}

function withEvent(state: OrderState, at: string, what: string): OrderState {
  return { ...state, events: [...state.events, { at, what }].slice(-3) };
}

function dueAt(order: OrderState): Date[] {
  const next = order.deadlines.map((deadline) => deadline.dueAt).sort()[0];
  return next ? [new Date(next)] : [];
}

/** Ended, or back to being a normal order, which has no workflow. */
function hasLeft(order: OrderState): boolean {
  return order.class === 'normal' || (ENDED_PHASES as readonly string[]).includes(order.phase);
}
