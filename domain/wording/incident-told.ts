import type { IncidentPhase } from '../incident/shape.js';
import type { Playbook, Severity, Step } from '../playbooks/shape.js';
import type { Instant, LocalDate } from '../time/shape.js';
import type { DeadlineFacts } from './facts.js';
import type { Words } from './locale.js';

/** An incident as notices and pages tell of it. What of it whom may read is the wording's matter. */
export interface IncidentTold {
  number: string;
  /** What the playbook calls its type. */
  name: Words;
  /** In the reporter's one language, or the product's two; null where it must not be told, for it may name a customer. */
  summary: Words | null;
  /** How many reports there were. */
  count: number;
  source: string;
  drill: boolean;
  severity: Severity;
  /** Why it has this level; null where it must not be told. */
  severityBecause: Words | null;
  phase: IncidentPhase;
  reportedAt: Instant;
  reporterName: string | null;
  confirmedAt: Instant | null;
  confirmerName: string | null;
  resolvedAt: Instant | null;
  owner: { name: string; phone: string | null; email: string } | null;
  /** `person`: an id. */
  team: { role: Words; name: string; person: string }[];
  /** What it is about, as far as the report names it. */
  concerns: IncidentConcerns;
  scope: IncidentScope;
  /** Of a customer or a supplier who is written to: their own records alone. */
  own: OwnScope;
  cause: { category: Words; words: string | null } | null;
  /** What was reported to the emergency manager (P11.5); absent before that. */
  report?: string | null;
  deadlines: DeadlineFacts[];
  /** When the next update comes, while it goes on. */
  nextUpdateAt: Instant | null;
  /** Whether every step that contains it is over: then the temporary solution stands (P03.5). */
  contained: boolean;
  playbook: Playbook;
  /** Steps of the playbook that are done, in the order of the playbook, by their titles. */
  done: Words[];
  similar: SimilarIncident[];
}

export interface IncidentConcerns {
  supplier: string | null;
  skus: string[];
  warehouse: string | null;
  carrier: string | null;
  region: string | null;
  endpoint: string | null;
  purchaseOrder: string | null;
  shipment: string | null;
  payment: string | null;
  delayHours: number | null;
  peopleInDanger: boolean;
}

/** 影响范围 (P02.4): numbers and counts, no names of customers. */
export interface IncidentScope {
  orders: number;
  customers: number;
  critical: number;
  /** The most urgent of them by number; not all where there are many. */
  first: string[];
}

export interface OwnScope {
  orders: OwnOrder[];
  /** Numbers of purchase orders. */
  purchases: string[];
}

export interface OwnOrder {
  number: string;
  customerReference: string | null;
  requestedDelivery: LocalDate;
  promisedDelivery: LocalDate | null;
  trackingLink: string;
  salesOwner: { name: string; phone: string | null; email: string } | null;
}

/** An earlier incident that is like this one, and what was done then (P12.3). */
export interface SimilarIncident {
  number: string;
  at: Instant;
  summary: Words;
  supplier: string | null;
  skus: string[];
  cause: { category: Words; words: string | null } | null;
  /** Decisions of then with what was chosen. */
  chosen: { step: Words; option: Words }[];
  /** What its review says that worked. */
  worked: string | null;
}

/** The step of the playbook that a notice or task names; null for the engine's own. */
export function stepNamed(incident: Pick<IncidentTold, 'playbook'> | null, key: unknown): Step | null {
  return incident?.playbook.steps.find((step) => step.key === key) ?? null;
}
