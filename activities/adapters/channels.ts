import type { Config } from '../../app/config.js';
import type { Channel } from './channel.js';
import { createMailChannel } from './mail.js';

/** The ways of reaching people, by the name that stands in a notice's `channel`. */
export type Channels = Readonly<Record<string, Channel>>;

/** Every channel there is: a new one is its adapter and a line here. */
export function createChannels(config: Pick<Config, 'smtpUrl' | 'mailFrom'>): Channels {
  return {
    mail: createMailChannel({ smtpUrl: config.smtpUrl, from: config.mailFrom }),
  };
}

/** Lets go of every connection that the channels hold. */
export function closeChannels(channels: Channels): void {
  for (const channel of Object.values(channels)) channel.close();
}
