import { createHmac } from 'node:crypto';
import { fitMarkdown } from './fit-markdown.js';
import type { RobotAnswer, RobotKind } from './robot.js';

/** The request may have 20 KB; what JSON adds, and the card around it, get a quarter. */
const MOST_BYTES = 15_000;

/** What another try would be answered the same: the message, or an address that names no robot any more. */
const FINAL: readonly number[] = [
  9_499, // bad request
  19_001, // the address names no robot
  19_002, // a parameter is wrong
  19_007, // the robot is not enabled
  19_024, // none of the group's keywords is in the message
];

/**
 * The group robot of 飞书 Feishu: a card, its header red for a red order. Signed, where it has a secret, by HMAC-SHA256 of
 * nothing, with seconds, line end, secret as key, in the body; the instant may be an hour off. 100 messages a minute,
 * 5 a second, beyond them `11232`. Source: open.feishu.cn, 自定义机器人使用指南.
 */
export const feishu: RobotKind = {
  name: 'feishu',
  mostAMinute: 100,
  write({ subject, markdown, red, locale }, { url, secret }, at) {
    const content = fitMarkdown(markdown, MOST_BYTES, locale);
    const card = {
      config: { wide_screen_mode: true },
      header: { title: { tag: 'plain_text', content: subject }, template: red ? 'red' : 'blue' },
      elements: [{ tag: 'markdown', content }],
    };
    return { url, body: { ...signature(secret, at), msg_type: 'interactive', card } };
  },
  read: ({ code, msg }) =>
    typeof code === 'number' ? { code, text: typeof msg === 'string' ? msg : '' } : undefined,
  outcomeOf: (answer) => (FINAL.includes(answer.code) && !isTooFast(answer) ? 'refused' : 'deferred'),
};

/** One code stands for a bad request and, in older answers, for too many of them. */
const isTooFast = ({ code, text }: RobotAnswer) => code === 9_499 && /too many/i.test(text);

function signature(secret: string | undefined, at: Date): { timestamp?: string; sign?: string } {
  if (secret === undefined) return {};
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  return { timestamp, sign: createHmac('sha256', `${timestamp}\n${secret}`).digest('base64') };
}
