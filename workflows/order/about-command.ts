import type { RecordStep } from '../../contracts/record.js';
import type { OrderCommand } from './order-command.js';

/** The machine word a command stands by in audit log and timeline. */
export function actionOf(command: OrderCommand): string {
  return command.name === 'completeTask' ? command.gist.kind : command.name;
}

/** What the record needs to find the words and to check the person. */
export function wordsOf(
  command: OrderCommand,
): Pick<RecordStep, 'actor' | 'command' | 'task' | 'note' | 'detail'> {
  if (command.name === 'undelivered') return { detail: { step: command.step } };
  const { actor } = command;
  switch (command.name) {
    case 'completeTask':
      return { actor, command: command.id, task: command.task, detail: { gist: command.gist } };
    case 'signOff': {
      const { decision, proposal, note, byHand } = command;
      return { actor, command: byHand ? undefined : command.id, note, detail: { decision, proposal } };
    }
    case 'recordProgress':
      return { actor, command: command.id, detail: { milestone: command.milestone, done: command.done } };
    case 'hold': {
      const { reason, owner, incident, step } = command;
      return { actor, command: command.id, detail: { reason, owner, incident, step } };
    }
    case 'release': {
      const { hold, incident, step } = command;
      return { actor, command: command.id, detail: { hold, incident, step } };
    }
    case 'linkIncident':
      return { actor, command: command.id, detail: { incident: command.incident } };
    case 'replan':
      return { actor, command: command.id, detail: { class: command.class, grade: command.grade } };
  }
}
