import {
  allHandlersFinished,
  CancellationScope,
  condition,
  defineUpdate,
  isCancellation,
  proxyActivities,
  proxyLocalActivities,
  setHandler,
  sleep,
  workflowInfo,
} from '@temporalio/workflow';
import type { BareActivities } from './activities.js';
import { type BareInput, bareUpdate } from './shape.js';

const { insertRow } = proxyLocalActivities<BareActivities>({ startToCloseTimeout: '15 seconds' });
const { sendMail } = proxyActivities<BareActivities>({ startToCloseTimeout: '2 minutes' });

const step = defineUpdate<{ step: number }, [message: unknown]>(bareUpdate);

/** As many messages, timers and activities as an order has, and nothing else: the least such a workflow can cost. */
export async function bareOrder({ steps }: BareInput): Promise<{ steps: number }> {
  const { workflowId } = workflowInfo();
  let taken = 0;
  let mailsUnderWay = 0;
  let timer: CancellationScope | undefined;

  setHandler(step, async (message) => {
    const number = await take(message);
    return { step: number };
  });
  await take({});
  await condition(() => taken === steps.length && mailsUnderWay === 0 && allHandlersFinished());
  return { steps: taken };

  async function take(message: unknown): Promise<number> {
    const number = taken;
    const { mails, rearms } = steps[number] ?? { mails: 0, rearms: false };
    await insertRow({ key: `${workflowId}/${number}`, subject: workflowId, body: message });
    taken += 1;
    for (let mail = 0; mail < mails; mail += 1) {
      mailsUnderWay += 1;
      void sendMail({ key: `${workflowId}/${number}/${mail}` }).finally(() => {
        mailsUnderWay -= 1;
      });
    }
    if (rearms) arm();
    return number;
  }

  function arm(): void {
    timer?.cancel();
    const own = new CancellationScope();
    timer = own;
    own
      .run(() => sleep('4 hours'))
      .catch((error) => {
        if (!isCancellation(error)) throw error;
      });
  }
}
