import type { Step } from '../playbooks/shape.js';
import type { NoticeFacts, TaskFacts } from './facts.js';
import type { IncidentTold, SimilarIncident } from './incident-told.js';
import type { Block } from './letter.js';
import { LEVEL_WORDS } from './level-mark.js';
import { chooseFor, type Locale, say } from './locale.js';
import { momentWords } from './moments.js';
import { departmentWords, linkBlocks, taskWords } from './order-blocks.js';
import { INCIDENT_PHASE_WORDS } from './terms.js';

/** `突发情况 IN-20261124-0001（供应商延迟）`. */
export function incidentName(incident: Pick<IncidentTold, 'number' | 'name'>, locale: Locale): string {
  const t = chooseFor(locale);
  return t(
    `突发情况 ${incident.number}（${incident.name.zh}）`,
    `incident ${incident.number} (${incident.name.en})`,
  );
}

/** What our people read of an incident: nature, level and why, scope, who has it. */
export function incidentBlocks(
  f: Pick<NoticeFacts, 'zone'>,
  incident: IncidentTold,
  locale: Locale,
): Block[] {
  const t = chooseFor(locale);
  const because = incident.severityBecause && say(incident.severityBecause, locale);
  const { owner } = incident;
  return [
    {
      facts: [
        [t('编号', 'Incident'), incident.number],
        [t('类型', 'Type'), say(incident.name, locale)],
        [t('级别', 'Level'), levelWords(incident, locale)],
        [t('定级依据', 'Because'), because],
        [t('当前状态', 'State'), say(INCIDENT_PHASE_WORDS[incident.phase], locale)],
        [t('情况说明', 'What happened'), incident.summary && say(incident.summary, locale)],
        ...concernFacts(incident, locale),
        [t('影响范围', 'Scope'), scopeWords(incident, locale)],
        [t('受影响订单', 'Orders affected'), orderWords(incident, locale)],
        [t('报告时间', 'Reported'), reportedWords(f, incident, locale)],
        [t('负责人', 'Owner'), owner && [owner.name, owner.phone].filter(Boolean).join(t('，', ', '))],
        [t('下次通报', 'Next update'), nextUpdateWords(f, incident, locale)],
      ],
    },
  ];
}

/** `▮▮ 二级`. */
export function levelWords({ severity }: Pick<IncidentTold, 'severity'>, locale: Locale): string {
  return `${'▮'.repeat(severity)} ${say(LEVEL_WORDS[severity], locale)}`;
}

function reportedWords(f: Pick<NoticeFacts, 'zone'>, incident: IncidentTold, locale: Locale): string {
  const t = chooseFor(locale);
  const by = incident.reporterName ?? incident.source;
  const times = incident.count > 1 ? t(`共 ${incident.count} 次报告`, `${incident.count} reports`) : '';
  return [momentWords(incident.reportedAt, f.zone, locale), by, times].filter(Boolean).join(' · ');
}

/** What the report names, as far as it does. */
function concernFacts({ concerns: c }: IncidentTold, locale: Locale): [string, string | null][] {
  const t = chooseFor(locale);
  return [
    [t('供应商', 'Supplier'), c.supplier],
    [t('采购订单', 'Purchase order'), c.purchaseOrder],
    [t('物料', 'Products'), c.skus.join(t('、', ', '))],
    [t('仓库', 'Warehouse'), c.warehouse],
    [t('承运商', 'Carrier'), c.carrier],
    [t('运单', 'Shipment'), c.shipment],
    [t('地区', 'Region'), c.region],
    [t('系统', 'System'), c.endpoint],
    [t('付款', 'Payment'), c.payment],
    [
      t('预计延误', 'Expected delay'),
      c.delayHours === null ? null : t(`${c.delayHours} 小时`, `${c.delayHours} h`),
    ],
    [t('人员安全', 'People'), c.peopleInDanger ? t('有人员处于危险中', 'people are in danger') : null],
  ];
}

/** 影响范围 in counts: no names of customers. */
export function scopeWords({ scope }: Pick<IncidentTold, 'scope'>, locale: Locale): string {
  const t = chooseFor(locale);
  const { orders, customers, critical } = scope;
  if (orders === 0) return t('目前没有受影响的订单', 'no order is affected so far');
  const grave = critical > 0 ? t(`，其中急难订单 ${critical} 份`, `, ${critical} of them critical`) : '';
  return t(
    `${orders} 份订单、${customers} 家客户${grave}`,
    `${count(orders, 'order')} of ${count(customers, 'customer')}${grave}`,
  );
}

const count = (n: number, word: string) => `${n} ${word}${n === 1 ? '' : 's'}`;

function orderWords({ scope }: IncidentTold, locale: Locale): string {
  const t = chooseFor(locale);
  const more = scope.orders - scope.first.length;
  const rest = more > 0 ? t(` 等 ${scope.orders} 份`, ` and ${more} more`) : '';
  return scope.first.join(t('、', ', ')) + rest;
}

/** When the next update comes; null once it is resolved. */
export function nextUpdateWords(
  f: Pick<NoticeFacts, 'zone'>,
  { nextUpdateAt }: Pick<IncidentTold, 'nextUpdateAt'>,
  locale: Locale,
): string | null {
  return nextUpdateAt && momentWords(nextUpdateAt, f.zone, locale);
}

/** 应急小组 by name (P02.1). */
export function responseTeamBlocks({ team }: IncidentTold, locale: Locale): Block[] {
  if (team.length === 0) return [];
  return [
    { h: chooseFor(locale)('应急小组', 'Response team') },
    { facts: team.map(({ role, name }) => [say(role, locale), name]) },
  ];
}

/** A task of an incident: what it is, what its form asks, until when, and the link for the one it was given to. */
export function incidentTaskBlocks(f: NoticeFacts, task: TaskFacts, locale: Locale): Block[] {
  const t = chooseFor(locale);
  return [
    ...askBlocks(task.step, locale),
    {
      facts: [
        [t('待办事项', 'To do'), taskWords(task, locale)],
        [t('责任部门', 'Department'), departmentWords(task.department, locale)],
        [t('责任人', 'Assigned to'), task.assigneeName],
        [t('完成时限', 'Due'), task.dueAt && momentWords(task.dueAt, f.zone, locale)],
      ],
    },
    ...linkBlocks(task, locale),
  ];
}

/** What a step asks, in the words of the playbook: instructions and fields, a question and its options. */
export function askBlocks(step: Step | null, locale: Locale): Block[] {
  const t = chooseFor(locale);
  switch (step?.kind) {
    case 'task':
      return [
        { p: say(step.instructions, locale) },
        ...(step.form
          ? [
              { p: t('请填写以下内容：', 'Please fill in:') },
              {
                items: step.form.map(({ label, options, required }) => {
                  const words = say(label, locale) + (required ? '' : t('（选填）', ' (optional)'));
                  if (!options) return words;
                  return words + t('：', ': ') + options.map((one) => say(one.label, locale)).join(' / ');
                }),
              },
            ]
          : []),
      ];
    case 'decision':
      return [
        { p: say(step.question, locale) },
        { items: step.options.map(({ label }) => say(label, locale)) },
        ...otherwiseBlocks(step, locale),
      ];
    case 'wait':
      return [
        {
          p: t(
            `等待：${step.until.zh}。情况属实后请登记；到期仍未实现的，请核实并说明。`,
            `Waiting until ${step.until.en}. Please record it as soon as it is so; if it is not by then, look into it and say what stands in the way.`,
          ),
        },
      ];
    case 'action':
      return [
        ...(step.about ? [{ p: say(step.about, locale) }] : []),
        {
          p: t(
            `请办理“${step.title.zh}”，完成后登记办理结果。`,
            `Please see to it: “${step.title.en}”. When it is done, record what came of it.`,
          ),
        },
      ];
    default:
      return [];
  }
}

function otherwiseBlocks(step: Extract<Step, { kind: 'decision' }>, locale: Locale): Block[] {
  const option = step.options.find(({ key }) => key === step.otherwise);
  if (!option) return [];
  return [
    {
      p: chooseFor(locale)(
        `到期未答复的，按“${option.label.zh}”处理。`,
        `Without an answer by then: “${option.label.en}”.`,
      ),
    },
  ];
}

/** Earlier incidents like this one, and what worked (P12.3); for our people alone. */
export function similarBlocks({ similar }: IncidentTold, zone: string, locale: Locale): Block[] {
  if (similar.length === 0) return [];
  const t = chooseFor(locale);
  return [
    { h: t('以往类似情况', 'Similar incidents before') },
    ...similar.flatMap((one): Block[] => [
      {
        p: `${one.number} · ${momentWords(one.at, zone, locale)} · ${say(one.summary, locale)}`,
      },
      {
        facts: [
          [t('供应商', 'Supplier'), one.supplier],
          [t('物料', 'Products'), one.skus.join(t('、', ', '))],
          [t('原因', 'Cause'), one.cause && causeWords(one.cause, locale)],
          [t('当时的决定', 'Decided then'), chosenWords(one, locale)],
          [t('有效做法', 'What worked'), one.worked],
        ],
      },
    ]),
  ];
}

function chosenWords({ chosen }: SimilarIncident, locale: Locale): string {
  const t = chooseFor(locale);
  return chosen
    .map(({ step, option }) => `${say(step, locale)}${t('：', ': ')}${say(option, locale)}`)
    .join('\n');
}

/** A cause by its category, with the words of whoever found it. */
export function causeWords(cause: NonNullable<IncidentTold['cause']>, locale: Locale): string {
  const category = say(cause.category, locale);
  return cause.words === null ? category : `${category}${chooseFor(locale)('：', ': ')}${cause.words}`;
}
