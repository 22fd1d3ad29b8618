import type { ChaseReader } from '../domain/chase/shape.js';
import type { TaskChange } from './process.js';

/** Notices of a chase; the wording of each stands in `domain/wording/notices/chase.ts`. */
export type ChaseNotice = 'chaseOpened' | 'chaseDone' | 'chaseGivenUp' | 'noticeUndelivered';

/** What one record transaction of a chase does, in words of the trade. */
export type ChaseChange =
  | TaskChange
  /** It is over. What follows, another chase or the end of an action item, the record knows by its kind. */
  | { do: 'endChase'; phase: 'done'; effective?: boolean }
  | { do: 'endChase'; phase: 'givenUp' }
  | { do: 'tellOfChase'; notice: ChaseNotice; to: (ChaseReader | { assigneesOf: string[] })[] };
