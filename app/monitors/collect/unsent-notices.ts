import { findUnsentChannels } from '../../../db/queries/monitor-system.js';
import { type Collect, hoursBetween } from './collector.js';

/** Notices that no channel has taken yet (P02.4, P12.1); minutes that the oldest of each channel waits. */
export const collectUnsentNotices: Collect = async ({ db, at }) =>
  (await findUnsentChannels(db, at)).map(({ channel, since }) => ({
    at,
    subject: channel,
    value: hoursBetween(since, at) * 60,
  }));
