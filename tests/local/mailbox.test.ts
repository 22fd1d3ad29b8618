import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message } from '../../local/mail/mail-store.js';
import { startMailbox, type TestMailbox } from '../support/mailbox.js';

let mailbox: TestMailbox;
beforeEach(async () => {
  mailbox = await startMailbox();
});
afterEach(() => mailbox.stop());

const mail = {
  from: '红标 <orders@redmark.local>',
  to: '王芳 <wang.fang@example.com>, li@example.com',
  subject: '【红色标识】紧急订单 SO-20261124-0001',
  text: '请于今日 17:00 前完成评审。\nhttp://127.0.0.1:7300/t/abc',
  html: '<p>请于今日 <b>17:00</b> 前完成评审。</p><script>alert(1)</script>',
};

async function send(...mails: object[]) {
  const transport = createTransport(`${mailbox.smtpUrl.replace('//', '//any:one@')}?pool=true`);
  for (const each of mails) await transport.sendMail(each);
  transport.close();
}

const get = (path: string, headers = {}) => fetch(`${mailbox.origin}${path}`, { headers });

test('a mail that was accepted is listed with its Chinese intact, the newest last', async () => {
  await send(mail, { ...mail, subject: '第二封', to: 'zhao@example.com' });
  const messages = (await (await get('/messages')).json()) as Message[];
  expect(messages.map(({ subject }) => subject)).toEqual([mail.subject, '第二封']);
  expect(messages[0]).toMatchObject({
    from: 'orders@redmark.local',
    to: 'wang.fang@example.com, li@example.com',
    text: expect.stringContaining('请于今日 17:00 前完成评审。'),
    html: expect.stringContaining('<b>17:00</b>'),
    date: expect.stringMatching(/^\d{4}-\d\d-\d\dT.*Z$/),
  });
});

test('mails are found by their recipient and their words', async () => {
  await send(mail, { ...mail, subject: '第二封', to: 'zhao@example.com', text: 'nothing else' });
  const subjectsOf = async (query: string) =>
    ((await (await get(`/messages?${query}`)).json()) as Message[]).map(({ subject }) => subject);
  expect(await subjectsOf('to=LI@example.com')).toEqual([mail.subject]);
  expect(await subjectsOf(`q=${encodeURIComponent('完成评审')}`)).toEqual([mail.subject]);
  expect(await subjectsOf('limit=1')).toEqual(['第二封']);
});

test('a person sees the mails in Chinese, or in English when the browser asks for it', async () => {
  await send(mail);
  expect(await (await get('/')).text()).toContain('本机邮箱');
  const english = await (await get('/', { 'accept-language': 'en-GB,en' })).text();
  expect(english).toContain('local mailbox');
  expect(english).toContain('紧急订单 SO-20261124-0001');
});

test('the HTML of a mail runs no script', async () => {
  await send(mail);
  const [message] = await mailbox.messages();
  const page = await (await get(`/messages/${message?.id}`, { accept: 'text/html' })).text();
  expect(page).not.toContain('<script>');
  expect(page).toContain('sandbox="allow-popups');
  const body = await get(`/messages/${message?.id}/html`);
  expect(body.headers.get('content-security-policy')).toMatch(/^sandbox .*default-src 'none'/);
});

test('a hundred mails sent at once over several connections are all kept, each once', async () => {
  const transport = createTransport(`${mailbox.smtpUrl}?pool=true&maxConnections=5`);
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => transport.sendMail({ ...mail, subject: `mail ${n}` })),
  );
  transport.close();
  const subjects = (await mailbox.messages()).map(({ subject }) => subject);
  expect(new Set(subjects).size).toBe(100);
  expect(subjects).toHaveLength(100);
});
