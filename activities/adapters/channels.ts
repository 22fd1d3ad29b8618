import type { Config } from '../../app/config.js';
import type { Channel } from './channel.js';
import { dingtalk } from './dingtalk.js';
import { feishu } from './feishu.js';
import { createMailChannel } from './mail.js';
import { createRobotChannel } from './robot.js';
import { wecom } from './wecom.js';

/** The ways of reaching people, by the name that stands in a notice's `channel`. */
export type Channels = Readonly<Record<string, Channel>>;

/**
 * Every channel there is: a new one is its adapter and a line here. A robot that is not configured is no channel. `now`
 * is the machine's clock, which the robots' signatures are made with.
 */
export function createChannels(
  { smtpUrl, mailFrom, robots = {} }: Pick<Config, 'smtpUrl' | 'mailFrom'> & Partial<Pick<Config, 'robots'>>,
  now: () => Date = () => new Date(),
): Channels {
  const channels: Record<string, Channel> = { mail: createMailChannel({ smtpUrl, from: mailFrom }) };
  if (robots.wecom) channels.wecom = createRobotChannel(wecom, robots.wecom, now);
  if (robots.dingtalk) channels.dingtalk = createRobotChannel(dingtalk, robots.dingtalk, now);
  if (robots.feishu) channels.feishu = createRobotChannel(feishu, robots.feishu, now);
  return channels;
}

/** Lets go of every connection that the channels hold. */
export function closeChannels(channels: Channels): void {
  for (const channel of Object.values(channels)) channel.close();
}
