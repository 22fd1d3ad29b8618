import type { PlaybookProblem } from '../../domain/playbooks/validate-playbook.js';
import { AppError } from '../errors.js';

/** The refusal of a playbook for its problems, each by its path, in both languages. */
export function refuseProblems(problems: readonly PlaybookProblem[]): AppError {
  const errors = problems.map(({ path, message: { zh, en } }) => ({
    field: path || 'playbook',
    message: `${zh} · ${en}`,
  }));
  const [first] = problems;
  const more = problems.length > 1 ? `, and ${problems.length - 1} more` : '';
  return new AppError(
    'playbook-problems',
    `${first?.path || 'playbook'}: ${first?.message.en}${more}`,
    errors,
  );
}
