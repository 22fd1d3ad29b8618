import type { Calendar } from '../calendar/create-calendar.js';
import { toEpochMs, toInstant } from '../time/instant.js';
import { type DurationRule, durationMs, type Instant, type LocalDate } from '../time/shape.js';
import { DeadlineRefused } from './deadline-refused.js';
import { reminders } from './defaults.js';
import { type DeadlineUnit, planWarnings } from './plan-warnings.js';
import { readReplyBy, resolveReplyBy } from './resolve-reply-by.js';
import { ruleFor } from './rule-for.js';
import type {
  DeadlineBasis,
  DeadlineClass,
  DeadlineKind,
  DeadlinesPolicy,
  PlannedDeadline,
} from './shape.js';

export interface DeadlineRequest {
  /** `evaluation`, `confirmation`, `delivery`, …: a row of the policy. */
  kind: DeadlineKind;
  /** The class of the order, or that of the incident's level. */
  orderClass: DeadlineClass;
  /** What it counts from: receipt, the last evaluation, the scan that says signed for. */
  from: Instant;
  policy: DeadlinesPolicy;
  /** A rule that comes before the policy's: a playbook's own time, or that of one of its steps. */
  rule?: DurationRule | undefined;
  /** The instant itself, where somebody named it; it comes before every rule. */
  dueAt?: Instant | undefined;
  calendar: Calendar;
  /** When the customer wants the reply (R); bears on `evaluation` and `confirmation` alone. */
  replyBy?: Instant | LocalDate | undefined;
  /** The promised day; `delivery` needs it unless the policy has a rule for that. */
  promised?: LocalDate | undefined;
  /** The delivery asked for; with it a `confirmation` says whether the delivery comes first. */
  requestedDelivery?: LocalDate | undefined;
  /** The time of planning, where it is not `from` (an order entered late): R must come after it. */
  now?: Instant | undefined;
}

interface Due {
  dueAt: Instant;
  basis: DeadlineBasis;
  unit: DeadlineUnit;
  provisional: boolean;
}

// An evaluation leaves this much before the reply time for the measure and the signature.
const beforeReplyMs = durationMs('PT2H');

/**
 * Plans one deadline of an order (P07.1, P07.4, P07.6, P05.6) or an incident (P03.3, P11.1) as absolute instants, with
 * its two warnings. Throws DeadlineRefused: `replyByPassed` for a confirmation asked for in the past, `promiseMissing`
 * for a delivery without a promised day, `kindUnknown` when no `rule` is given and neither policy nor defaults have one.
 */
export function planDeadline(request: DeadlineRequest): PlannedDeadline {
  const { kind, from, calendar, requestedDelivery } = request;
  const { dueAt, basis, unit, provisional } = findDue(request);
  const planned: PlannedDeadline = {
    kind,
    from,
    dueAt,
    provisional,
    warnings: planWarnings({ from, dueAt, unit, calendar }),
    basis,
  };
  const reminder = remind(planned);
  if (reminder) planned.reminder = reminder;
  if (kind === 'confirmation' && requestedDelivery !== undefined) {
    // The confirmation is not drawn forward by the delivery; intake says so and the order manager is told.
    planned.deliveryBeforeConfirmation = calendar.closing(requestedDelivery) < dueAt;
  }
  return planned;
}

/** Undefined where the reminder would come before the deadline begins, or with one of its warnings. */
function remind({ kind, from, dueAt, warnings }: PlannedDeadline): PlannedDeadline['reminder'] {
  const before = reminders[kind];
  if (before === undefined) return undefined;
  const start = toEpochMs(from);
  const whole = toEpochMs(dueAt) - start;
  const until = whole - durationMs(before);
  const percent = Math.round((until * 100) / whole);
  const at = toInstant(start + until);
  if (until <= 0 || percent < 1 || percent > 99 || percent === 50 || percent === 80) return undefined;
  return warnings.includes(at) ? undefined : { percent, at };
}

function findDue(request: DeadlineRequest): Due {
  if (request.dueAt !== undefined) {
    return { dueAt: request.dueAt, basis: 'named', unit: 'elapsed', provisional: false };
  }
  const { kind, orderClass, policy } = request;
  const rule = request.rule ?? ruleFor(policy, orderClass, kind);
  if (!rule) {
    if (kind === 'delivery') return duePromise(request);
    throw new DeadlineRefused('kindUnknown', `no rule for the deadline ${kind} of class ${orderClass}`);
  }
  if (kind === 'evaluation') return dueEvaluation(request, rule);
  if (kind === 'confirmation') return dueConfirmation(request, rule);
  return dueByRule(request, rule);
}

function dueByRule({ from, calendar }: DeadlineRequest, rule: DurationRule): Due {
  const sum = calendar.addRule(from, rule);
  // A floor is elapsed time, so the deadline it sets is measured by the clock.
  const unit = rule.elapsed !== undefined || sum.basis === 'floor' ? 'elapsed' : 'workingTime';
  return { ...sum, unit };
}

/** Closing of the promised day, though it be a day off: the carrier may deliver on a Saturday. */
function duePromise({ from, promised, calendar }: DeadlineRequest): Due {
  if (promised === undefined) {
    throw new DeadlineRefused('promiseMissing', 'a delivery is due on its promised day, and none is given');
  }
  const dueAt = calendar.closing(promised);
  return { dueAt, basis: 'promise', unit: 'workingTime', provisional: calendar.isProvisional(from, dueAt) };
}

/**
 * The rule; where the customer wants the reply sooner than that, no later than the later of R − 2 h and the midpoint
 * of receipt and R, so that a signature still fits in. An R that has passed (a second round) draws nothing forward.
 */
function dueEvaluation(request: DeadlineRequest, rule: DurationRule): Due {
  const { from, replyBy, calendar } = request;
  const ruled = dueByRule(request, rule);
  if (replyBy === undefined) return ruled;
  const reply = readReplyBy(replyBy, calendar);
  if (reply.at <= from || reply.at >= ruled.dueAt) return ruled;
  const received = toEpochMs(from);
  const replyMs = toEpochMs(reply.at);
  const limit = toInstant(Math.max(replyMs - beforeReplyMs, (received + replyMs) / 2));
  return { dueAt: limit, basis: 'replyBy', unit: 'elapsed', provisional: ruled.provisional };
}

/**
 * R where the customer asks for one, sooner or later than the rule's two working days. A rule in elapsed time stands
 * for day and night, and an R that leaves more time does not stretch it.
 */
function dueConfirmation(request: DeadlineRequest, rule: DurationRule): Due {
  const { from, now, replyBy, calendar } = request;
  const ruled = dueByRule(request, rule);
  if (replyBy === undefined) return ruled;
  const latest = now !== undefined && now > from ? now : from;
  const reply = resolveReplyBy({ replyBy, now: latest, calendar });
  if (rule.elapsed !== undefined && reply.at >= ruled.dueAt) return ruled;
  return {
    dueAt: reply.at,
    basis: 'replyBy',
    unit: reply.asDay ? 'workingTime' : 'elapsed',
    provisional: reply.asDay && calendar.isProvisional(from, calendar.closing(replyBy)),
  };
}
