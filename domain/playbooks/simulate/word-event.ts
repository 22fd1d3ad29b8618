import { ROLE_WORDS, type Role } from '../../roles/shape.js';
import type { Instant } from '../../time/shape.js';
import { momentWords } from '../../wording/moments.js';
import type { Phase, Playbook, Words } from '../shape.js';
import type { SimulatedPerson } from './reach-people.js';
import type { Audience, BareEvent, Reached, Subject, TimeKind } from './simulation.js';

const AUDIENCE_WORDS: Record<Audience, Words> = {
  team: { zh: '应急小组', en: 'the team' },
  customers: { zh: '受影响客户', en: 'the customers affected' },
  suppliers: { zh: '相关供应商', en: 'the suppliers concerned' },
  partners: { zh: '合作单位', en: 'the partners concerned' },
  authorities: { zh: '主管部门', en: 'the authorities' },
};

const TIME_WORDS: Record<TimeKind, Words> = {
  acknowledge: { zh: '接手', en: 'take it on' },
  confirm: { zh: '确认', en: 'confirm it' },
  firstNotice: { zh: '首次通知', en: 'first notice' },
  update: { zh: '进展通报', en: 'update' },
  mitigate: { zh: '控制影响', en: 'mitigate' },
  report: { zh: '提交报告', en: 'report' },
  review: { zh: '总结', en: 'review' },
};

const PHASE_WORDS: Record<Phase | 'over', Words> = {
  confirm: { zh: '核实', en: 'checks' },
  contain: { zh: '控制', en: 'contain' },
  notify: { zh: '通知', en: 'notify' },
  recover: { zh: '恢复', en: 'recover' },
  normal: { zh: '恢复正常秩序', en: 'return to normal' },
  close: { zh: '收尾改进', en: 'close and improve' },
  over: { zh: '全部步骤结束', en: 'all steps over' },
};

const RUNG_WORDS: Record<string, Words> = {
  departmentHead: { zh: '部门主管', en: 'department head' },
  teamLead: { zh: '负责人', en: 'lead' },
};

/** Says events in words, without their own instant, which whoever prints them puts in front. */
export function wordEvents(
  playbook: Playbook,
  people: readonly SimulatedPerson[],
  zone: string,
): (event: BareEvent) => Words {
  const titles = new Map(playbook.steps.map((step) => [step.key, step]));
  const names = new Map(people.map(({ id, name }) => [id, name ?? id]));
  const nameOf = (id: string) => names.get(id) ?? id;
  const until = (dueAt: Instant) => ({
    zh: momentWords(dueAt, zone, 'zh-CN'),
    en: momentWords(dueAt, zone, 'en'),
  });

  function about({ step, deadline }: Subject): Words {
    if (deadline !== undefined) return TIME_WORDS[deadline];
    return titles.get(step ?? '')?.title ?? { zh: step ?? '', en: step ?? '' };
  }

  function who(role: Role, reached: Reached | null): Words {
    const { zh, en } = ROLE_WORDS[role];
    if (!reached) return { zh: `${zh}（无人担任或均无法联系）`, en: `${en} (nobody can be reached)` };
    const name = nameOf(reached.person);
    const behalf = reached.onBehalfOf === undefined ? undefined : nameOf(reached.onBehalfOf);
    const onCall = reached.why === 'onCall';
    return {
      zh: `${zh} ${name}${onCall ? '（值班）' : ''}${behalf ? `（代 ${behalf}）` : ''}`,
      en: `${en}, ${name}${onCall ? ' (on call)' : ''}${behalf ? ` (for ${behalf})` : ''}`,
    };
  }

  return (event) => {
    switch (event.kind) {
      case 'called': {
        const [subject, person, due] = [about(event), who(event.role, event.reached), until(event.dueAt)];
        const asked = event.customers ? AUDIENCE_WORDS.customers : undefined;
        return {
          zh: `交办“${subject.zh}”：${person.zh}${asked ? `，同时请${asked.zh}选择` : ''}，期限 ${due.zh}`,
          en: `called for “${subject.en}”: ${person.en}${asked ? `, and ${asked.en} are asked` : ''}, by ${due.en}`,
        };
      }
      case 'warned': {
        const [subject, name] = [about(event), nameOf(event.person)];
        return {
          zh: `提醒 ${name}：“${subject.zh}”的期限已过 ${event.percent}%`,
          en: `${name} is warned: ${event.percent} % of the time for “${subject.en}” is gone`,
        };
      }
      case 'rung': {
        const { index, repeatOf, role, person } = event.rung;
        const subject = about(event);
        const rung = RUNG_WORDS[role] ?? ROLE_WORDS[role as Role];
        const again = repeatOf === undefined ? 0 : index - repeatOf + 1;
        const step = {
          zh: again ? `第 ${repeatOf} 级第 ${again} 次` : `第 ${index} 级`,
          en: again ? `step ${repeatOf}, time ${again}` : `step ${index}`,
        };
        return person === undefined
          ? {
              zh: `逐级上报${step.zh}（“${subject.zh}”）：${rung.zh}无人可联系，跳过`,
              en: `ladder, ${step.en} (“${subject.en}”): no ${rung.en} can be reached, skipped`,
            }
          : {
              zh: `逐级上报${step.zh}（“${subject.zh}”）：${rung.zh} ${nameOf(person)}`,
              en: `ladder, ${step.en} (“${subject.en}”): ${rung.en}, ${nameOf(person)}`,
            };
      }
      case 'told': {
        const [audience, subject] = [AUDIENCE_WORDS[event.audience], about(event)];
        const list = event.people.map(nameOf);
        const { nature, measures } = event;
        const said = nature && measures;
        return {
          zh: `${subject.zh}：通知${audience.zh}${list.length > 0 ? `（${list.join('、')}）` : ''}${
            said
              ? `，性质：${nature.zh}；措施：${measures.zh}`
              : event.about
                ? `，内容：${event.about.zh}`
                : ''
          }`,
          en: `${subject.en}: ${audience.en}${list.length > 0 ? ` (${list.join(', ')})` : ''} told${
            said ? `: ${nature.en}; ${measures.en}` : event.about ? `: ${event.about.en}` : ''
          }`,
        };
      }
      case 'acted': {
        const subject = about(event);
        return { zh: `系统自动执行“${subject.zh}”`, en: `“${subject.en}” is done by itself` };
      }
      case 'waits': {
        const due = until(event.dueAt);
        return {
          zh: `等待：${event.until.zh}，最迟 ${due.zh}`,
          en: `waits until ${event.until.en}, at most to ${due.en}`,
        };
      }
      case 'done': {
        const subject = about(event);
        const option = optionOf(event.step, event.option);
        const how = event.byDefault
          ? { zh: '无人答复，按默认处理：', en: 'nobody answered, by default: ' }
          : { zh: '选择：', en: 'chosen: ' };
        return option
          ? { zh: `“${subject.zh}”${how.zh}${option.zh}`, en: `“${subject.en}”, ${how.en}${option.en}` }
          : { zh: `完成“${subject.zh}”`, en: `“${subject.en}” is done` };
      }
      case 'activated':
        return {
          zh: `启动预案，${['一', '二', '三'][event.severity - 1]}级`,
          en: `activated at level ${event.severity}`,
        };
      case 'phase': {
        const { zh, en } = PHASE_WORDS[event.phase];
        return { zh: `进入阶段：${zh}`, en: `phase: ${en}` };
      }
    }
  };

  function optionOf(key: string | undefined, option: string | undefined): Words | undefined {
    const step = titles.get(key ?? '');
    return step?.kind === 'decision' ? step.options.find((one) => one.key === option)?.label : undefined;
  }
}
