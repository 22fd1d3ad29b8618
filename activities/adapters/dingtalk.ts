import { createHmac } from 'node:crypto';
import { escapeMarkdown } from '../../domain/wording/escape-markdown.js';
import { fitMarkdown } from './fit-markdown.js';
import type { RobotKind } from './robot.js';

/** The request may have 20,000 bytes; what JSON adds, and the title, get a quarter. */
const MOST_BYTES = 15_000;

/** What another try would be answered the same: the message, or a group or robot that is gone. */
const FINAL: readonly number[] = [
  40_035, // a parameter is missing
  300_001, // no such token
  400_013, // the group was dissolved
  400_101, // no such access_token
  400_102, // the robot was stopped
  400_105, // message type not supported
  400_106, // no such robot
  430_101, // an unsafe link
  430_102, // unfit text
  430_103, // an unfit picture
  430_104, // unfit content
];

/**
 * The group robot of 钉钉 DingTalk. Signed, where it has a secret, by HMAC-SHA256 over milliseconds, line end, secret,
 * with the secret as key, in the address; the instant may be an hour off. 20 messages a minute, beyond them it is silent
 * for ten (`410100`, formerly `130101`). Source: open.dingtalk.com, 自定义机器人接入.
 */
export const dingtalk: RobotKind = {
  name: 'dingtalk',
  mostAMinute: 20,
  write({ subject, markdown, locale }, { url, secret }, at) {
    const signed = new URL(url);
    if (secret !== undefined) {
      const timestamp = String(at.getTime());
      signed.searchParams.set('timestamp', timestamp);
      signed.searchParams.set('sign', sign(timestamp, secret));
    }
    const title = escapeMarkdown(subject);
    const text = fitMarkdown(`**${title}**\n\n${markdown}`, MOST_BYTES, locale);
    return { url: signed.href, body: { msgtype: 'markdown', markdown: { title, text } } };
  },
  read: ({ errcode, errmsg }) =>
    typeof errcode === 'number' ? { code: errcode, text: String(errmsg ?? '') } : undefined,
  outcomeOf: ({ code }) => (FINAL.includes(code) ? 'refused' : 'deferred'),
};

function sign(timestamp: string, secret: string): string {
  return createHmac('sha256', secret).update(`${timestamp}\n${secret}`).digest('base64');
}
