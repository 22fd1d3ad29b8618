import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { OutgoingMessage } from '../../activities/adapters/channel.js';
import { createChannels } from '../../activities/adapters/channels.js';
import { fitMarkdown } from '../../activities/adapters/fit-markdown.js';
import type { RobotName, RobotsSettings } from '../../app/robot-settings.js';
import { startRobotPeer } from '../support/robot-peer.js';

const ROBOTS = ['wecom', 'dingtalk', 'feishu'] as const;
let at = Date.parse('2026-11-24T01:30:00.000Z');
const now = () => new Date(at);
let peer: Awaited<ReturnType<typeof startRobotPeer>>;
beforeAll(async () => {
  peer = await startRobotPeer(now);
});
afterEach(() => {
  peer.clear();
  at += 24 * 3_600_000;
});
afterAll(() => peer?.stop());

/** The channels as a process has them after its start: none has sent anything. */
const open = (robots: RobotsSettings = peer.robots) =>
  createChannels({ smtpUrl: 'smtp://127.0.0.1:1', mailFrom: 'orders@redmark.example', robots }, now);
const message = (change: Partial<OutgoingMessage> = {}): OutgoingMessage => ({
  to: ['the group'],
  subject: '【红色标识 ▮▮ 紧急】紧急订单 SO-20261124-0001',
  text: '正文',
  html: '<p>正文</p>',
  markdown: '**▮▮ 红色标识**\n\n- **订单号**：SO-20261124-0001',
  red: true,
  locale: 'zh-CN',
  id: 'f00d',
  ...change,
});
async function send(robot: RobotName, change: Partial<OutgoingMessage> = {}, channels = open()) {
  const [delivery] = (await channels[robot]?.send(message(change))) ?? [];
  return delivery;
}

describe.each(ROBOTS)('the robot of %s (P14.6)', (robot) => {
  it('posts subject and body, signed as its group asks for', async () => {
    expect(await send(robot)).toEqual({
      address: 'the group',
      outcome: 'accepted',
      why: null,
      reference: 'f00d',
    });
    const [taken] = peer.taken;
    expect(taken?.robot).toBe(robot);
    expect(taken?.title).toContain('紧急订单 SO-20261124-0001');
    expect(taken?.text).toContain('- **订单号**：SO-20261124-0001');
  });

  it('reaches a group and nobody in particular: a letter to one person has no address there', () => {
    const channel = open()[robot];
    const person = { name: '秦岚', email: 'qin.lan@redmark.example', phone: '+8613800000000' };
    expect(channel?.addressOf(person)).toBeNull();
    expect(channel?.addressOf({ ...person, group: false })).toBeNull();
    expect(channel?.addressOf({ name: robot, email: null, phone: null, group: true })).toBe(robot);
    expect(open().mail?.addressOf({ name: robot, email: null, phone: null, group: true })).toBeNull();
  });

  it('is no channel where it is not configured', () => {
    expect(Object.keys(open({}))).toEqual(['mail']);
    expect(Object.keys(open({ [robot]: peer.robots[robot] }))).toEqual(['mail', robot]);
  });

  it('cuts what is too long between two lines and says so, and is taken', async () => {
    const lines = Array.from({ length: 2_000 }, (_, n) => `- 第 ${n} 行：传动轴 45`);
    expect(await send(robot, { markdown: lines.join('\n') })).toMatchObject({ outcome: 'accepted' });
    const text = peer.taken[0]?.text ?? '';
    expect(text.endsWith('…（全文见邮件）')).toBe(true);
    expect(
      text
        .split('\n')
        .filter((line) => line.startsWith('- '))
        .every((line) => lines.includes(line)),
    ).toBe(true);
  });

  it('keeps to the rate of its group by itself, and goes on when the minute is over', async () => {
    const channels = open();
    const most = robot === 'feishu' ? 100 : 20;
    const all = await Promise.all(Array.from({ length: most + 5 }, () => send(robot, {}, channels)));
    expect(all.filter((one) => one?.outcome === 'accepted')).toHaveLength(most);
    const late = all.filter((one) => one?.outcome === 'deferred');
    expect(late.map((one) => one?.why)).toEqual(Array(5).fill(`the group takes ${most} messages a minute`));
    expect(peer.state.requests).toBe(most);
    at += 60_000;
    expect(await send(robot, {}, channels)).toMatchObject({ outcome: 'accepted' });
  });

  it('defers where another sender used up the rate: the group’s own answer has the last word', async () => {
    const most = robot === 'feishu' ? 100 : 20;
    const first = open();
    for (let n = 0; n < most; n += 1) await send(robot, {}, first);
    expect(await send(robot)).toMatchObject({ outcome: 'deferred', why: expect.stringMatching(/^\d+ \S+/) });
  });

  it.each([
    ['a server that is away', 'break'],
    ['HTTP 502 with a page', { status: 502, body: '<html>bad gateway</html>' }],
    ['HTTP 200 with a page', { body: '<html>welcome</html>' }],
    ['HTTP 200 with JSON of somebody else', { body: { ok: true } }],
    ['HTTP 200 with a list', { body: [] }],
    ['a redirect', { status: 302, body: '' }],
    ['its “busy”', { body: { errcode: -1, errmsg: 'system busy', code: -1, msg: 'system busy' } }],
    ['a code it does not know', { body: { errcode: 77, errmsg: 'new', code: 77, msg: 'new' } }],
    ['HTTP 429 with success in it', { status: 429, body: { errcode: 0, errmsg: 'ok', code: 0, msg: 'ok' } }],
  ] as const)('defers on %s', async (_what, answer) => {
    peer.answers.push(answer);
    expect(await send(robot)).toMatchObject({ outcome: 'deferred', why: expect.any(String) });
  });

  it('says in no failure what its address and its secret are', async () => {
    const { url } = peer.robots[robot];
    const wrong = { url: url.replace(/-of-\w+$/, '-hidden-key'), secret: 'hidden-secret' };
    const nowhere = { ...wrong, url: wrong.url.replace(peer.origin, 'http://127.0.0.1:1') };
    for (const settings of [wrong, nowhere]) {
      const delivery = await send(robot, {}, open({ [robot]: settings }));
      expect(delivery?.outcome).not.toBe('accepted');
      expect(JSON.stringify(delivery)).not.toMatch(/hidden/);
    }
  });
});

describe('their own codes', () => {
  it.each([
    ['wecom', 45009, 'deferred'],
    ['wecom', 45033, 'deferred'],
    ['wecom', 40058, 'refused'],
    ['wecom', 93000, 'refused'],
    ['dingtalk', 310000, 'deferred'],
    ['dingtalk', 130101, 'deferred'],
    ['dingtalk', 410100, 'deferred'],
    ['dingtalk', 400013, 'refused'],
    ['dingtalk', 430102, 'refused'],
    ['feishu', 11232, 'deferred'],
    ['feishu', 19021, 'deferred'],
    ['feishu', 19022, 'deferred'],
    ['feishu', 19024, 'refused'],
    ['feishu', 9499, 'refused'],
  ] as const)('%s %i is %s', async (robot, code, outcome) => {
    peer.answers.push({ body: { errcode: code, errmsg: 'said', code, msg: 'said' } });
    expect(await send(robot)).toMatchObject({ outcome, why: `${code} said` });
  });

  it('of Feishu, one for a bad request and for too many, are told apart by their words', async () => {
    peer.answers.push({ body: { code: 9499, msg: 'too many request' } });
    expect(await send('feishu')).toMatchObject({ outcome: 'deferred' });
  });
});

describe('signatures', () => {
  it.each(['dingtalk', 'feishu'] as const)('of %s with another secret are not taken', async (robot) => {
    const channels = open({ [robot]: { ...peer.robots[robot], secret: 'another' } });
    expect(await send(robot, {}, channels)).toMatchObject({ outcome: 'deferred' });
    expect(peer.taken).toEqual([]);
  });

  it.each(['dingtalk', 'feishu'] as const)(
    'of %s are made anew for each message, by the clock',
    async (robot) => {
      const channels = open();
      await send(robot, {}, channels);
      at += 2 * 3_600_000;
      expect(await send(robot, {}, channels)).toMatchObject({ outcome: 'accepted' });
    },
  );

  it('are left out where the group asks for none', async () => {
    const channels = open({ dingtalk: { url: peer.robots.dingtalk.url } });
    peer.answers.push({ body: { errcode: 0, errmsg: 'ok' } });
    expect(await send('dingtalk', {}, channels)).toMatchObject({ outcome: 'accepted' });
  });
});

describe('what was typed', () => {
  it('is no markup in a title either, and red shows where the robot has a colour for it', async () => {
    const subject = '<at id=all></at> **红** [点我](http://evil.example)';
    for (const robot of ROBOTS) await send(robot, { subject });
    const [wecom, dingtalk, feishu] = peer.taken;
    for (const taken of [wecom, dingtalk]) expect(taken?.text).not.toMatch(/<at|\]\(http/);
    expect(wecom?.title).toMatch(/^<font color="warning">/);
    // Feishu's title is plain text.
    expect(feishu?.body).toMatchObject({
      card: { header: { title: { tag: 'plain_text' }, template: 'red' } },
    });
    peer.clear();
    await send('feishu', { red: false });
    expect(peer.taken[0]?.body).toMatchObject({ card: { header: { template: 'blue' } } });
  });

  it('fits to the byte, whole characters alone', () => {
    const text = '红'.repeat(2_000);
    const cut = fitMarkdown(text, 4_096, 'zh-CN');
    expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(4_096);
    expect(cut).toMatch(/^红+\n\n…（全文见邮件）$/);
    expect(fitMarkdown('短', 4_096, 'zh-CN')).toBe('短');
    expect(fitMarkdown(`a\n${'b'.repeat(100)}`, 60, 'en')).toBe('a\n\n… (the mail has the whole)');
  });
});
