import { escapeMarkdown } from '../../domain/wording/escape-markdown.js';
import { fitMarkdown } from './fit-markdown.js';
import type { RobotKind } from './robot.js';

/** Of `markdown.content`, in UTF-8. */
const MOST_BYTES = 4_096;

/** What another try would be answered the same: the message, or an address that names no robot any more. */
const FINAL: readonly number[] = [
  40_008, // invalid message type
  40_058, // a field is missing or too long
  44_004, // empty content
  45_002, // content too long
  93_000, // invalid webhook address: the robot was removed
];

/**
 * The group robot of 企业微信 WeCom: the key stands in its address, nothing is signed. 20 messages a minute; beyond them
 * `45009`. Source: developer.work.weixin.qq.com/document/path/91770.
 */
export const wecom: RobotKind = {
  name: 'wecom',
  mostAMinute: 20,
  write({ subject, markdown, red, locale }, { url }) {
    const title = escapeMarkdown(subject);
    // `warning` is the one red-like colour it has; the mark's words and bars say it as well.
    const head = red ? `<font color="warning">**${title}**</font>` : `**${title}**`;
    const content = fitMarkdown(`${head}\n\n${markdown}`, MOST_BYTES, locale);
    return { url, body: { msgtype: 'markdown', markdown: { content } } };
  },
  read: ({ errcode, errmsg }) =>
    typeof errcode === 'number' ? { code: errcode, text: String(errmsg ?? '') } : undefined,
  outcomeOf: ({ code }) => (FINAL.includes(code) ? 'refused' : 'deferred'),
};
