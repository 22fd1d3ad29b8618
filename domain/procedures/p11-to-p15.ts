import type { Procedure } from './obligations.js';

/** Levels of an incident, emergencies of order handling, templates and contacts, roles, and the running of it all. */
export const P11_TO_P15: readonly Procedure[] = [
  {
    id: 'P11',
    title: { zh: '应急管理预案', en: 'Emergency management' },
    obligations: [
      {
        id: 'P11.1',
        zh: '三级，按影响客户面与延迟',
        en: 'Three levels, by the share of customers affected and the delay.',
      },
      {
        id: 'P11.2',
        zh: '一级：密切关注、纠错、解释道歉、汇报',
        en: 'Level 1: watch closely, correct, explain and apologise, report.',
      },
      { id: 'P11.3', zh: '二级：加班、补偿', en: 'Level 2: overtime and compensation besides.' },
      {
        id: 'P11.4',
        zh: '三级：召集紧急团队、调集人力、恢复信任',
        en: 'Level 3: call the emergency team, mobilise people, win trust back.',
      },
      {
        id: 'P11.5',
        zh: '应急管理负责人：执行和监督、评估',
        en: 'An emergency manager carries out, supervises and judges the response.',
      },
    ],
  },
  {
    id: 'P12',
    title: { zh: '订单处理应急预案', en: 'Emergencies of order handling' },
    obligations: [
      {
        id: 'P12.1',
        zh: '监控处理时长、失败率；异常立即报告部门经理和技术支持',
        en: 'Monitor processing time and failures; report what is off to manager and technical support at once.',
      },
      {
        id: 'P12.2',
        zh: '部门经理指定应急团队、关键岗位',
        en: 'The manager names the emergency team and its key posts.',
      },
      {
        id: 'P12.3',
        zh: '先分析原因，再方案、执行、跟踪',
        en: 'The cause first, then the solution, its execution, its follow-up.',
      },
      {
        id: 'P12.4',
        zh: '预防：维护、培训、风险评估',
        en: 'Prevent: maintenance, training, assessment of risks.',
      },
      { id: 'P12.5', zh: '演练', en: 'Drill.' },
    ],
  },
  {
    id: 'P13',
    title: { zh: '紧急情况下的订单处理方案', en: 'Handling orders in an emergency' },
    obligations: [
      {
        id: 'P13.1',
        zh: '供应商延迟、物流延误、质量问题',
        en: 'Have a plan for supplier delay, transport delay and quality problems.',
      },
      {
        id: 'P13.2',
        zh: '优先生产、加快物流、质量把控',
        en: 'Produce it first, hurry transport, keep a hold on quality.',
      },
      { id: 'P13.3', zh: '恢复正常、总结', en: 'Return to normal and sum up.' },
      { id: 'P13.4', zh: '附录：紧急联系方式', en: 'Keep a book of emergency contacts.' },
      { id: 'P13.5', zh: '附录：预案模板', en: 'Keep templates of playbooks.' },
      { id: 'P13.6', zh: '确定是否启动应急预案', en: 'Decide whether the playbook is activated.' },
    ],
  },
  {
    id: 'P14',
    title: { zh: '应急反应策略', en: 'Strategy of emergency response' },
    obligations: [
      {
        id: 'P14.1',
        zh: '五角色：负责人、订单处理员、库存管理员、物流协调员、客服',
        en: 'Five roles: lead, order handler, stock keeper, logistics coordinator, customer service.',
      },
      {
        id: 'P14.2',
        zh: '修改/取消订单，更新状态',
        en: 'Amend or cancel orders and keep their state current.',
      },
      { id: 'P14.3', zh: '查询、调整、补货', en: 'Look up, adjust and replenish stock.' },
      { id: 'P14.4', zh: '跟踪、协调物流', en: 'Track shipments and work with the carriers.' },
      { id: 'P14.5', zh: '替代方案或退款', en: 'Offer an alternative or a refund.' },
      { id: 'P14.6', zh: '企业微信、钉钉', en: 'Reach people over WeCom and DingTalk.' },
      {
        id: 'P14.7',
        zh: '立即召开紧急会议，讨论解决方案',
        en: 'Call a meeting at once and settle what is done.',
      },
      {
        id: 'P14.8',
        zh: '与物流公司、供应商建立合作，外部资源支持',
        en: 'Have carriers and suppliers outside ready to help.',
      },
    ],
  },
  {
    id: 'P15',
    title: { zh: '应急订单预案', en: 'Plan for emergency orders' },
    obligations: [
      {
        id: 'P15.1',
        zh: '实时监控、分类、优先',
        en: 'Watch orders as they come, sort them, put some first.',
      },
      { id: 'P15.2', zh: '生产调度', en: 'Reschedule production.' },
      {
        id: 'P15.3',
        zh: '供应链风险评估、供应商评价体系',
        en: 'Assess the risks of supply; score the suppliers.',
      },
      { id: 'P15.4', zh: '客户分类管理', en: 'Serve customers by their tier.' },
      { id: 'P15.5', zh: '风险监控', en: 'Monitor the risk of each open order.' },
      { id: 'P15.6', zh: '预案修订', en: 'Revise the playbooks.' },
      {
        id: 'P15.7',
        zh: '对应急订单处理效果评估，总结经验，持续优化',
        en: 'Judge how urgent orders went, learn from them, improve.',
      },
      {
        id: 'P15.8',
        zh: '生产过程中出现的问题及时协调和解决',
        en: 'Settle problems of production as soon as they arise.',
      },
    ],
  },
];
