import { cutText } from '../text/cut-text.js';
import type { Instant } from '../time/shape.js';
import { type Reading, readSamples, type SubjectSamples } from './read-samples.js';
import type {
  MonitorClosing,
  MonitorOpening,
  MonitorRule,
  MonitorState,
  Sample,
  SampleDetails,
  Watch,
} from './shape.js';
import { isForgotten, stepWatch } from './step-watch.js';
import { blindWords, summaryWords } from './summary-words.js';

/** A monitor that has never looked. */
export const untouchedMonitor: MonitorState = { subjects: {}, sight: null };

export interface MonitorLook {
  state: MonitorState;
  opens: MonitorOpening[];
  closes: MonitorClosing[];
}

/** Under this key a monitor that cannot measure is reported. */
export const blindKey = (rule: Pick<MonitorRule, 'key'>): string => `monitor-blind/${rule.key}`;

/**
 * One look of a monitor at `at`: what its samples open and close, and what it remembers (P12.1, P18.6). The samples are
 * those of the window before `at`; some of an earlier look may come again and count once. A subject that was bad and is
 * not sampled any more reads good, unless nothing could be measured at all.
 *
 * A monitor that cannot measure is itself a failure: as many blind looks in a row as its rule opens after open a
 * `system-failure` of its own (`blindKey`); meanwhile what it cannot see neither opens nor closes.
 */
export function evaluateMonitor(
  rule: MonitorRule,
  samples: readonly Sample[],
  state: MonitorState,
  at: Instant,
): MonitorLook {
  const seen = readSamples(rule, samples, at);
  const isBlind = sawNothing(samples, at);
  const look: MonitorLook = { state: { subjects: {}, sight: null }, opens: [], closes: [] };

  for (const { subject, readings } of isBlind ? seen : [...seen, ...absent(state, seen, at)]) {
    const watch = readSubject(rule, { subject, readings }, state.subjects[subject] ?? null, look);
    if (watch && !isForgotten(watch, rule, at)) look.state.subjects[subject] = watch;
  }
  if (isBlind) look.state.subjects = { ...state.subjects, ...look.state.subjects };

  const unseen = seen.filter((one) => one.unseen).map(({ subject }) => subject);
  look.state.sight = readSight(rule, { blind: isBlind || unseen.length > 0, unseen, at }, state.sight, look);
  return look;
}

/** Whether the newest thing there is says that nothing could be measured. */
function sawNothing(samples: readonly Sample[], at: Instant): boolean {
  const newest = (wanted: (sample: Sample) => boolean) =>
    samples.reduce(
      (last, sample) => (sample.at <= at && sample.at > last && wanted(sample) ? sample.at : last),
      '',
    );
  const failedAt = newest(({ subject, value }) => subject === undefined && value === null);
  return failedAt !== '' && failedAt >= newest(({ subject }) => subject !== undefined);
}

/** Subjects that are remembered and not sampled any more: late no longer, or gone. */
function absent(state: MonitorState, seen: readonly SubjectSamples[], at: Instant): SubjectSamples[] {
  const sampled = new Set(seen.map(({ subject }) => subject));
  return Object.keys(state.subjects)
    .filter((subject) => !sampled.has(subject))
    .map((subject) => ({
      subject,
      readings: [{ at, value: 0, verdict: 'good', details: {} }],
      unseen: false,
    }));
}

/** Steps through the readings of one subject; adds to the look what they open and close. */
function readSubject(
  rule: MonitorRule,
  { subject, readings }: { subject: string; readings: readonly Reading[] },
  before: Watch | null,
  look: MonitorLook,
): Watch | null {
  let watch = before;
  const dedupKey = cutText(
    rule.dedupKey.replace('{subject}', () => subject),
    200,
  );
  for (const reading of readings) {
    const openSince = watch?.openSince;
    const step = stepWatch(watch, reading, rule.hysteresis);
    watch = step.watch;
    const { at, value, details } = reading;
    if (step.did === 'open') {
      const summary = summaryWords(rule, subject, value);
      look.opens.push({ ...report(rule, details), dedupKey, type: rule.opens, summary, subject, value, at });
    }
    if (step.did === 'close' && openSince) {
      look.closes.push({ rule: rule.key, dedupKey, subject, at, openSince });
    }
  }
  return watch;
}

/** Steps the monitor's own sight: a blind look is a bad reading of itself. */
function readSight(
  rule: MonitorRule,
  { blind, unseen, at }: { blind: boolean; unseen: readonly string[]; at: Instant },
  before: Watch | null,
  look: MonitorLook,
): Watch | null {
  const openSince = before?.openSince;
  const { watch, did } = stepWatch(before, { at, verdict: blind ? 'bad' : 'good' }, rule.hysteresis);
  const dedupKey = blindKey(rule);
  if (did === 'open') {
    // How grave it is not to see is not how grave it is what might be seen.
    const about = report({ ...rule, severity: undefined }, {});
    const summary = blindWords(rule, unseen);
    look.opens.push({ ...about, dedupKey, type: 'system-failure', summary, subject: null, value: null, at });
  }
  if (did === 'close' && openSince)
    look.closes.push({ rule: rule.key, dedupKey, subject: null, at, openSince });
  return watch && !isForgotten(watch, rule, at) ? watch : null;
}

function report(rule: MonitorRule, { facts, orders, severity = rule.severity }: SampleDetails) {
  return {
    rule: rule.key,
    source: `monitor/${rule.key}`,
    tells: rule.tells,
    ...(severity !== undefined && { severity }),
    ...(facts !== undefined && { facts }),
    ...(orders !== undefined && { orders: [...orders] }),
  };
}
