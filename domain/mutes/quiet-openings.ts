import type { MonitorLook } from '../monitors/evaluate-monitor.js';
import type { MonitorClosing, MonitorOpening, MonitorState } from '../monitors/shape.js';
import type { Instant } from '../time/shape.js';
import { type Mute, matchingMute } from './matching-mute.js';

/** A look after mutes have been heard. */
export interface HeardLook {
  state: MonitorState;
  /** To be reported now. */
  opens: MonitorOpening[];
  /** Of what was reported. */
  closes: MonitorClosing[];
  /** Openings that a mute has newly kept quiet, by its id. */
  quieted: Record<string, number>;
}

/**
 * Keeps the openings of a look quiet while a mute is in force, and reports those held before whose mute is over and whose
 * fault is still there (P12.4): nothing is lost, it is only said later. What opened and closed under a mute was never
 * reported, so nobody is told that it is over.
 */
export function quietOpenings(
  look: MonitorLook,
  before: Pick<MonitorState, 'held'>,
  mutes: readonly Mute[],
  at: Instant,
): HeardLook {
  const over = new Set(look.closes.map(({ dedupKey }) => dedupKey));
  const heldBefore = Object.values(before.held ?? {}).filter((opening) => !over.has(opening.dedupKey));
  const held: Record<string, MonitorOpening> = {};
  const opens: MonitorOpening[] = [];
  const quieted: Record<string, number> = {};

  for (const opening of heldBefore) {
    if (matchingMute(opening, mutes, at)) held[opening.dedupKey] = opening;
    else opens.push(opening);
  }
  for (const opening of look.opens) {
    const mute = matchingMute(opening, mutes, at);
    if (!mute) opens.push(opening);
    else {
      held[opening.dedupKey] = opening;
      quieted[mute.id] = (quieted[mute.id] ?? 0) + 1;
    }
  }
  const closes = look.closes.filter(({ dedupKey }) => !before.held?.[dedupKey]);
  const state = Object.keys(held).length > 0 ? { ...look.state, held } : look.state;
  return { state, opens, closes, quieted };
}
