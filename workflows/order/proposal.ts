import type { TaskGist } from '../../contracts/messages.js';
import { finishTask, openDeadline, Refusal, settleKind } from '../draft.js';
import { askForMeasure, evaluateAgain, offerAlternative, propose } from './asks.js';
import { type Draft, endOrder, enterPhase, tell } from './draft.js';
import type { Signature } from './order-command.js';

type Gist<K extends TaskGist['kind']> = Extract<TaskGist, { kind: K }>;

/** The measure is chosen. A day later than the customer asked for, or agreed to, goes to the customer first. */
export function takeMeasure(draft: Draft, id: string, gist: Gist<'measure'>): void {
  finishTask(draft, id);
  const { next, plan } = draft;
  next.measure = gist.option;
  const agreed = next.promised ?? plan.requestedDelivery;
  const day = gist.promisedDelivery ?? agreed;
  if (day > agreed) {
    offerAlternative(draft, day);
    return;
  }
  next.promised = day;
  propose(draft, gist.option, day);
}

/** The customer answers the alternative: accepted, it becomes the day to promise; declined, the order ends. */
export function takeAlternativeAnswer(draft: Draft, id: string, accept: boolean): void {
  finishTask(draft, id);
  const { next } = draft;
  if (!accept) {
    endOrder(draft, 'declined', 'alternativeDeclined');
    tell(draft, 'orderDeclined', ['customer', 'salesOwner', 'team']);
    return;
  }
  next.promised = next.offered;
  next.offered = null;
  if (next.measure && next.promised) propose(draft, next.measure, next.promised);
  else askForMeasure(draft);
}

/** Signed or rejected. A rejection goes back with its reason: all four departments evaluate once more. */
export function takeSignature(draft: Draft, { proposal, decision }: Signature): Refusal | undefined {
  const { next, plan } = draft;
  const open = next.proposal;
  if (decision !== 'approve' && decision !== 'reject') {
    return new Refusal('invalid-input', 'decision must be "approve" or "reject"');
  }
  if (next.phase !== 'signing' || !open) {
    return new Refusal('no-open-proposal', `order ${plan.number} has no proposal to sign`);
  }
  if (proposal !== undefined && proposal !== open) {
    return new Refusal('stale-proposal', `${proposal} is not open; the one now open is ${open}`);
  }
  draft.changes.push({ do: 'decideProposal', id: open, decision });
  next.proposal = null;
  finishSignOffTasks(draft);
  if (decision === 'reject') {
    next.measure = null;
    next.promised = null;
    const tasks = evaluateAgain(draft, plan.departments);
    tell(draft, 'signOffRejected', [{ assigneesOf: tasks }, 'teamLead'], { proposal: open });
    return undefined;
  }
  confirm(draft, open);
  return undefined;
}

function finishSignOffTasks(draft: Draft): void {
  for (const [id, task] of Object.entries(draft.next.tasks)) {
    if (task.kind !== 'signOff') continue;
    delete draft.next.tasks[id];
    draft.changes.push({ do: 'finishTask', id });
  }
}

/** The confirmation reply goes out: what was promised, who signed (P07.6). The production plan is issued, red (P07.3). */
function confirm(draft: Draft, proposal: string): void {
  settleKind(draft, 'confirmation', 'met');
  enterPhase(draft, 'executing');
  const promised = draft.next.promised ?? draft.plan.requestedDelivery;
  openDeadline(draft, 'delivery', { promised });
  tell(draft, 'orderConfirmed', ['customer'], { proposal });
  tell(draft, 'productionPlanIssued', ['team', 'logistics'], { proposal });
}
