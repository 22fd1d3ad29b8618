import type { Procedure } from './obligations.js';

/** Critical situations, preset plans, response to failures, orders in a state of emergency. */
export const P01_TO_P05: readonly Procedure[] = [
  {
    id: 'P01',
    title: { zh: '急难情况下的订单处理方案', en: 'Orders in a critical situation (1)' },
    obligations: [
      {
        id: 'P01.1',
        zh: '评估紧急性和重要性',
        en: 'Weigh how urgent and how important an order is, and say why.',
      },
      {
        id: 'P01.2',
        zh: '按性质和急迫程度决策',
        en: 'Decide how it is handled by its nature and urgency; who decided stays on record.',
      },
      { id: 'P01.3', zh: '内部资源调动', en: 'Move our own people and capacity to where they are needed.' },
      {
        id: 'P01.4',
        zh: '告知客户进展，信息准确可确认',
        en: 'Tell the customer of progress, from recorded facts alone.',
      },
      { id: 'P01.5', zh: '建立跟踪系统', en: 'Let anybody entitled see where an order stands.' },
      {
        id: 'P01.6',
        zh: '风险、合规',
        en: 'Stop an order on a risk or a breach of rules until the one responsible releases it.',
      },
      { id: 'P01.7', zh: '满意度调查', en: 'Ask how satisfied the customer is, and follow a low score up.' },
    ],
  },
  {
    id: 'P02',
    title: { zh: '应对紧急状况的预设方案', en: 'Preset plans for emergencies' },
    obligations: [
      {
        id: 'P02.1',
        zh: '响应团队、职责、通信渠道',
        en: 'Name response teams, the duty of each member, and how each is reached.',
      },
      { id: 'P02.2', zh: '定期演练，评估表现', en: 'Hold drills at regular times and judge how they went.' },
      {
        id: 'P02.3',
        zh: '定期备份，存于安全可靠处，测试可用性和恢复速度',
        en: 'Back up regularly to a safe place; test that a backup restores, and how fast.',
      },
      {
        id: 'P02.4',
        zh: '短信群发、邮件：性质、影响范围、措施',
        en: 'Tell people in numbers what happened, whom it touches and what is done.',
      },
      {
        id: 'P02.5',
        zh: '流程可按紧急性质调整；优先重要订单',
        en: 'Let the process follow the nature of the emergency; important orders first.',
      },
      { id: 'P02.6', zh: '定期评审、改进', en: 'Review the plans regularly and better them.' },
    ],
  },
  {
    id: 'P03',
    title: { zh: '应急反应预案', en: 'Emergency response' },
    obligations: [
      {
        id: 'P03.1',
        zh: '五类突发：服务器故障、网络中断、供应商延迟、物流事故、数据丢失或损坏',
        en: 'Have a plan for server failure, network outage, supplier delay, transport accident, data loss.',
      },
      {
        id: 'P03.2',
        zh: '确认准确性与严重性',
        en: 'Confirm that a report is true and how grave it is before acting in public.',
      },
      {
        id: 'P03.3',
        zh: '指定责任人并通知',
        en: 'Name who is responsible and tell them; they acknowledge in time.',
      },
      {
        id: 'P03.4',
        zh: '临时方案：备用服务器；替代供应商',
        en: 'Find a temporary solution: the backup server, another supplier.',
      },
      {
        id: 'P03.5',
        zh: '制定临时方案后通知受影响客户和供应商，实时更新',
        en: 'Tell the customers and suppliers affected of the temporary solution; keep them up to date.',
      },
      { id: 'P03.6', zh: '数据恢复和修复，完整准确', en: 'Restore and repair data, whole and correct.' },
      { id: 'P03.7', zh: '归档、总结', en: 'Archive what happened, and review it.' },
      { id: 'P03.8', zh: '演练、持续改进', en: 'Drill and keep improving.' },
    ],
  },
  {
    id: 'P04',
    title: { zh: '紧急状态下的订单处理流程（一）', en: 'Orders in a state of emergency (1)' },
    obligations: [
      {
        id: 'P04.1',
        zh: '紧急状态定义：灾害、疫情、系统故障',
        en: 'Say what a state of emergency is, where it holds and when it ends.',
      },
      {
        id: 'P04.2',
        zh: '审核订单，标记关键订单（急需、高价值）',
        en: 'Look through orders and mark the key ones: badly needed, or of high value.',
      },
      {
        id: 'P04.3',
        zh: '按紧急度和资源分配，可动态调整（发货时间、外部资源），确保核心业务',
        en: 'Allot resources by urgency, change that as things change, and keep the core business going.',
      },
      { id: 'P04.4', zh: '加班、跨部门协作', en: 'Work overtime and across departments.' },
      {
        id: 'P04.5',
        zh: '异常即调整并通知；完成后反馈',
        en: 'Adjust at once when something is off and say so; report when it is done.',
      },
      {
        id: 'P04.6',
        zh: '结束后总结、改进、培训、演练',
        en: 'Once it is over: sum up, improve, train, drill.',
      },
    ],
  },
  {
    id: 'P05',
    title: { zh: '紧急状态下的订单处理流程（二）', en: 'Orders in a state of emergency (2)' },
    obligations: [
      {
        id: 'P05.1',
        zh: '邮件、电话、在线接收；入库；唯一订单号',
        en: 'Take orders by mail, telephone and online into one record with a unique number.',
      },
      { id: 'P05.2', zh: '立即评估紧急程度与可行性', en: 'Assess urgency and feasibility at once.' },
      {
        id: 'P05.3',
        zh: '电话/即时消息通知团队，写明紧急性与交付要求',
        en: 'Tell the team by telephone or instant message how urgent it is and what must be delivered when.',
      },
      { id: 'P05.4', zh: '优先处理', en: 'Work on it before others.' },
      { id: 'P05.5', zh: '监控、解决问题、按时完成', en: 'Watch progress, solve problems, finish in time.' },
      {
        id: 'P05.6',
        zh: '联系客户确认交付（电话、邮件、在线），标记完成并关闭',
        en: 'Ask the customer whether it arrived, then mark it finished and close it.',
      },
      { id: 'P05.7', zh: '反馈收集', en: 'Collect feedback.' },
    ],
  },
];
