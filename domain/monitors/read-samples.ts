import { toEpochMs, toInstant } from '../time/instant.js';
import { durationMs, type Instant } from '../time/shape.js';
import type { MonitorRule, Sample, SampleDetails } from './shape.js';

/** What a subject reads at an instant. */
export interface Reading {
  at: Instant;
  value: number;
  verdict: 'bad' | 'band' | 'good';
  details: SampleDetails;
}

export interface SubjectSamples {
  subject: string;
  readings: Reading[];
  /** Whether its newest measurement failed. */
  unseen: boolean;
}

/** A sample that was measured. */
type Measured = Sample & { value: number };

const mostOrders = 500;

/**
 * Reads the samples of a look at `at`, subject by subject, each subject's readings by their time: one an instant, or one
 * of the whole window at `at` itself. Later samples than the look, and those before its window, do not count. Neither
 * does the order they come in: of one instant the worst counts, and sums are taken from the smallest up.
 */
export function readSamples(rule: MonitorRule, samples: readonly Sample[], at: Instant): SubjectSamples[] {
  const since = toInstant(toEpochMs(at) - durationMs(rule.window));
  const bySubject = new Map<string, Sample[]>();
  for (const sample of samples) {
    if (sample.subject === undefined || sample.at > at || sample.at <= since) continue;
    const known = bySubject.get(sample.subject);
    if (known) known.push(sample);
    else bySubject.set(sample.subject, [sample]);
  }
  return [...bySubject]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([subject, own]) => {
      const newest = own.reduce((last, sample) => (sample.at > last ? sample.at : last), since);
      const measured = own.filter(isMeasured);
      return {
        subject,
        readings: rule.reads === 'instant' ? readInstants(rule, measured) : readWindow(rule, measured, at),
        unseen: measured.every((sample) => sample.at < newest),
      };
    });
}

const isMeasured = (sample: Sample): sample is Measured =>
  sample.value !== null && !Number.isNaN(sample.value);

function readInstants(rule: MonitorRule, samples: readonly Measured[]): Reading[] {
  const byInstant = new Map<Instant, Measured[]>();
  for (const sample of samples) byInstant.set(sample.at, [...(byInstant.get(sample.at) ?? []), sample]);
  return [...byInstant]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([at, own]) => toReading(rule, at, Math.max(...own.map(({ value }) => value)), own));
}

function readWindow(rule: MonitorRule, samples: readonly Measured[], at: Instant): Reading[] {
  const weight = sum(samples.map((sample) => sample.weight ?? 1));
  if (weight === 0 || (rule.reads === 'mean' && weight < rule.leastWeight)) return [];
  const total = sum(samples.map((sample) => sample.value * (sample.weight ?? 1)));
  return [toReading(rule, at, rule.reads === 'mean' ? total / weight : total, samples)];
}

/** From the smallest up: added in another order, floating numbers make another sum. */
const sum = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b).reduce((total, value) => total + value, 0);

function toReading(rule: MonitorRule, at: Instant, value: number, samples: readonly Measured[]): Reading {
  const { openAt, closeBelow } = rule.threshold;
  const verdict = value >= openAt ? 'bad' : value < closeBelow ? 'good' : 'band';
  return { at, value, verdict, details: verdict === 'bad' ? detailsOf(samples) : {} };
}

/** Facts and level of the worst sample; the orders of all that are not simply well. */
function detailsOf(samples: readonly Measured[]): SampleDetails {
  const [worst] = samples
    .map((sample) => ({ ...sample, spelt: JSON.stringify(sample.details ?? {}) }))
    .sort((a, b) => b.value - a.value || (a.at < b.at ? 1 : a.at > b.at ? -1 : a.spelt < b.spelt ? -1 : 1));
  const orders = samples.flatMap(({ value, details }) => (value > 0 ? (details?.orders ?? []) : []));
  return {
    ...worst?.details,
    ...(orders.length > 0 && { orders: [...new Set(orders)].sort().slice(0, mostOrders) }),
  };
}
