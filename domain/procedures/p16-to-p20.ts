import type { Procedure } from './obligations.js';

/** Eight types of emergency, five problems of orders, deliveries that go wrong, failing systems, grades of urgency. */
export const P16_TO_P20: readonly Procedure[] = [
  {
    id: 'P16',
    title: { zh: '订单应急预案', en: 'Order emergencies' },
    obligations: [
      {
        id: 'P16.1',
        zh: '八类：延误、错误、退货、取消、供应链中断、系统故障、人员缺失、自然灾害',
        en: 'Have a plan for delay, error, return, cancellation, broken supply, system failure, missing staff, disaster.',
      },
      {
        id: 'P16.2',
        zh: '指挥部；小组由各部门负责人组成；联络员收集、整理、传递信息',
        en: 'A command; a group of department heads; a liaison who gathers and passes on information.',
      },
      {
        id: 'P16.3',
        zh: '报告→核实→定级→响应→处理→总结',
        en: 'Report, verify, grade, respond, handle, sum up: in this order.',
      },
      { id: 'P16.4', zh: '启动相应级别的应急预案', en: 'Activate the playbook at the level that fits.' },
      {
        id: 'P16.5',
        zh: '八类各自的措施（缩短时间、立即纠正、争取谅解、及时调配人员…）',
        en: 'Carry out the measures of each type: save time, correct at once, ask for understanding, assign people.',
      },
      {
        id: 'P16.6',
        zh: '按当地政府要求应对，确保员工安全',
        en: 'Follow the local government’s orders and keep people safe.',
      },
      {
        id: 'P16.7',
        zh: '整改措施，确保类似事件不再发生',
        en: 'Take corrective action, so that it does not happen again.',
      },
    ],
  },
  {
    id: 'P17',
    title: { zh: '应急响应策略', en: 'Response to problems of orders' },
    obligations: [
      {
        id: 'P17.1',
        zh: '延迟、错误、库存不足、物流、支付',
        en: 'For delay, error, stock, transport and payment: check, coordinate, update, say cause and time, compensate.',
      },
      { id: 'P17.2', zh: '补偿：折扣、优惠、退款', en: 'Compensate by discount, offer or refund.' },
      { id: 'P17.3', zh: '加快采购；协调供应商增加供应量', en: 'Hurry purchases; ask suppliers for more.' },
      { id: 'P17.4', zh: '联系支付平台协调解决', en: 'Settle it with the payment platform.' },
    ],
  },
  {
    id: 'P18',
    title: { zh: '配送异常紧急处理预案', en: 'Deliveries that go wrong' },
    obligations: [
      {
        id: 'P18.1',
        zh: '无人接单：愿等→自送/换人；不愿→取消退款',
        en: 'No courier: who will wait is delivered to by us or another; who will not, cancels and is refunded.',
      },
      {
        id: 'P18.2',
        zh: '超时未送达：道歉；等或退款',
        en: 'Not there in time: apologise; the customer waits or is refunded.',
      },
      {
        id: 'P18.3',
        zh: '恶劣天气：保障配送员，调整范围时长，免责剔除',
        en: 'Severe weather: couriers safe, area and times adjusted, late orders nobody’s fault.',
      },
      {
        id: 'P18.4',
        zh: '未取餐：先联系骑手，换人或退款；失踪、病假',
        en: 'Not picked up: reach the courier first, then another or a refund; one missing or ill is looked after.',
      },
      {
        id: 'P18.5',
        zh: '仓：损坏等值赔/换新，丢失全额退，设备修复',
        en: 'At the depot: damaged goods paid for or replaced, lost ones refunded, equipment repaired.',
      },
      { id: 'P18.6', zh: '预警机制', en: 'Warn early.' },
      {
        id: 'P18.7',
        zh: '配送异常小组：组长、副组长（日常）、成员（调查、分析、处理、反馈）',
        en: 'A group with leader, deputy for the daily work, and members who investigate, handle and report back.',
      },
    ],
  },
  {
    id: 'P19',
    title: { zh: '紧急响应计划', en: 'Failing systems' },
    obligations: [
      {
        id: 'P19.1',
        zh: '系统故障：诊断、初步恢复、备份确认、客服',
        en: 'System failure: diagnose, try to recover, make sure of the backup, help customers.',
      },
      {
        id: 'P19.2',
        zh: '数据丢失：恢复、监控全过程',
        en: 'Data loss: restore, and watch it from end to end.',
      },
      {
        id: 'P19.3',
        zh: '网络攻击：立即断网、调查、修补、报告公安/监管',
        en: 'Attack: cut off at once, investigate, close the hole, report to police and regulator.',
      },
      {
        id: 'P19.4',
        zh: '立即启动应急团队：负责人通知各成员',
        en: 'Start the emergency team at once: its lead tells each member.',
      },
    ],
  },
  {
    id: 'P20',
    title: { zh: '紧急订单处理流程（二）', en: 'Urgent orders (2)' },
    obligations: [
      {
        id: 'P20.1',
        zh: '紧急订单的划分（以单台为例；原表已失）',
        en: 'Grade urgent orders, for one unit (the source’s table is lost; the grades are ours).',
      },
      { id: 'P20.2', zh: 'P07 其余', en: 'All else as in P07.' },
    ],
  },
];
