import { LEVEL_WORDS } from './level-mark.js';
import type { Words } from './locale.js';
import { TASK_WORDS, wordsOf } from './terms.js';

type Facts = Readonly<Record<string, unknown>>;

/** What the playbook of the incident calls its steps, by their keys, and their options, by `step/option`. */
export type StepTitles = ReadonlyMap<string, Words>;

const textOf = (value: unknown) => (typeof value === 'string' ? value : '');
const gistOf = (facts: Facts) =>
  typeof facts.gist === 'object' && facts.gist !== null ? (facts.gist as Facts) : {};
const titleOf = (titles: StepTitles, key: string): Words => titles.get(key) ?? { zh: key, en: key };

/** `IN-….step.call-supplier.2` → `call-supplier`. */
const keyOf = (facts: Facts) => textOf(facts.step) || (textOf(facts.task).split('.')[2] ?? '');
const stepOf = (facts: Facts, titles: StepTitles) => titleOf(titles, keyOf(facts));

const levelOf = (severity: unknown): Words =>
  severity === 1 || severity === 2 || severity === 3 ? LEVEL_WORDS[severity] : { zh: '', en: '' };

/** `（二级）`, or nothing where no level was named. */
const inBrackets = ({ zh, en }: Words): Words => (zh ? { zh: `（${zh}）`, en: ` (${en})` } : { zh, en });

/** A step of the playbook that somebody finished. */
const stepDone = (facts: Facts, titles: StepTitles): Words => {
  const { zh, en } = stepOf(facts, titles);
  return { zh: `已完成：${zh}`, en: `Done: ${en}` };
};

const taskDone = (kind: string) => (): Words => {
  const { zh, en } = wordsOf(TASK_WORDS, kind);
  return { zh: `已完成：${zh}`, en: `Done: ${en}` };
};

const decided = (facts: Facts, titles: StepTitles): Words => {
  const { zh, en } = stepOf(facts, titles);
  const chosen = (textOf(facts.option) || textOf(gistOf(facts).option)).split(',');
  // Customers who were asked may have chosen differently.
  const labels = chosen.map((key) => titles.get(`${keyOf(facts)}/${key}`) ?? { zh: key, en: key });
  const option = {
    zh: labels.map((label) => label.zh).join('、'),
    en: labels.map((label) => label.en).join(', '),
  };
  return { zh: `已决定：${zh}（${option.zh}）`, en: `Decided: ${en} (${option.en})` };
};

/** Changes of an incident by their action; a new one is a line here. */
const ACTIONS: Record<string, (facts: Facts, titles: StepTitles) => Words> = {
  reported: ({ count }) =>
    typeof count === 'number' && count > 1
      ? { zh: `再次收到报告（共 ${count} 次）`, en: `Reported again (${count} times in all)` }
      : { zh: '收到突发情况报告', en: 'Reported' },
  faultOver: () => ({ zh: '报告此情况的监控恢复正常', en: 'What reported it does not see it any more' }),
  begin: () => ({
    zh: '已通知负责人，提出应急小组名单',
    en: 'Owner told, response team proposed',
  }),
  acknowledge: ({ undo }) =>
    undo === true
      ? { zh: '撤回受理', en: 'Acknowledgement taken back' }
      : { zh: '负责人已受理', en: 'Acknowledged' },
  confirm: (facts) => {
    const { outcome, severity } = gistOf(facts);
    if (outcome === 'falseAlarm') return { zh: '确认为误报', en: 'Confirmed as a false alarm' };
    if (outcome === 'routine') return { zh: '确认按日常流程处理', en: 'Left to routine handling' };
    const level = inBrackets(levelOf(severity));
    return { zh: `已确认，启动预案${level.zh}`, en: `Confirmed, playbook activated${level.en}` };
  },
  step: stepDone,
  wait: stepDone,
  action: stepDone,
  decision: decided,
  decide: decided,
  report: taskDone('report'),
  review: taskDone('review'),
  reach: () => ({ zh: '已另行通知未收到邮件的人员', en: 'Those whom no notice reached were told' }),
  update: () => ({ zh: '已通报进展', en: 'Update given' }),
  team: () => ({ zh: '应急小组已确定', en: 'Response team confirmed' }),
  setTeam: () => ({ zh: '调整应急小组', en: 'Response team changed' }),
  handOver: () => ({ zh: '移交负责人', en: 'Handed over to another owner' }),
  setSeverity: ({ severity }) => {
    const { zh, en } = levelOf(severity);
    return { zh: `级别调整为${zh}`, en: `Level changed: ${en}` };
  },
  skipStep: (facts, titles) => {
    const { zh, en } = stepOf(facts, titles);
    return { zh: `跳过步骤：${zh}`, en: `Step passed over: ${en}` };
  },
  retryStep: (facts, titles) => {
    const { zh, en } = stepOf(facts, titles);
    return { zh: `重新执行：${zh}`, en: `Step tried again: ${en}` };
  },
  resolve: () => ({ zh: '确认已恢复正常，其余步骤跳过', en: 'Back to normal; what was left is passed over' }),
  /** What the process does by itself. */
  rise: ({ severity }) => {
    const { zh, en } = levelOf(severity);
    return { zh: `影响扩大，按规则升至${zh}`, en: `More is affected: by the rules now ${en}` };
  },
  otherwise: (facts, titles) => {
    const { zh, en } = decided(facts, titles);
    return { zh: `到期未决，${zh}`, en: `Nobody chose in time. ${en}` };
  },
  chosen: decided,
  teamStands: () => ({ zh: '无人调整，应急小组名单生效', en: 'Nobody changed the proposed team: it stands' }),
  released: () => ({
    zh: '不再等待主突发情况，自行总结',
    en: 'Waits no more for the incident it is a part of',
  }),
  parentReviewed: () => ({ zh: '随主突发情况一并总结', en: 'Reviewed with the incident it is a part of' }),
  openActionItem: () => ({ zh: '增加整改措施', en: 'Action item opened' }),
  undelivered: () => ({ zh: '通知未能送达，已上报', en: 'A notice reached nobody and was escalated' }),
};

/** Words of a change of an incident on the record; a refused one says so. */
export function incidentActionWords(action: string, facts: Facts, titles: StepTitles): Words {
  const refused = action.endsWith('.refused');
  const name = refused ? action.slice(0, -'.refused'.length) : action;
  const words = ACTIONS[name]?.(facts, titles) ?? { zh: name, en: name };
  return refused ? { zh: `未获准：${words.zh}`, en: `Refused: ${words.en}` } : words;
}
