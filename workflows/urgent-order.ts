import { continueAsNew, currentUpdateInfo, setHandler, workflowInfo } from '@temporalio/workflow';
import { z } from 'zod';
import {
  completeTaskSchema,
  holdSchema,
  linkIncidentSchema,
  recordProgressSchema,
  releaseSchema,
  replanSchema,
  signOffByHandSchema,
  signOffSchema,
} from '../contracts/messages.js';
import type { UrgentOrderInput, UrgentOrderResult } from '../contracts/order-state.js';
import * as messages from './messages.js';
import { actionOf, wordsOf } from './order/about-command.js';
import { beginOrder, initialState } from './order/begin.js';
import { describeOrder } from './order/details.js';
import { hasEnded } from './order/draft.js';
import type { OrderCommand } from './order/order-command.js';
import { signatureByHand } from './order/signature-by-hand.js';
import { takeCommand } from './order/take-command.js';
import { createProcess } from './process.js';
import { record } from './record.js';
import { refuseUnreadable } from './refuse-unreadable.js';

/**
 * 紧急订单处理流程: departments are told and evaluate (P07.1–5), manufacturing picks a measure, the vice president signs
 * (P07.6), the plan is carried out (P07.7–8) and the customer confirms delivery (P05.6).
 */
export async function urgentOrder({
  plan,
  resume,
  unsent = [],
}: UrgentOrderInput): Promise<UrgentOrderResult> {
  const { runId } = workflowInfo();
  let signals = 0;
  const process = createProcess({
    plan,
    state: resume ?? initialState(plan),
    unsent,
    record: { step: record.recordStep, fire: record.fireInstants },
    // Departments are told and the production team of seven is named, at once (P07.1–2).
    begin: (state, at) => ({ key: `begin/${plan.planNumber}`, draft: beginOrder(plan, state, at) }),
    take: (state, command: OrderCommand) => takeCommand(plan, state, command),
    about: (command) => ({ action: actionOf(command), ...wordsOf(command) }),
    // An order that has ended still waits for who must be told of it by other means: it never ends in silence.
    isOver: (state) => hasEnded(state) && (state.class === 'normal' || Object.keys(state.tasks).length === 0),
    // A normal order has no process any more, and may get a new one at any moment.
    passesOver: (state, command) => command.name === 'undelivered' && state.class === 'normal',
    details: (state) => describeOrder(plan, state),
    attributes: (state) => ({ OrderPhase: [state.phase], OrderClass: [state.class] }),
    goOn: (state) => continueAsNew<typeof urgentOrder>({ plan, resume: state }),
  });
  const { inbox } = process;

  // Buffered messages run at these very lines: the state stands before them.
  setHandler(messages.state, process.state);
  setHandler(messages.completeTask, (message) => inbox.ask({ name: 'completeTask', ...message }), {
    validator: refuseUnreadable(completeTaskSchema),
  });
  setHandler(messages.recordProgress, (message) => inbox.ask({ name: 'recordProgress', ...message }), {
    validator: refuseUnreadable(recordProgressSchema),
  });
  setHandler(messages.replan, (message) => inbox.ask({ name: 'replan', ...message }), {
    validator: refuseUnreadable(replanSchema),
  });
  setHandler(messages.hold, (message) => inbox.ask({ name: 'hold', ...message }), {
    validator: refuseUnreadable(holdSchema),
  });
  setHandler(messages.release, (message) => inbox.ask({ name: 'release', ...message }), {
    validator: refuseUnreadable(releaseSchema),
  });
  // What cannot be read says nothing; whether the rest came from an incident, the record knows.
  setHandler(messages.linkIncident, (message) => {
    if (linkIncidentSchema.safeParse(message).success) inbox.push({ name: 'linkIncident', ...message });
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

  const { phase } = await process.run();
  return { number: plan.number, phase };
}
