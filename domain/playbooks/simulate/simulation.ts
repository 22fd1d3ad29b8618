import type { RungOutcome } from '../../ladder/shape.js';
import type { Role } from '../../roles/shape.js';
import type { ChosenBecause } from '../../team/choose-person.js';
import type { Instant } from '../../time/shape.js';
import type { ActionName } from '../actions/shape.js';
import type { Phase, Playbook, Severity, Words } from '../shape.js';

/** The times of an incident that the engine itself keeps (design §6). */
export type TimeKind = keyof Playbook['times'];

/** Who is reached, and why: on call, of the response team, or chosen as everywhere; `onBehalfOf` is who is away. */
export interface Reached {
  person: string;
  why: 'onCall' | 'team' | 'head' | ChosenBecause;
  onBehalfOf?: string;
}

/** What is waited for: a step of the playbook, or one of the engine’s own times. */
export interface Subject {
  step?: string;
  deadline?: TimeKind;
}

/** Whom a notice goes to. */
export type Audience = 'team' | 'customers' | 'suppliers' | 'partners' | 'authorities';

type Happening =
  /** Somebody is called to act by `dueAt`; null where the role has nobody. `customers`: they are asked by link too. */
  | ({
      kind: 'called';
      role: Role;
      reached: Reached | null;
      dueAt: Instant;
      customers: boolean;
    } & Subject)
  | ({ kind: 'warned'; percent: number; person: string } & Subject)
  /** A rung of the ladder: told, or skipped because its role has nobody. */
  | ({ kind: 'rung'; rung: RungOutcome } & Subject)
  | {
      kind: 'told';
      step: string;
      action: ActionName;
      audience: Audience;
      /** Ids, of the team; those outside come from data when it happens. */
      people: string[];
      urgent: boolean;
      nature?: Words;
      measures?: Words;
      about?: Words;
    }
  /** The product did it by itself. */
  | { kind: 'acted'; step: string; action: ActionName }
  | { kind: 'waits'; step: string; until: Words; dueAt: Instant }
  /** `option`: the one chosen; `byDefault`: nobody answered and the playbook says what is done then. */
  | ({ kind: 'done'; option?: string; byDefault?: boolean } & Subject)
  | { kind: 'activated'; severity: Severity }
  | { kind: 'phase'; phase: Phase | 'over' };

/** One thing that would happen, and the same as a line to read. */
export type SimulatedEvent = { at: Instant; line: Words } & Happening;

/** An event before it has its line. */
export type BareEvent = { at: Instant } & Happening;

/** What would happen, in order of time. `endsAt`: the last instant of it. */
export interface Scene {
  events: SimulatedEvent[];
  endsAt: Instant;
}

/** Whether the playbook keeps a time when everybody acts at due; `doneAt` is absent where nothing in it does that. */
export interface KeptTime {
  time: TimeKind;
  dueAt: Instant;
  doneAt?: Instant;
  kept: boolean;
}

export interface Simulation {
  owner: Reached | null;
  /** 应急小组, with who fills each role. */
  team: { key: string; name: Words; role: Role; reached: Reached | null }[];
  /** Steps, roles of the team and times with nobody, at the instant they would need somebody. */
  nobody: ({ role: Role; team?: string } & Subject)[];
  /** Each decision on the way: what was taken, the first option, and what else there is. */
  decisions: { step: string; at: Instant; taken: string; others: { option: string; leadsTo: string[] }[] }[];
  /** Steps this run leaves out, because of the level or of a decision. */
  leftOut: { step: string; because: 'severity' | 'decision' }[];
  times: KeptTime[];
  everybodyActsAtDue: Scene;
  /** From the report on: nobody confirms, so only what cannot wait begins, and everything climbs. */
  nobodyActs: Scene;
  /** For each step and time of the first scene: who would be called on which rung if that one were not done. */
  ladders: ({ dueAt: Instant; rungs: RungOutcome[] } & Subject)[];
}
