import type { ProcessState } from '../contracts/process.js';
import type {
  AboutStep,
  FireOutcomeOf,
  FireStepOf,
  RecordOutcomeOf,
  RecordStepOf,
} from '../contracts/record.js';
import type { DraftOf, Refusal } from './draft.js';

/** A command of a process: a message of the API or a person, or what the workflow says to itself. */
export interface ProcessCommand {
  name: string;
  /** Unique within the workflow; with the workflow's id it is the key of the record step. */
  id: string;
  /** When it was given. */
  at: string;
}

/** A notice that no channel took, as the workflow says it to itself. */
export interface Undelivered extends ProcessCommand {
  name: 'undelivered';
  step: string;
  since: string;
  /** Of an incident: steps of the playbook whose notices have reached nobody. */
  lost?: string[] | undefined;
  /** Whether people were missed whom no such step is for; without word of it, they were. */
  others?: boolean | undefined;
}

/** A step that the process takes by itself; `key` is unique within the workflow. */
export interface OwnStep<Draft> {
  key: string;
  about: AboutStep;
  draft: Draft;
}

/** What an order and an incident have of their own; all else is the same. Everything here is pure but `record`. */
export interface ProcessSpec<
  Plan extends { number: string },
  State extends ProcessState,
  Change,
  Command extends ProcessCommand,
> {
  plan: Plan;
  /** The state at the start, or what a lost run or the run before has left. */
  state: State;
  /** Steps whose notices a lost run wrote and did not send. */
  unsent: readonly string[];
  /** The record transactions (local activities). */
  record: {
    step(step: RecordStepOf<State, Change>): Promise<RecordOutcomeOf<State>>;
    fire(step: FireStepOf<State>): Promise<FireOutcomeOf<State>>;
  };
  /** The first step, and its name in the step's key. */
  begin(state: State, at: string): { key: string; draft: DraftOf<Plan, State, Change> };
  /** What a command does, or why it is refused. */
  take(state: State, command: Command): DraftOf<Plan, State, Change> | Refusal;
  /** What the record needs to know of a command: its action, who acts, where the words are. */
  about(command: Command): AboutStep;
  /** What it owes by its own state, asked by nobody: a default that is due, a level to rise to. */
  owes?(state: State, at: string): OwnStep<DraftOf<Plan, State, Change>> | undefined;
  /** Deadlines that are over at their due without a breach; what follows is owed by the process itself. */
  lapses?(state: State): string[];
  /** Whether nothing is waited for any more, but for what is under way. */
  isOver(state: State): boolean;
  /** What is still said to one that is over, and changes nothing. */
  passesOver(state: State, command: Command): boolean;
  /** What the Temporal UI shows. */
  details(state: State): string;
  /** Its own search attributes, beside those that every process has. */
  attributes(state: State): Record<string, string[] | number[]>;
  /** Starts a new run that goes on from the state. Never returns. */
  goOn(state: State): Promise<never>;
}
