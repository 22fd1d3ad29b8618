import type { AboutStep } from '../../contracts/record.js';
import type { IncidentCommand } from './incident-command.js';

/** What the record needs of a command: the machine word it stands by, who asked, and where the words are. */
export function aboutCommand(command: IncidentCommand): AboutStep {
  if (command.name === 'undelivered') return { action: command.name, detail: { step: command.step } };
  const { name, actor, id } = command;
  const asked = { action: name, actor, command: id };
  switch (command.name) {
    case 'completeTask':
      return { ...asked, action: command.gist.kind, task: command.task, detail: { gist: command.gist } };
    case 'decide':
      return { ...asked, detail: { step: command.step, option: command.option } };
    case 'skipStep':
    case 'retryStep':
      return { ...asked, detail: { step: command.step } };
    case 'setSeverity':
      return { ...asked, detail: { severity: command.severity } };
    case 'acknowledge':
      return { ...asked, detail: { undo: command.undo } };
    case 'setTeam':
      return { ...asked, detail: { team: command.team } };
    case 'handOver':
      return { ...asked, detail: { to: command.to } };
    case 'parentReviewed':
      return { ...asked, detail: { reviewed: command.reviewed } };
    case 'reported':
      return { ...asked, detail: { count: command.count } };
    case 'resolve':
      return asked;
  }
}
