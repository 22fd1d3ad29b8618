import type { Procedure } from './obligations.js';

/** Critical situations, urgent orders in manufacturing, wrong goods sent, the manual, orders in an emergency. */
export const P06_TO_P10: readonly Procedure[] = [
  {
    id: 'P06',
    title: { zh: '急难情况下的订单处理方案（二）', en: 'Orders in a critical situation (2)' },
    obligations: [
      { id: 'P06.1', zh: '订单内容完整准确', en: 'See that an order is complete and correct.' },
      {
        id: 'P06.2',
        zh: '仅当生命、财产、重大利益受威胁才算急难',
        en: 'Call critical only what threatens life, property or a major interest.',
      },
      { id: 'P06.3', zh: '选简单速效策略', en: 'Prefer the simple way that works fastest.' },
      {
        id: 'P06.4',
        zh: '与客户、供应商、合作伙伴沟通',
        en: 'Keep talking with customers, suppliers and partners.',
      },
      { id: 'P06.5', zh: '监督、必要时调整策略', en: 'Supervise, and change the plan where need be.' },
      { id: 'P06.6', zh: '后续跟进', en: 'Follow up afterwards.' },
      { id: 'P06.7', zh: '全程记录归档作证据', en: 'Record and archive everything, as evidence.' },
    ],
  },
  {
    id: 'P07',
    title: { zh: '紧急订单处理流程（制造）', en: 'Urgent orders in manufacturing' },
    obligations: [
      {
        id: 'P07.1',
        zh: '销售接单，当天通知制造、品管、技术等',
        en: 'Sales takes the order; manufacturing, quality, technical and others are told the same day.',
      },
      {
        id: 'P07.2',
        zh: '生产小组：总负责人、信息联络员、技术、制造、品管负责人、采购、外协',
        en: 'Name a production team of seven roles.',
      },
      { id: 'P07.3', zh: '生产计划红色标识', en: 'Mark the production plan in red.' },
      {
        id: 'P07.4',
        zh: '当日四部门确认品名、数量、价格、工艺、交货期、运输方式',
        en: 'Four departments confirm product, quantity, price, process, delivery date and shipping the same day.',
      },
      {
        id: 'P07.5',
        zh: '疑问时电话或邮件与客户确认',
        en: 'Settle a doubt with the customer by telephone or mail.',
      },
      {
        id: 'P07.6',
        zh: '二个工作日内或客户要求的日期，副总签字确认回复',
        en: 'Reply within two working days, or by the day the customer asks, signed by the vice president.',
      },
      {
        id: 'P07.7',
        zh: '加班、三班倒、委外',
        en: 'Meet the date by overtime, three shifts or outsourcing.',
      },
      {
        id: 'P07.8',
        zh: '下达生产计划，以红色标识其紧急程度',
        en: 'Issue the production plan, its urgency marked in red.',
      },
    ],
  },
  {
    id: 'P08',
    title: { zh: '发错货紧急处理', en: 'Wrong goods sent' },
    obligations: [
      {
        id: 'P08.1',
        zh: '立即联系客户、道歉、问是否退回',
        en: 'Contact the customer at once, apologise, ask whether the goods come back.',
      },
      {
        id: 'P08.2',
        zh: '通知仓库、物流立即停止发货',
        en: 'Have warehouse and logistics stop shipping at once.',
      },
      {
        id: 'P08.3',
        zh: '调查原因（商品编码、包装标识）、责任方',
        en: 'Find the cause (item codes, labels) and who answers for it.',
      },
      { id: 'P08.4', zh: '补救：重发、补偿、退款', en: 'Make it good: send again, compensate, refund.' },
      { id: 'P08.5', zh: '处理退回商品', en: 'Deal with the goods that come back.' },
      {
        id: 'P08.6',
        zh: '改进流程，确保员工理解和遵守',
        en: 'Better the process, and see that people understand and keep it.',
      },
      { id: 'P08.7', zh: '持续沟通', en: 'Stay in touch with the customer until it is settled.' },
    ],
  },
  {
    id: 'P09',
    title: { zh: '处理手册', en: 'The handling manual' },
    obligations: [
      {
        id: 'P09.1',
        zh: '识别：交期短于正常、金额大、特殊要求或优先级要求',
        en: 'Recognise an urgent order: short lead time, large amount, special or priority requirement.',
      },
      { id: 'P09.2', zh: '分配给有能力的员工/专门团队', en: 'Give it to people who are able to do it.' },
      {
        id: 'P09.3',
        zh: '供应商沟通、生产计划、质量、物流',
        en: 'See to suppliers, production plan, quality and transport.',
      },
      { id: 'P09.4', zh: '定期跟踪', en: 'Ask for progress at regular times.' },
      {
        id: 'P09.5',
        zh: '反馈，不满和建议记录并改进',
        en: 'Record complaints and suggestions, and improve.',
      },
    ],
  },
  {
    id: 'P10',
    title: { zh: '紧急状态下的订单处理流程（三）', en: 'Orders in a state of emergency (3)' },
    obligations: [
      {
        id: 'P10.1',
        zh: '可行性：库存、产能、交付时间；不可行给替代方案',
        en: 'Judge feasibility by stock, capacity and time; offer an alternative where it cannot be done.',
      },
      { id: 'P10.2', zh: '专人负责', en: 'One named person answers for the order.' },
      { id: 'P10.3', zh: '找瓶颈并加快', en: 'Find the bottleneck and relieve it.' },
      { id: 'P10.4', zh: '检验', en: 'Inspect before shipping.' },
      { id: 'P10.5', zh: '最快运输（空运）', en: 'Ship the fastest way.' },
      {
        id: 'P10.6',
        zh: '回复咨询，进度更新，延迟给方案',
        en: 'Answer questions, report progress, and bring a plan with any delay.',
      },
      {
        id: 'P10.7',
        zh: '与物流伙伴保持联系，订单准备和打包高效',
        en: 'Keep in touch with carriers; prepare and pack without losing time.',
      },
    ],
  },
];
