import { describe, expect, it } from 'vitest';
import { acceptLanguage } from '../../api/pages/accept-language.js';
import { createLinks } from '../../app/links.js';

const secret = 'a secret of at least thirty-two characters';
const links = createLinks(secret, 'https://orders.example.com');
const act = {
  task: 'SO-20261124-0001.evaluate.quality',
  recipient: 'person:qin.lan',
  issuedAt: '2026-11-24T01:30:00.000Z',
};
const tokenOf = (link: string) => link.split('/t/')[1] ?? '';

describe('a signed link', () => {
  it('opens as what it was made for, 30 days from its notice', () => {
    expect(links.open(tokenOf(links.actLink(act)))).toEqual({
      kind: 'act',
      task: act.task,
      recipient: act.recipient,
      expiresAt: '2026-12-24T01:30:00.000Z',
    });
    expect(links.open(tokenOf(links.viewLink({ order: 'SO-20261124-0001', trackingVersion: 3 })))).toEqual({
      kind: 'view',
      order: 'SO-20261124-0001',
      version: 3,
    });
  });

  it('is the same at each try of the same notice, and of letters that an address may have', () => {
    expect(links.actLink(act)).toBe(links.actLink(act));
    expect(links.actLink(act)).toMatch(/^https:\/\/orders\.example\.com\/t\/[\w.-]+$/);
  });

  it('keeps no secret in itself', () => {
    const [payload = ''] = tokenOf(links.actLink(act)).split('.');
    expect(Buffer.from(payload, 'base64url').toString()).not.toContain(secret);
  });

  it('is not opened once anything about it was changed', () => {
    const token = tokenOf(links.actLink(act));
    const [payload = '', signature = ''] = token.split('.');
    const other = tokenOf(links.actLink({ ...act, recipient: 'person:zheng.hong' }));
    const forged = [
      ...Array.from(
        { length: token.length },
        (_, at) => token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1),
      ),
      `${other.split('.')[0]}.${signature}`,
      `${payload}.`,
      payload,
      `${token}.x`,
      `${token}=`,
      `.${signature}`,
      '',
      '.',
      'nonsense',
      tokenOf(createLinks(`${secret}!`, 'https://orders.example.com').actLink(act)),
    ];
    for (const one of forged) expect(links.open(one), one).toBeNull();
  });

  it('of one kind is never taken for the other', () => {
    const view = links.open(tokenOf(links.viewLink({ order: act.task, trackingVersion: 1 })));
    expect(view).not.toHaveProperty('task');
  });
});

describe('the language of a page', () => {
  it.each([
    [undefined, 'zh-CN'],
    ['', 'zh-CN'],
    ['en', 'en'],
    ['en-US,en;q=0.9,zh-CN;q=0.8', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
    ['fr-FR,fr;q=0.9', 'zh-CN'],
    ['fr-FR,en;q=0.3', 'en'],
    ['zh;q=0.2, en;q=0.7', 'en'],
    ['en;q=0', 'zh-CN'],
    ['*', 'zh-CN'],
    ['EN-gb', 'en'],
    ['en;q=oops', 'zh-CN'],
  ])('by Accept-Language %j is %s', (header, locale) => {
    expect(acceptLanguage(header)).toBe(locale);
  });
});
