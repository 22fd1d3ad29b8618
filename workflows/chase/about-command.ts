import type { AboutStep } from '../../contracts/record.js';
import type { ChaseCommand } from './take-command.js';

/** What the record needs of a command: the machine word it stands by, who asked, and where the words are. */
export function aboutCommand(command: ChaseCommand): AboutStep {
  if (command.name === 'undelivered') return { action: command.name, detail: { step: command.step } };
  const { actor, id, task, gist } = command;
  return { action: gist.kind, actor, command: id, task, detail: { gist } };
}
