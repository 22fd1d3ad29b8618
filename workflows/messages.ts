import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ChaseTaskDone } from '../contracts/chase-messages.js';
import type { ChaseState } from '../contracts/chase-state.js';
import type {
  Acknowledge,
  Decide,
  HandOver,
  IncidentTaskDone,
  ParentReviewed,
  Reported,
  Resolve,
  RetryStep,
  SetSeverity,
  SetTeam,
  SkipStep,
} from '../contracts/incident-messages.js';
import type { IncidentState } from '../contracts/incident-state.js';
import type {
  CommandReply,
  CompleteTask,
  Hold,
  LinkIncident,
  RecordProgress,
  Release,
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
/** Holds the order for a reason; several at once, each released by its own id (design §4). */
export const hold = defineUpdate<CommandReply, [Hold]>('hold');
export const release = defineUpdate<CommandReply, [Release]>('release');
/** An incident affects the order. */
export const linkIncident = defineSignal<[LinkIncident]>('linkIncident');
/** What the workflow holds of its order, and what it waits for. */
export const state = defineQuery<OrderState>('state');

/** Messages of an incident; `completeTask` and `state` have the wire names of the order's. */
export const completeIncidentTask = defineUpdate<CommandReply, [IncidentTaskDone]>('completeTask');
export const incidentState = defineQuery<IncidentState>('state');
/** The owner has it; `undo` takes it back (P03.3). */
export const acknowledge = defineUpdate<CommandReply, [Acknowledge]>('acknowledge');
/** An option of a decision that is open, by its step. */
export const decide = defineUpdate<CommandReply, [Decide]>('decide');
/** A person overrules the level (P11.1). */
export const setSeverity = defineUpdate<CommandReply, [SetSeverity]>('setSeverity');
export const skipStep = defineUpdate<CommandReply, [SkipStep]>('skipStep');
export const retryStep = defineUpdate<CommandReply, [RetryStep]>('retryStep');
export const resolve = defineUpdate<CommandReply, [Resolve]>('resolve');
/** The proposed team is confirmed or changed (P12.2). */
export const setTeam = defineUpdate<CommandReply, [SetTeam]>('setTeam');
/** A new owner, with a note (P03.3). */
export const handOver = defineUpdate<CommandReply, [HandOver]>('handOver');
/** A further report joined it. */
export const reported = defineSignal<[Reported]>('reported');

/** Messages of a chase; both have the wire names of the order's. */
export const completeChaseTask = defineUpdate<CommandReply, [ChaseTaskDone]>('completeTask');
export const chaseState = defineQuery<ChaseState>('state');
/** Its parent's word that the review is held, or that there will be none. */
export const parentReviewed = defineSignal<[ParentReviewed]>('parentReviewed');
