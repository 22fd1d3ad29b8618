import {
  allHandlersFinished,
  condition,
  setCurrentDetails,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CommandReply } from '../contracts/messages.js';
import type { ProcessState } from '../contracts/process.js';
import type { AboutStep, AdoptionOf } from '../contracts/record.js';
import { createInbox } from './commands.js';
import { createAlarm, nextInstant, now, passed } from './deadlines.js';
import { type DraftOf, Refusal } from './draft.js';
import { createNoticeSender } from './notices.js';
import type { ProcessCommand, ProcessSpec, Undelivered } from './process-spec.js';

/**
 * The process of an order or an incident (design §3): it keeps its own deadlines and escalates by itself, and one loop
 * takes commands and instants in the order of time. `inbox` is for the workflow's handlers.
 */
export function createProcess<
  Plan extends { number: string },
  State extends ProcessState,
  Change,
  Command extends ProcessCommand,
>(spec: ProcessSpec<Plan, State, Change, Command>) {
  const { plan, record } = spec;
  const { workflowId, runId } = workflowInfo();
  let state = spec.state;
  let looks = 0;
  const inbox = createInbox<Command, CommandReply>();
  const alarm = createAlarm();
  const notices = createNoticeSender((step, since, result) => {
    const undelivered: Undelivered = {
      name: 'undelivered',
      id: `undelivered/${step}`,
      at: now(),
      step,
      since,
      lost: result?.lost,
      others: !result?.failed.every((key) => result.lost?.some((part) => key.includes(`/${part}/`))),
    };
    inbox.push(undelivered as ProcessCommand as Command);
  });

  return { inbox, state: () => state, run };

  /** Runs to the end. Handlers are to be set before: buffered messages come at once. */
  async function run(): Promise<State> {
    for (const step of spec.unsent) notices.send(step, 'notify: left by a run that was lost');
    if (!state.begun) await begin();
    do {
      while (!spec.isOver(state)) {
        alarm.set(nextInstant(state.deadlines));
        setCurrentDetails(spec.details(state));
        await condition(() => !inbox.isEmpty() || alarm.rang() || owed() !== undefined || mayContinueAsNew());
        if (mayContinueAsNew()) await spec.goOn(state);
        const command = inbox.peek();
        // What was due before the command was given comes first; what falls due after it, after it (design §6).
        const until = command && command.at < now() ? command.at : now();
        const due = passed(state.deadlines, until);
        if (due.length > 0) await passInstants(due, until);
        const own = owed();
        if (own) await put(own.draft, `${workflowId}/${own.key}`, own.about);
        else if (command) await handle(command);
      }
      setCurrentDetails(spec.details(state));
      await windUp();
    } while (!spec.isOver(state));
    return state;
  }

  function owed() {
    return spec.owes?.(state, now());
  }

  /** A long history is cut where nothing is under way: a message that waited here would be lost with its handler. */
  function mayContinueAsNew(): boolean {
    const isIdle = inbox.isEmpty() && !alarm.rang() && !owed() && notices.isIdle() && allHandlersFinished();
    return workflowInfo().continueAsNewSuggested && isIdle;
  }

  async function begin(): Promise<void> {
    const { key, draft } = spec.begin(state, now());
    await put(draft, `${workflowId}/${key}`, { action: 'begin' });
  }

  async function handle(command: Command): Promise<void> {
    const step = spec.take(state, command);
    const about = spec.about(command);
    const refusal = await put(step, `${workflowId}/${command.id}`, about);
    if (refusal === 'again') return; // The record was ahead: the same command is taken once more, on its state.
    if (refusal) inbox.refuse(refusal);
    else inbox.reply(replyOf(about.task, state, state.version));
  }

  /** One record transaction; what it tells goes out beside the flow. */
  async function put(
    step: DraftOf<Plan, State, Change> | Refusal,
    key: string,
    about: AboutStep,
  ): Promise<'again' | { code: string; detail: string } | undefined> {
    const refused = step instanceof Refusal;
    const next = refused ? state : withEvent(step.next, step.at, about.task ?? about.action);
    const outcome = await record.step({
      ...about,
      key,
      number: plan.number,
      workflowRunId: runId,
      at: refused ? now() : step.at,
      version: state.version,
      refusal: refused ? { code: step.code, detail: step.detail } : undefined,
      changes: refused ? [] : step.changes,
      reply: about.command ? replyOf(about.task, next, state.version + 1) : undefined,
      next,
    });
    if (outcome.outcome === 'adopt') {
      adopt(outcome);
      return 'again';
    }
    if (outcome.outcome === 'refused') return { code: outcome.code, detail: outcome.detail };
    // Recorded by an earlier run, whose state this one carries: the same update id once more changes nothing.
    if (outcome.version <= state.version) return undefined;
    const before = state;
    const { version, opened, learnt } = outcome;
    state = { ...next, ...learnt, version, deadlines: [...next.deadlines, ...opened] };
    if (outcome.tells) notices.send(key, `notify: ${about.task ?? about.action}`);
    showAttributes(before);
    return undefined;
  }

  /** Warnings, breaches and rungs up to an instant. Nobody triggers them; each fires exactly once (design §6). */
  async function passInstants(deadlines: string[], until: string): Promise<void> {
    looks += 1;
    const key = `${workflowId}/${runId}/look.${looks}`;
    const outcome = await record.fire({
      key,
      number: plan.number,
      workflowRunId: runId,
      now: until,
      version: state.version,
      deadlines,
      lapses: spec.lapses?.(state),
      state,
      isIdle: inbox.isEmpty(),
    });
    if (outcome.outcome === 'adopt') return adopt(outcome);
    if (outcome.outcome === 'wait') {
      // Somebody acted in time, and the message is on its way: it is taken before the clock's next look.
      await condition(() => !inbox.isEmpty(), '2 seconds');
      return;
    }
    const before = state;
    state = outcome.state;
    if (outcome.tells) notices.send(key, `notify: ${outcome.what}`);
    showAttributes(before);
  }

  /** What another run has done is known now: the Temporal UI shows it, and who has not been told of it is. */
  function adopt({ state: adopted, unsent }: AdoptionOf<State>): void {
    const before = state;
    state = adopted;
    // Histories from before the record said what is left did neither.
    if (!unsent) return;
    for (const step of unsent) notices.send(step, 'notify: left by another run');
    showAttributes(before);
  }

  /** They change with what is the process's own and the first breach only: each upsert is an event. */
  function showAttributes(before: State): void {
    const own = (of: State) => ({ ...spec.attributes(of), Breached: [of.breached] });
    if (JSON.stringify(own(before)) === JSON.stringify(own(state))) return;
    const next = state.deadlines.map(({ dueAt }) => dueAt).sort()[0];
    upsertSearchAttributes({ ...own(state), DueAt: next ? [new Date(next)] : [] });
  }

  /** What a command's caller is answered. `recorded`: a task that goes on, such as an attempt at reaching the customer. */
  function replyOf(task: string | undefined, { phase, tasks }: State, version: number): CommandReply {
    return { number: plan.number, phase, version, task, state: task && tasks[task] ? 'recorded' : 'done' };
  }

  /** Nothing is cut off: every notice has its result, every caller its answer. */
  async function windUp(): Promise<void> {
    while (spec.isOver(state)) {
      await condition(() => !inbox.isEmpty() || (notices.isIdle() && allHandlersFinished()));
      const command = inbox.peek();
      if (!command) return;
      if (spec.passesOver(state, command)) inbox.reply(replyOf(undefined, state, state.version));
      else await handle(command);
    }
  }
}

function withEvent<State extends ProcessState>(state: State, at: string, what: string): State {
  return { ...state, events: [...state.events, { at, what }].slice(-3) };
}
