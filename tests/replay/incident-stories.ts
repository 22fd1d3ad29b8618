import { reportIncident } from '../../app/incidents/report-incident.js';
import { submitCommand } from '../../app/submit-command.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { playbookSchema, type Severity } from '../../domain/playbooks/shape.js';
import { type Confirmation, walkIncident } from '../workflows/incident-walk.js';
import { planWalks } from '../workflows/incident-walk-plan.js';
import type { Rig } from '../workflows/rig.js';

const hourMs = 3_600_000;

async function walked(
  rig: Rig,
  type: string,
  level: Severity,
  outcome: Confirmation = 'activate',
): Promise<string> {
  const source = BUILT_IN_PLAYBOOKS.find((one) => one.type === type);
  const playbook = playbookSchema.parse(source);
  const [walk] = planWalks(playbook, level);
  if (!walk) throw new Error(`no walk through ${type}`);
  return (await walkIncident(rig, { playbook, walk, outcome })).number;
}

async function report(rig: Rig, severity: Severity): Promise<string> {
  await rig.sync();
  const { number } = await reportIncident(rig.ctx, {
    principal: await rig.personById('xiao.peng'),
    body: { type: 'order-error', summary: '型号与订单不符', severity },
  });
  return number;
}

/** Each shape a released incident's history has; a story answers the number of its incident. */
export const incidentStories: Record<string, (rig: Rig) => Promise<string>> = {
  'incident-level-1': (rig) => walked(rig, 'stock-shortage', 1),
  'incident-level-3': (rig) => walked(rig, 'wrong-shipment', 3),
  'incident-false-alarm': (rig) => walked(rig, 'server-failure', 2, 'falseAlarm'),

  async 'incident-to-the-top'(rig) {
    const number = await report(rig, 3);
    await rig.waitFor('the begin', async () => (await rig.audit(number)).length > 1);
    await rig.skip(5 * hourMs);
    await rig.waitFor('the top', async () => (await rig.settled(`${number}.confirm`, 'rung')).length >= 8);
    return number;
  },
};

/** On a server that cuts histories early: the run that ends where another goes on. */
export async function continuedIncident(rig: Rig): Promise<{ workflowId: string; runId: string }> {
  const number = await report(rig, 1);
  const workflowId = `incident/${number}`;
  await rig.waitFor('the begin', async () => (await rig.audit(number)).length > 1);
  const runOf = async () => (await rig.environment.client.workflow.getHandle(workflowId).describe()).runId;
  const runId = await runOf();
  const principal = await rig.person('emergencyManager');
  for (let said = 0; (await runOf()) === runId; said += 1) {
    if (said > 60) throw new Error(`${number} is not cut`);
    await rig.sync();
    const about = { route: 'test acknowledge', key: undefined, body: {}, target: workflowId };
    await submitCommand(rig.ctx, {
      ...about,
      principal,
      name: 'acknowledge',
      message: { undo: said % 2 === 1 },
    });
  }
  return { workflowId, runId };
}
