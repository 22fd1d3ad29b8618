import { describe, expect, it } from 'vitest';
import { escapeMarkdown } from '../../domain/wording/escape-markdown.js';
import { type Block, renderLetter } from '../../domain/wording/letter.js';
import { GROUP_NOTICES } from '../../domain/wording/notices/group-notices.js';
import { renderNotice } from '../../domain/wording/render-notice.js';
import { withoutCustomer } from '../../domain/wording/without-customer.js';
import { sampleFacts, sampleOrder } from './sample-facts.js';

const letter = (blocks: Block[]) => ({
  subject: '紧急订单',
  mark: null,
  greeting: '各位同事：您好！',
  blocks,
  footer: [],
});
const markdownOf = (block: Block) =>
  renderLetter(letter([block]), 'zh-CN').markdown.replace('各位同事：您好！\n\n', '');

describe('a letter as Markdown', () => {
  it.each<[Block, string]>([
    [{ p: '第一行\n第二行' }, '第一行\n\n第二行'],
    [{ h: '尚待完成' }, '**尚待完成**'],
    [
      {
        facts: [
          ['订单号', 'SO-1'],
          ['工艺', null],
          ['产品', '轴\n齿轮'],
        ],
      },
      '- **订单号**：SO-1\n- **产品**：轴；齿轮',
    ],
    [{ items: ['品管部 秦岚', '技术部'] }, '- 品管部 秦岚\n- 技术部'],
    [{ quote: '价格\n未核实' }, '> 价格\n> 未核实'],
    [{ link: { label: '订单', url: 'https://a.example/x_y' } }, '[订单](https://a.example/x_y)'],
  ])('%j', (block, expected) => {
    expect(markdownOf(block)).toBe(expected);
  });

  it('says nothing that a mail does not say, in the same order', () => {
    const { text, markdown } = renderLetter(letter([{ h: 'a' }, { p: 'b' }, { items: ['c', 'd'] }]), 'en');
    const words = (form: string) => form.replace(/[^\p{L}]+/gu, ' ').trim();
    expect(words(markdown)).toBe(words(text));
  });
});

describe('what a person typed', () => {
  it.each([
    '<at id=all></at>',
    '<@all>',
    '[点我](http://evil.example)',
    '![x](http://evil.example/x.png)',
    '**红**',
    '`x`',
    '# 标题',
    '<font color="info">x</font>',
  ])('%s means nothing, and reads as it was', (typed) => {
    const escaped = escapeMarkdown(typed);
    expect(escaped).not.toMatch(/[*`[\]<>#]/);
    expect(escaped.normalize('NFKC')).toBe(typed.normalize('NFKC'));
    expect(markdownOf({ p: typed })).toBe(escaped);
  });

  it('ids and addresses with an underscore stay as they can be copied', () => {
    expect(escapeMarkdown('http://127.0.0.1:8233/my_space/order%2FSO-1')).toBe(
      'http://127.0.0.1:8233/my_space/order%2FSO-1',
    );
  });
});

describe('a group chat', () => {
  const secret = 'LEAK';
  /** An order whose every word of or about the customer is marked. */
  const marked = sampleOrder({
    customerName: `${secret} Ltd`,
    customerPhone: `+86${secret}`,
    customerReference: `${secret}-77`,
    destination: { country: 'CN', region: `${secret} province`, city: `${secret} city` },
    shippingMethod: secret,
    process: secret,
    specialRequirements: secret,
    priorityReason: secret,
    groundStatement: secret,
    rejectionWords: secret,
    declinedWords: secret,
    reasons: [
      { code: 'shortLeadTime', zh: '要求交期 15 天', en: '15 days asked for' },
      { code: 'priorityRequested', zh: `客户要求优先处理：${secret}`, en: `priority asked for: ${secret}` },
      { code: 'specialRequirement', zh: `有特殊要求：${secret}`, en: `special requirement: ${secret}` },
    ],
    questions: [
      {
        id: 'q',
        point: 'process',
        department: 'technical',
        text: secret,
        answer: secret,
        answeredBy: secret,
      },
    ],
    objections: [{ department: 'quality', point: 'process', note: secret, question: secret }],
  });
  const ofOrders = GROUP_NOTICES.filter((template) => !template.startsWith('incident'));
  const facts = (template: (typeof GROUP_NOTICES)[number]) => {
    const { tasks, ...sample } = sampleFacts(template, 'group');
    return {
      ...sample,
      order: withoutCustomer(marked, 'zh-CN'),
      tasks: tasks.map((task) => ({ ...task, link: null })),
    };
  };

  it.each(ofOrders)('reads %s with its urgency and its delivery, and nothing of the customer', (template) => {
    for (const locale of ['zh-CN', 'en'] as const) {
      const { subject, markdown, text, html, red } = renderNotice(template, facts(template), locale);
      expect(subject + markdown + text + html).not.toContain(secret);
      expect(red).toBe(true);
      expect(subject).toContain('▮▮');
      expect(markdown).toContain('2026-12-09');
      expect(markdown).toContain('SO-20261124-0001');
      expect(markdown).not.toMatch(/undefined|null|NaN|\[object/);
    }
  });

  it('is spoken to as a group, and told where the links are', () => {
    const { markdown } = renderNotice('departmentsTold', facts('departmentsTold'), 'zh-CN');
    expect(markdown).toContain('各位同事');
    expect(markdown).toContain('办理链接见邮件');
  });

  it('gets no notice that is not marked for it, whatever its facts', () => {
    const sample = sampleFacts('taskOpened', 'group');
    expect(() => renderNotice('taskOpened', sample, 'zh-CN')).toThrow(/not written for group/);
    expect(() => renderNotice('orderReceived', sampleFacts('orderReceived', 'group'), 'zh-CN')).toThrow(
      /not written for group/,
    );
  });
});
