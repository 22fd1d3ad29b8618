import type { IncidentPhase } from '../domain/incident/shape.js';
import type { StepRun } from '../domain/playbooks/run/shape.js';
import type { Severity } from '../domain/playbooks/shape.js';
import type { TaskChange } from './process.js';

/** Who a notice of an incident goes to; resolved to people when the record is written. */
export type IncidentAudience =
  | 'owner'
  | 'team'
  | 'orderManager'
  | 'emergencyManager'
  | 'technicalSupport'
  | { assigneesOf: string[] }
  | { people: string[] };

/** Notices of an incident besides those of its playbook's steps, whose words the playbook has. */
export type IncidentNotice =
  | 'incidentReported'
  | 'incidentActivated'
  | 'incidentEnded'
  | 'incidentTask'
  | 'incidentSeverity'
  | 'incidentResolved'
  | 'incidentReport'
  | 'incidentUpdate'
  /** Nobody decided in time: the documented default was taken. */
  | 'incidentDefault'
  /** Told by the record itself, which knows who is new. */
  | 'incidentTeam'
  | 'incidentHandedOver'
  | 'noticeUndelivered'
  | 'expediteRequest';

/** What one record transaction of an incident does, in words of the trade. */
export type IncidentChange =
  | TaskChange
  /** The response team is proposed by role, skill, on-call and load (P12.2). */
  | { do: 'proposeTeam' }
  /** Orders, customers, suppliers and partners are found by the playbook's query and linked (P03.5). */
  | { do: 'linkAffected' }
  /** The level by the playbook's rules and the record of now; what it is comes back with the record's answer. */
  | { do: 'reassess' }
  /** Roles of the team by their keys; who is new in one is told. */
  | { do: 'setTeam'; team: Record<string, string> }
  /** The new owner, with the tasks that the old one had as such; both are told. */
  | { do: 'handOver'; to: string }
  /** The open incident it is a part of, as reported or found by the playbook. */
  | { do: 'linkParent' }
  /** Whether the parent is reviewed or over; comes back with the record's answer. */
  | { do: 'askParent' }
  | { do: 'tellChildren'; reviewed: boolean }
  | { do: 'recordParentCause' }
  | { do: 'acknowledge'; undo: boolean }
  | { do: 'confirm'; outcome: 'falseAlarm' | 'routine' | 'activate' }
  | { do: 'enterIncidentPhase'; phase: IncidentPhase }
  /** `by`: the rules themselves, or whoever acts. */
  | { do: 'setSeverity'; severity: Severity; by?: 'rules' }
  /** Where a step of the playbook stands now. */
  | { do: 'markStep'; key: string; state: Exclude<StepRun['state'], 'waiting'>; outcome?: string }
  /** An action that the product carries out by itself; it is idempotent by incident and step. */
  | { do: 'act'; step: string }
  /** What the incident holds goes on, of one step of the playbook or of all. */
  | { do: 'releaseHolds'; step?: string }
  /** What one customer chose of a decision that asks each of them. */
  | { do: 'answerChoice'; task: string; step: string; option: string; customer: string }
  | { do: 'recordCause'; category: string }
  /** Those outside who have heard of it, and the team, hear how it stands (P03.5). */
  | { do: 'tellAffected'; notice: IncidentNotice; to: ('customers' | 'suppliers')[] }
  | { do: 'tellOfIncident'; notice: IncidentNotice; to: IncidentAudience[]; facts?: Record<string, unknown> };
