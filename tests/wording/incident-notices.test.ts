import { describe, expect, it } from 'vitest';
import type { IncidentNotice } from '../../contracts/incident-record.js';
import { isNotice } from '../../domain/playbooks/actions/shape.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { playbookSchema } from '../../domain/playbooks/shape.js';
import type { NoticeFacts } from '../../domain/wording/facts.js';
import { incidentForGroup } from '../../domain/wording/incident-for-group.js';
import type { IncidentTold } from '../../domain/wording/incident-told.js';
import { LOCALES } from '../../domain/wording/locale.js';
import { type TemplateName, WORDINGS } from '../../domain/wording/notices/registry.js';
import type { Wording } from '../../domain/wording/notices/wording.js';
import { renderNotice } from '../../domain/wording/render-notice.js';
import { sampleIncident, sampleIncidentFacts, sampleIncidentTask, TYPED } from './sample-incident.js';

// Held by the compiler: every notice of an incident is here.
const templates: Record<IncidentNotice | 'playbookNotice', TemplateName> = {
  incidentReported: 'incidentReported',
  incidentActivated: 'incidentActivated',
  incidentEnded: 'incidentEnded',
  incidentTask: 'incidentTask',
  incidentSeverity: 'incidentSeverity',
  incidentResolved: 'incidentResolved',
  incidentReport: 'incidentReport',
  incidentDefault: 'incidentDefault',
  incidentUpdate: 'incidentUpdate',
  incidentTeam: 'incidentTeam',
  incidentHandedOver: 'incidentHandedOver',
  noticeUndelivered: 'noticeUndelivered',
  playbookNotice: 'playbookNotice',
  expediteRequest: 'expediteRequest',
};
const all: TemplateName[] = [
  ...Object.values(templates),
  'deadlineWarning',
  'deadlineBreached',
  'deadlineEscalated',
];
const readers = (['person', 'customer', 'supplier'] as const).flatMap((kind) =>
  all
    .filter((template) => (WORDINGS[template] as Wording)[kind === 'person' ? 'staff' : kind])
    .map((template) => ({ template, kind })),
);
const wholeOf = ({ subject, text, html }: { subject: string; text: string; html: string }) =>
  subject + text + html;

describe.each(readers)('$template of an incident to a $kind', ({ template, kind }) => {
  it.each(LOCALES)('is complete in %s, with nothing left to fill in', (locale) => {
    const { subject, text, html } = renderNotice(template, sampleIncidentFacts(template, kind), locale);
    for (const part of [subject, text, html]) {
      expect(part).not.toMatch(/undefined|null|NaN|\[object|\$\{|Invalid/);
      expect(part.trim()).not.toBe('');
    }
    const chinese = /[\u3400-\u9fff]/;
    if (locale === 'en') expect(subject + text + html).not.toMatch(chinese);
    else for (const part of [subject, text, html]) expect(part).toMatch(chinese);
    expect(subject + text).not.toMatch(/质检/);
  });
});

describe('our people', () => {
  it.each([
    [1, '【突发情况 ▮ 一级】', '[INCIDENT ▮ level 1]'],
    [2, '【突发情况 ▮▮ 二级】', '[INCIDENT ▮▮ level 2]'],
    [3, '【突发情况 ▮▮▮ 三级】', '[INCIDENT ▮▮▮ level 3]'],
  ] as const)('see level %d by as many bars, first in the subject (P11.1)', (severity, zh, en) => {
    const facts = sampleIncidentFacts('incidentActivated', 'person', { severity });
    expect(renderNotice('incidentActivated', facts, 'zh-CN').subject.startsWith(zh)).toBe(true);
    expect(renderNotice('incidentActivated', facts, 'en').subject.startsWith(en)).toBe(true);
  });

  it('see that a drill is one before anything else', () => {
    const facts = sampleIncidentFacts('incidentTask', 'person', { drill: true });
    expect(renderNotice('incidentTask', facts, 'zh-CN').subject).toMatch(/^【演练 ▮▮ 二级】/);
    expect(renderNotice('incidentTask', facts, 'en').subject).toMatch(/^\[DRILL ▮▮ level 2\]/);
  });

  it('read nature, scope in counts and numbers, measures, the solution for now, and the next update (P02.4, P03.5)', () => {
    const { text } = renderNotice('playbookNotice', sampleIncidentFacts('playbookNotice', 'person'), 'zh-CN');
    for (const fact of [
      '性质：部分物料供应延迟',
      '影响范围：22 份订单、9 家客户，其中急难订单 1 份',
      '受影响订单：SO-20261124-0001、SO-20261124-0002 等 22 份',
      '措施：请密切关注',
      '临时方案：正在制定，最迟 2026-11-25 17:00（北京时间）另行告知。',
      '下次通报：2026-11-24 23:00（北京时间）',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('read that the temporary solution stands once it does, and of none once all is resolved', () => {
    const facts = (change: Partial<IncidentTold>) => sampleIncidentFacts('playbookNotice', 'person', change);
    expect(renderNotice('playbookNotice', facts({ contained: true }), 'zh-CN').text).toContain(
      '临时方案：临时方案已落实',
    );
    const late = { ...facts({}), at: '2026-11-26T00:00:00.000Z' };
    expect(renderNotice('playbookNotice', late, 'zh-CN').text).toContain('确定后立即另行告知');
    const early = facts({ deadlines: [], nextUpdateAt: null });
    expect(renderNotice('playbookNotice', early, 'zh-CN').text).toContain('下次通报：有新的进展，立即告知');
    const over = facts({ resolvedAt: '2026-11-24T10:00:00.000Z', nextUpdateAt: null });
    expect(renderNotice('playbookNotice', over, 'zh-CN').text).not.toMatch(/临时方案|下次通报/);
  });

  it('read in a task what to do, what its form asks, until when, and the link', () => {
    const { subject, text } = renderNotice(
      'incidentTask',
      sampleIncidentFacts('incidentTask', 'person'),
      'zh-CN',
    );
    expect(subject).toContain('待办：向供应商核实——突发情况 IN-20261124-0001（供应商延迟）');
    for (const fact of [
      '立即联系供应商，核实未按期交货的原因',
      '- 责任方：供应商 / 承运商 / 本公司 / 其他',
      '- 新的交货日期（选填）',
      '完成时限：2026-11-24 17:00（北京时间）',
      'https://orders.example.com/t/token',
    ]) {
      expect(text).toContain(fact);
    }
  });

  it('read in a decision its question and options, and in a wait what is waited for', () => {
    const of = (kind: string, step: string) => {
      const facts = {
        ...sampleIncidentFacts('incidentTask', 'person'),
        tasks: [sampleIncidentTask(kind, step)],
      };
      return renderNotice('incidentTask', facts, 'zh-CN').text;
    };
    expect(of('decision', 'which-way')).toContain('等待现供应商，还是改由替代供应商供货？');
    expect(of('decision', 'which-way')).toContain('- 改由替代供应商供货');
    expect(of('decision', 'customer-choice')).toContain('到期未答复的，按“按新的日期交货”处理。');
    expect(of('wait', 'await-delivery')).toContain('等待：现供应商的物料到货');
    expect(of('action', 'reroute')).toContain('请办理“启用替代供应商”');
  });

  it.each(['confirm', 'review'])(
    'read in the %s letter what was done about the like before (P12.3)',
    (kind) => {
      const facts = { ...sampleIncidentFacts('incidentTask', 'person'), tasks: [sampleIncidentTask(kind)] };
      const { text } = renderNotice('incidentTask', facts, 'zh-CN');
      for (const fact of [
        'IN-20260301-0002',
        '原因：运输延误：a truck broke down',
        '确定供应方案：等待现供应商',
        '有效做法：calling the driver',
      ]) {
        expect(text).toContain(fact);
      }
    },
  );

  it.each(['confirm', 'report', 'review', 'reach', 'step', 'decision', 'wait', 'action'])(
    'are told what the task %s asks of them, though its step is gone from the playbook',
    (kind) => {
      for (const locale of LOCALES) {
        const facts = { ...sampleIncidentFacts('incidentTask', 'person'), tasks: [sampleIncidentTask(kind)] };
        const { subject, text } = renderNotice('incidentTask', facts, locale);
        expect(subject + text).not.toMatch(/undefined|null/);
        expect(text).toContain('https://orders.example.com/t/token');
      }
    },
  );

  it('read in an escalation which step is overdue, and on which rung', () => {
    const facts = sampleIncidentFacts('deadlineEscalated', 'person');
    const { subject, text } = renderNotice('deadlineEscalated', facts, 'zh-CN');
    expect(subject).toContain(
      '逐级上报（第 2 级·应急管理负责人）：突发情况 IN-20261124-0001（供应商延迟），向供应商核实超期 2 小时',
    );
    expect(text).toContain('- 向供应商核实：采购 Xu');
  });

  it('who call a meeting, and who are invited, read what about and by when (P14.7)', () => {
    const sample = sampleIncidentFacts('playbookNotice', 'person');
    const task = sampleIncidentTask('action', 'hold-meeting', { link: null });
    const facts = { ...sample, tasks: [task], given: { step: 'hold-meeting', audience: 'team' } };
    const { subject, text } = renderNotice('playbookNotice', facts, 'zh-CN');
    expect(subject).toContain('会议通知：召开紧急会议');
    expect(text).toContain('议题：供应商延迟交货：讨论原因、解决方案和分工。');
    expect(text).toContain('最迟召开时间：2026-11-24 17:00（北京时间）');
    expect(text).toContain('参加人员：Lin、Bai');
  });

  it('are asked to pass on what the product cannot send to somebody outside', () => {
    const sample = sampleIncidentFacts('playbookNotice', 'person');
    const facts = { ...sample, given: { step: 'tell-customers', audience: 'authorities' } };
    const { subject, text } = renderNotice('playbookNotice', facts, 'zh-CN');
    expect(subject).toContain('请转告主管部门');
    expect(text).toContain('请您将以下内容告知主管部门');
  });
});

describe('somebody outside', () => {
  it.each(readers.filter(({ kind }) => kind !== 'person'))(
    'reads nothing internal in $template to a $kind',
    ({ template, kind }) => {
      for (const locale of LOCALES) {
        const whole = wholeOf(renderNotice(template, sampleIncidentFacts(template, kind), locale));
        for (const internal of [
          TYPED,
          '▮',
          'IN-20261124-0001',
          'IN-20260301-0002',
          'SO-20261124-0002',
          'Steel Ltd',
          '两天以上',
          'two days late',
          '8233',
        ]) {
          expect(whole).not.toContain(internal);
        }
      }
    },
  );

  it('as a customer reads nature, their own orders alone, measures, and when the next update comes', () => {
    const { subject, text } = renderNotice(
      'playbookNotice',
      sampleIncidentFacts('playbookNotice', 'customer'),
      'zh-CN',
    );
    expect(subject).toBe('情况说明：订单 SO-20261124-0001，部分物料供应延迟');
    for (const fact of [
      '性质：部分物料供应延迟',
      '影响范围：您的 1 份订单（见下）',
      'SO-20261124-0001（贵方单号 PO-77），承诺交期 2026-12-08',
      '措施：对此我们深表歉意。',
      '下次通报：2026-11-24 23:00（北京时间）',
      'https://orders.example.com/t/view',
      '请联系您的销售负责人Chen',
    ]) {
      expect(text).toContain(fact);
    }
    expect(text).not.toContain('PO-20261110-0001');
    const english = renderNotice('playbookNotice', sampleIncidentFacts('playbookNotice', 'customer'), 'en');
    expect(english.text).toContain('What is done: We are sorry for it. We are pressing for delivery');
  });

  it('as a supplier reads of their own purchase orders alone', () => {
    const { text } = renderNotice(
      'playbookNotice',
      sampleIncidentFacts('playbookNotice', 'supplier'),
      'zh-CN',
    );
    expect(text).toContain('影响范围：采购订单 PO-20261110-0001');
    expect(text).toContain('贵司未按确认日期交货');
    expect(text).not.toContain('SO-');
  });

  it('as a customer chooses by link what the playbook asks the customer, and nothing else', () => {
    const facts = sampleIncidentFacts('incidentTask', 'customer');
    const { text } = renderNotice('incidentTask', facts, 'zh-CN');
    expect(text).toContain('- 取消订单并退款');
    expect(text).toContain('https://orders.example.com/t/token');
    const ours = { ...facts, tasks: [sampleIncidentTask('decision', 'which-way')] };
    expect(() => renderNotice('incidentTask', ours, 'zh-CN')).toThrow('question');
    expect(() =>
      renderNotice('incidentActivated', sampleIncidentFacts('incidentActivated', 'customer'), 'en'),
    ).toThrow('not written for customer');
    expect(() => renderNotice('incidentTask', sampleIncidentFacts('incidentTask', 'supplier'), 'en')).toThrow(
      'not written for supplier',
    );
  });
});

describe('a group chat', () => {
  const forGroup = (template: TemplateName): NoticeFacts => ({
    ...sampleIncidentFacts(template, 'group'),
    incident: incidentForGroup(sampleIncident(), true),
    tasks: [],
  });

  it.each(['incidentActivated', 'incidentSeverity', 'deadlineEscalated', 'playbookNotice'] as const)(
    'reads %s by level and counts, and nothing that a person typed',
    (template) => {
      for (const locale of LOCALES) {
        const { subject, markdown } = renderNotice(template, forGroup(template), locale);
        expect(subject).toContain('▮▮');
        expect(markdown).toContain('22');
        expect(subject + markdown).not.toContain(TYPED);
        expect(subject + markdown).not.toMatch(/Suzhou|SH-1|PAY-1|PO-77|undefined|null/);
      }
    },
  );

  it('does not read why a person chose another level', () => {
    const because = { zh: TYPED, en: TYPED };
    const facts = forGroup('incidentSeverity');
    const incident = incidentForGroup(sampleIncident({ severityBecause: because }), false);
    expect(renderNotice('incidentSeverity', { ...facts, incident }, 'zh-CN').markdown).not.toContain(TYPED);
  });

  it('gets no task', () => {
    expect(() => renderNotice('incidentTask', forGroup('incidentTask'), 'en')).toThrow(
      'not written for group',
    );
  });
});

describe('every built-in playbook', () => {
  it.each(BUILT_IN_PLAYBOOKS.map((source) => playbookSchema.parse(source)))(
    '$type: each step has its letter in both languages',
    (playbook) => {
      const incident = sampleIncident({ playbook, name: playbook.name });
      for (const step of playbook.steps) {
        for (const locale of LOCALES) {
          const kind = step.kind === 'task' ? 'step' : step.kind;
          const task = { ...sampleIncidentTask(kind), facts: { step: step.key }, step };
          const letter = renderNotice(
            'incidentTask',
            { ...sampleIncidentFacts('incidentTask', 'person'), incident, tasks: [task] },
            locale,
          );
          expect(wholeOf(letter)).not.toMatch(/undefined|null|\[object/);
          expect(letter.subject).toContain(locale === 'en' ? step.title.en : step.title.zh);
          if (step.kind !== 'action' || !isNotice(step.action)) continue;
          for (const reader of ['person', 'customer', 'supplier'] as const) {
            const sample = sampleIncidentFacts('playbookNotice', reader);
            const facts = { ...sample, incident, given: { step: step.key, audience: 'team' } };
            const { text } = renderNotice('playbookNotice', facts, locale);
            const measures = locale === 'en' ? step.measures?.en : step.measures?.zh;
            expect(text.toLowerCase()).toContain(measures?.toLowerCase());
          }
        }
      }
    },
  );
});

it('is failed by its name where the playbook has no such step', () => {
  const facts = { ...sampleIncidentFacts('playbookNotice', 'person'), given: { step: 'never-there' } };
  expect(() => renderNotice('playbookNotice', facts, 'en')).toThrow('step');
});

it('what people typed is escaped in HTML and never breaks a subject', () => {
  const hostile = '<script>alert(1)</script>"\'&\r\nBcc: everyone@example.com';
  for (const { template, kind } of readers) {
    const facts = sampleIncidentFacts(template, kind, {
      summary: { zh: hostile, en: hostile },
      source: hostile,
      cause: { category: { zh: hostile, en: hostile }, words: hostile },
      severityBecause: { zh: hostile, en: hostile },
    });
    const named = { ...facts, recipient: { ...facts.recipient, name: hostile } };
    const { subject, html } = renderNotice(template, named, 'zh-CN');
    expect(html).not.toContain('<script');
    expect(subject).not.toMatch(/[\r\n]/);
  }
});

it('what the product wrote of it is read in the language of whoever reads it, and in that alone', () => {
  const summary = { zh: '库存低于再订货点', en: 'stock is below its reorder level' };
  for (const { template, kind } of readers) {
    const similar = sampleIncident().similar.map((one) => ({ ...one, summary }));
    const facts = sampleIncidentFacts(template, kind, { summary, similar });
    expect(renderNotice(template, facts, 'zh-CN').text).not.toContain(summary.en);
    expect(renderNotice(template, facts, 'en').text).not.toContain(summary.zh);
  }
  const told = sampleIncidentFacts('incidentReported', 'person', { summary });
  expect(renderNotice('incidentReported', told, 'zh-CN').text).toContain(summary.zh);
  expect(renderNotice('incidentReported', told, 'en').text).toContain(summary.en);
});
