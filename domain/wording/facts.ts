import type { Reason } from '../assessment/shape.js';
import type { Grade, Measure, Milestone, OrderClass, OrderPhase } from '../order/shape.js';
import type { Step } from '../playbooks/shape.js';
import type { TeamRole } from '../team/shape.js';
import type { Instant, LocalDate } from '../time/shape.js';
import type { ChaseTold } from './chase-told.js';
import type { IncidentTold } from './incident-told.js';
import type { Locale } from './locale.js';

/** An order as notices and pages tell of it. What of it a customer may read is the wording's matter. */
export interface OrderFacts {
  number: string;
  class: OrderClass;
  grade: Grade;
  keyOrder: boolean;
  urgency: number;
  importance: number;
  score: number;
  reasons: Reason[];
  phase: OrderPhase;
  channel: string;
  receivedAt: Instant;
  requestedDelivery: LocalDate;
  promisedDelivery: LocalDate | null;
  projectedFinish: LocalDate | null;
  measure: Measure | null;
  currency: string;
  amountMinor: number;
  customerName: string;
  customerPhone: string | null;
  /** The language the customer is written to in. */
  customerLocale: Locale;
  customerReference: string | null;
  /** Place alone, for people who plan shipping; `country` is an ISO 3166-1 alpha-2 code. */
  destination: { country: string; region: string | null; city: string };
  shippingMethod: string | null;
  process: string | null;
  specialRequirements: string | null;
  priorityReason: string | null;
  ground: string | null;
  groundStatement: string | null;
  confirmedAt: Instant | null;
  confirmedByName: string | null;
  /** 业务员: whom the customer can call. */
  salesOwner: { name: string; phone: string | null; email: string } | null;
  team: { role: TeamRole; name: string }[];
  lines: { sku: string; nameZh: string; nameEn: string; quantity: number; unit: string }[];
  milestones: { milestone: Milestone; done: boolean; at: Instant }[];
  deadlines: DeadlineFacts[];
  questions: QuestionFacts[];
  proposals: ProposalFacts[];
  /** Points that a department did not confirm, as each department last evaluated. */
  objections: ObjectionFacts[];
  /** What the order manager wrote when rejecting the order. */
  rejectionWords: string | null;
  /** What the customer wrote when declining the alternative. */
  declinedWords: string | null;
}

export interface ObjectionFacts {
  department: string;
  point: string;
  note: string | null;
  question: string | null;
}

export interface DeadlineFacts {
  id: string;
  kind: string;
  dueAt: Instant;
  provisional: boolean;
  state: string;
}

export interface QuestionFacts {
  id: string;
  point: string;
  department: string;
  text: string;
  answer: string | null;
  answeredBy: string | null;
}

export interface ProposalFacts {
  id: string;
  round: number;
  measure: Measure;
  promisedDelivery: LocalDate;
  currency: string;
  amountMinor: number;
  state: string;
  note: string | null;
  decidedByName: string | null;
  decidedAt: Instant | null;
}

/** A task as a notice tells of it. */
export interface TaskFacts {
  id: string;
  kind: string;
  role: string;
  department: string;
  dueAt: Instant | null;
  assigneeName: string | null;
  facts: Readonly<Record<string, unknown>>;
  /** Of an incident: the step of the playbook that it is for; null for the engine's own, and for an order's. */
  step: Step | null;
  /** Where the recipient finishes it; null when it is not the recipient's, or not to be done by link. */
  link: string | null;
}

/** What one notice is made of. */
export interface NoticeFacts {
  /** Company zone, IANA name. */
  zone: string;
  recipient: { kind: 'person' | 'customer' | 'supplier' | 'ops' | 'group'; name: string };
  /** When the notice was asked for. */
  at: Instant;
  /** What it is about: an order or an incident, or neither. */
  order: OrderFacts | null;
  incident: IncidentTold | null;
  /** What is chased about it; absent where nothing is. */
  chase?: ChaseTold | null;
  tasks: TaskFacts[];
  /** The deadline it is about, for a warning, a breach or a rung. */
  deadline: DeadlineFacts | null;
  /** The customer's tracking page. */
  trackingLink: string | null;
  /** The order or incident in the Temporal UI, for staff; null where none is set. */
  processLink: string | null;
  /** Names of all who are told the same by this step, the recipient among them. */
  told: string[];
  /** Names of those whom earlier notices of the order or incident have not reached. */
  undelivered: string[];
  /** What the record step gave along: rung, percentage, point names. */
  given: Readonly<Record<string, unknown>>;
}

/** A notice that cannot be written because the record lacks something; another try would not help. */
export class MissingFactError extends Error {
  override readonly name = 'MissingFactError';
  constructor(readonly fact: string) {
    super(`the record lacks a fact that the notice tells: ${fact}`);
  }
}

/** A fact that a wording cannot do without. Throws {@link MissingFactError} by its name. */
export function needed<T>(fact: T | null | undefined, name: string): T {
  if (fact === null || fact === undefined || fact === '') throw new MissingFactError(name);
  return fact;
}
