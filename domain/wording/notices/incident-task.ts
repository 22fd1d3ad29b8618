import { wordsSchema } from '../../playbooks/shape.js';
import { type NoticeFacts, needed, type TaskFacts } from '../facts.js';
import {
  askBlocks,
  incidentBlocks,
  incidentName,
  incidentTaskBlocks,
  responseTeamBlocks,
  similarBlocks,
} from '../incident-blocks.js';
import type { IncidentTold } from '../incident-told.js';
import type { Block } from '../letter.js';
import { type Choose, type Locale, say } from '../locale.js';
import { momentWords } from '../moments.js';
import { taskWords } from '../order-blocks.js';
import { incidentContactWords, ownOrderBlocks } from './own-orders.js';
import type { Wording } from './wording.js';

/** A step of an incident is someone's now: what, until when, and the link; a customer's choice is the customer's (P10.1). */
export const incidentTask: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const task = needed(f.tasks[0], 'task');
    const words = taskWords(task, locale);
    return {
      subject: t(
        `待办：${words}——${incidentName(incident, locale)}`,
        `To do: ${words}, ${incidentName(incident, locale)}`,
      ),
      blocks: [
        ...explain(task, t, locale),
        ...f.tasks.flatMap((one) => incidentTaskBlocks(f, one, locale)),
        ...(task.kind === 'review' ? causeBlocks(incident, t, locale) : []),
        ...incidentBlocks(f, incident, locale),
        ...(task.kind === 'team' ? responseTeamBlocks(incident, locale) : []),
        ...(['confirm', 'review'].includes(task.kind) ? similarBlocks(incident, f.zone, locale) : []),
      ],
    };
  },

  customer: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const task = needed(f.tasks[0], 'task');
    const step = needed(
      task.step?.kind === 'decision' && task.step.by === 'customer' ? task.step : null,
      'question',
    );
    const numbers = incident.own.orders.map(({ number }) => number).join(t('、', ', '));
    return {
      subject: t(`请您选择：订单 ${numbers}`, `Your choice, please: order ${numbers}`),
      blocks: [
        ...askBlocks(step, locale),
        ...choiceBlocks(f, task, t, locale),
        ...ownOrderBlocks(incident.own.orders, t),
        { p: incidentContactWords(incident, t) },
      ],
    };
  },
};

function choiceBlocks(f: NoticeFacts, task: TaskFacts, t: Choose, locale: Locale): Block[] {
  return [
    {
      facts: [[t('请于此前答复', 'Please answer by'), task.dueAt && momentWords(task.dueAt, f.zone, locale)]],
    },
    ...(task.link === null ? [] : [{ link: { label: t('立即选择', 'Choose now'), url: task.link } }]),
  ];
}

/** What the engine's own tasks ask; those of a playbook's step say it themselves. */
function explain(task: TaskFacts, t: Choose, locale: Locale): Block[] {
  switch (task.kind) {
    case 'confirm':
      return [
        {
          p: t(
            '请您立即核实并确认：误报、按日常流程处理，或按级别启动应急预案。启动后，预案各步骤随即分派。',
            'Please look into it now and decide: a false alarm, routine handling, or activation at a level. Once activated, the steps of the playbook are given out.',
          ),
        },
      ];
    case 'team':
      return [
        {
          p: t(
            '请您确认或调整下列拟定的应急小组。到期未答复的，按拟定名单执行。',
            'Please confirm the response team that is proposed below, or change it. Without an answer by then it stands.',
          ),
        },
      ];
    case 'update':
      return [
        {
          p: t(
            '请您写明目前的进展、已采取的措施和下一步安排。内容将发给受影响客户和应急小组，请勿写入内部信息。',
            'Please write where things stand, what was done and what comes next. It is sent to the customers affected and to the team: nothing internal, please.',
          ),
        },
      ];
    case 'report':
      return [
        {
          p: t(
            '请您向应急管理负责人报告本次突发情况：经过、影响、所采取的措施和结果。无论级别高低，均须报告。',
            'Please report this incident to the emergency manager: what happened, whom it affected, what was done, and the outcome. Every level is reported.',
          ),
        },
      ];
    case 'review':
      return [
        {
          p: t(
            '请您组织总结：查明原因，对照时间经过说明哪些做法有效，并提出整改措施、负责人和完成时限。未查明原因的，不能归档。',
            'Please hold the review: find the cause, say along the timeline what worked, and name what is to be improved, by whom and until when. Without a cause nothing is archived.',
          ),
        },
      ];
    case 'action': {
      if (task.step?.kind !== 'action') return [];
      const begun = saidBlocks(task.facts, locale);
      const yours = t('本措施需由您所在部门办理。', 'This measure is for your department to carry out.');
      const rest = t('请您跟进并登记结果。', 'Please see it through and record what came of it.');
      return begun.length > 0 ? [...begun, { p: rest }] : [{ p: yours }];
    }
    default:
      return task.step === null ? [{ p: `${taskWords(task, locale)}${t('。', '.')}` }] : [];
  }
}

/** What the product has done of an action by itself, in its own words. */
export function saidBlocks(facts: Readonly<Record<string, unknown>>, locale: Locale): Block[] {
  const said = wordsSchema.safeParse(facts.said);
  return said.success ? [{ p: say(said.data, locale) }] : [];
}

/** Categories that the review chooses from (P12.3). */
function causeBlocks({ playbook }: IncidentTold, t: Choose, locale: Locale): Block[] {
  return [
    { h: t('原因类别', 'Categories of cause') },
    { items: playbook.causes.map(({ name }) => say(name, locale)) },
  ];
}
