import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type {
  CommandReply,
  CompleteTask,
  RecordProgress,
  Replan,
  SignOff,
  SignOffByHand,
} from '../contracts/messages.js';
import type { OrderState } from '../contracts/order-state.js';

/** Every human step but the signature is finished by this one (design §3.4). */
export const completeTask = defineUpdate<CommandReply, [CompleteTask]>('completeTask');
/** The vice president's word, from the API, or typed by hand in the Temporal UI or CLI. */
export const signOff = defineUpdate<CommandReply, [SignOff | SignOffByHand]>('signOff');
/** The same by signal, which means the proposal now open; a refusal is on the record, not answered. */
export const signOffSignal = defineSignal<[SignOff | SignOffByHand]>('signOff');
export const recordProgress = defineUpdate<CommandReply, [RecordProgress]>('recordProgress');
/** A manager overrules the assessment. */
export const replan = defineUpdate<CommandReply, [Replan]>('replan');
/** What the workflow holds of its order, and what it waits for. */
export const state = defineQuery<OrderState>('state');
