import type { ChasePlan } from '../../contracts/chase-state.js';
import { addCommand } from '../record/add-command.js';
import type { ProcessContext } from '../record/step-context.js';

/** The start of a chase that a step of another process opens; written with the step, delivered by the relay. */
export function startChase(context: ProcessContext, plan: ChasePlan): void {
  const target = `chase/${plan.number}`;
  addCommand(context, { kind: 'start', target, name: 'chase', part: target, payload: { plan } });
}
