import { needed } from '../facts.js';
import {
  causeWords,
  incidentBlocks,
  incidentName,
  incidentTaskBlocks,
  levelWords,
  responseTeamBlocks,
  similarBlocks,
} from '../incident-blocks.js';
import { stepNamed } from '../incident-told.js';
import { LEVEL_WORDS } from '../level-mark.js';
import { say } from '../locale.js';
import { momentWords } from '../moments.js';
import { resolvedOutside } from './incident-update.js';
import type { Wording } from './wording.js';

/** P03.2, P12.1, P13.6: somebody or a monitor reported it; its owner confirms, with what was done about the like before. */
export const incidentReported: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const [task] = f.tasks.filter(({ link }) => link !== null);
    const ask = task
      ? t(
          '请您立即核实并确认：误报、按日常流程处理，或按级别启动应急预案。',
          'Please look into it now and decide: a false alarm, routine handling, or activation at a level.',
        )
      : t(
          '负责人正在核实。确认启动预案后，将另行通知分工。',
          'Its owner is looking into it. Once it is activated, you will hear what is asked of whom.',
        );
    return {
      subject: t(
        `待确认：${incidentName(incident, locale)}`,
        `To be confirmed: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            `收到突发情况报告：${incident.name.zh}，初定${say(LEVEL_WORDS[incident.severity], 'zh-CN')}。`,
            `An incident was reported: ${incident.name.en}, ${say(LEVEL_WORDS[incident.severity], 'en')} for now.`,
          ),
        },
        { p: ask },
        ...(task ? incidentTaskBlocks(f, task, locale) : []),
        ...incidentBlocks(f, incident, locale),
        ...similarBlocks(incident, f.zone, locale),
      ],
    };
  },
};

/** P13.6, P11.1: the playbook is in force, at which level, by whom, and who is in the team. */
export const incidentActivated: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const level = say(LEVEL_WORDS[incident.severity], locale);
    return {
      subject: t(
        `启动预案（${level}）：${incidentName(incident, locale)}`,
        `Playbook activated (${level}): ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            `“${incident.name.zh}”应急预案已启动。请应急小组成员立即到位，按预案分工办理；各自的事项另行通知。`,
            `The playbook “${incident.name.en}” is in force. The response team takes its places now; each member is told separately what to do.`,
          ),
        },
        {
          facts: [
            [t('确认人', 'Confirmed by'), incident.confirmerName],
            [
              t('确认时间', 'Confirmed at'),
              incident.confirmedAt && momentWords(incident.confirmedAt, f.zone, locale),
            ],
          ],
        },
        ...incidentBlocks(f, incident, locale),
        ...responseTeamBlocks(incident, locale),
      ],
    };
  },
};

/** P13.6: a false alarm, or left to routine handling; nothing of the playbook is to be done any more. */
export const incidentEnded: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const isFalse = incident.phase === 'falseAlarm';
    return {
      subject: isFalse
        ? t(`误报：${incidentName(incident, locale)}`, `False alarm: ${incidentName(incident, locale)}`)
        : t(
            `按日常流程处理：${incidentName(incident, locale)}`,
            `Routine handling: ${incidentName(incident, locale)}`,
          ),
      blocks: [
        {
          p: isFalse
            ? t(
                '经核实为误报，不启动应急预案。已发出的待办事项全部撤销。',
                'It was looked into and is a false alarm. No playbook comes into force; what was asked before is withdrawn.',
              )
            : t(
                '经核实可按日常流程处理，不启动应急预案。已发出的待办事项全部撤销，请相关部门按日常流程办理。',
                'It was looked into and is left to routine handling. No playbook comes into force; what was asked before is withdrawn.',
              ),
        },
        { facts: [[t('确认人', 'Confirmed by'), incident.confirmerName]] },
        ...incidentBlocks(f, incident, locale),
      ],
    };
  },
};

/** P11.1: the level rose or fell; a rise adds steps, a fall withdraws nothing that was begun or promised. */
export const incidentSeverity: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const level = levelWords(incident, locale);
    return {
      subject: t(
        `级别调整为${say(LEVEL_WORDS[incident.severity], locale)}：${incidentName(incident, locale)}`,
        `Now ${say(LEVEL_WORDS[incident.severity], locale)}: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            `本次突发情况的级别调整为 ${level}。该级别要求的步骤随即开始；已经开始的措施和对客户的承诺不因级别降低而取消。`,
            `The incident is now ${level}. What this level asks for begins at once; a lower level withdraws nothing that was begun or promised.`,
          ),
        },
        ...incidentBlocks(f, incident, locale),
        ...responseTeamBlocks(incident, locale),
      ],
    };
  },
};

/** P11.5: what happened, whom it affected, what was done and what came of it, in the words of who was asked. */
export const incidentReport: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    return {
      subject: t(
        `突发情况报告：${incidentName(incident, locale)}`,
        `Report: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            '本次突发情况的报告如下，请您审阅；处理过程和结果一并附后。',
            'This is the report on the incident, for you to assess. How it was handled and what came of it follows.',
          ),
        },
        { quote: needed(incident.report, 'report') },
        {
          facts: [
            [
              t('解决时间', 'Resolved at'),
              incident.resolvedAt && momentWords(incident.resolvedAt, f.zone, locale),
            ],
            [t('原因', 'Cause'), incident.cause && causeWords(incident.cause, locale)],
          ],
        },
        ...incidentBlocks(f, incident, locale),
        ...responseTeamBlocks(incident, locale),
      ],
    };
  },
};

/** P16.3, P11.5, P12.3: back to normal; the report and the review with its cause remain. */
export const incidentResolved: Wording = {
  ...resolvedOutside,
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const due = (kind: string) => {
      const found = incident.deadlines.findLast((one) => one.kind === kind && one.state !== 'withdrawn');
      return found ? momentWords(found.dueAt, f.zone, locale) : null;
    };
    return {
      subject: t(`已解决：${incidentName(incident, locale)}`, `Resolved: ${incidentName(incident, locale)}`),
      blocks: [
        {
          p: t(
            '突发情况已解决，业务恢复正常。感谢各位同事。接下来须向应急管理负责人报告，并完成总结：查明原因，写明有效做法和整改措施。',
            'The incident is resolved and work is back to normal. Thank you all. What remains is the report to the emergency manager and the review: the cause, what worked, and what is to be improved.',
          ),
        },
        {
          facts: [
            [
              t('解决时间', 'Resolved at'),
              incident.resolvedAt && momentWords(incident.resolvedAt, f.zone, locale),
            ],
            [t('原因', 'Cause'), incident.cause && causeWords(incident.cause, locale)],
            [t('报告时限', 'Report due'), due('report')],
            [t('总结时限', 'Review due'), due('review')],
          ],
        },
        ...incidentBlocks(f, incident, locale),
      ],
    };
  },
};

/** P18.1, P18.2: nobody answered in time, and what is documented for that is done; our people may still step in. */
export const incidentDefault: Wording = {
  staff: (f, t, locale) => {
    const incident = needed(f.incident, 'incident');
    const step = stepNamed(incident, f.given.step);
    const option =
      step?.kind === 'decision' ? step.options.find(({ key }) => key === f.given.option) : undefined;
    const taken = option ? say(option.label, locale) : '';
    return {
      subject: t(
        `到期未答复，按默认方案处理：${incidentName(incident, locale)}`,
        `No answer in time, the default is taken: ${incidentName(incident, locale)}`,
      ),
      blocks: [
        {
          p: t(
            '以下事项到期仍未答复，系统已按预案规定的默认方案继续处理。如情况有变，请直接联系负责人。',
            'Nobody answered the following in time, so what the playbook provides for that is being done. Should things be otherwise, talk to the owner.',
          ),
        },
        {
          facts: [
            [t('事项', 'Decision'), step && say(step.title, locale)],
            [t('按此处理', 'Done now'), taken],
          ],
        },
        ...incidentBlocks(f, incident, locale),
      ],
    };
  },
};
