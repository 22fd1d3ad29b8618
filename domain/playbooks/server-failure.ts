import { outageSeverity } from './outage-severity.js';
import { restoreDamagedData } from './restore-damaged-data.js';
import type { PlaybookSource } from './shape.js';
import { systemResponse } from './system-response.js';
import { systemTeam } from './system-team.js';

/** 服务器故障 (P03.1, P03.4): the backup server carries on; the cause is looked for beside it, not before it. */
export const serverFailure: PlaybookSource = {
  type: 'server-failure',
  name: { zh: '服务器故障', en: 'Server down' },
  applies: {
    zh: '承载订单处理的服务器停止响应、反复重启或响应明显变慢。',
    en: 'A server that order processing runs on does not answer, restarts again and again, or has become very slow.',
  },
  cites: ['P03.1', 'P03.2', 'P03.4', 'P03.5', 'P03.6', 'P11.1', 'P12.3', 'P19.4'],
  ownerRole: 'technicalSupport',
  team: systemTeam,
  teamFirst: true,
  affected: 'endpoint',
  severity: outageSeverity,
  // The team is started at once (P19.4): the times of level 3 hold at every level.
  times: { acknowledge: { elapsed: 'PT15M' }, confirm: { elapsed: 'PT15M' } },
  steps: [
    ...systemResponse({
      subject: {
        zh: '服务器故障',
        en: 'the server fault',
      },
      suspected: {
        zh: '疑似服务器故障，订单处理可能中断',
        en: 'a server seems to be down; order processing may stop',
      },
      teamMeasures: {
        zh: '技术支持诊断故障，数据管理确认备份，客服准备答复客户。',
        en: 'technical support diagnoses, data management checks the backup, customer service gets ready to answer.',
      },
      nature: {
        zh: '服务器故障，订单处理可能延迟',
        en: 'a server fault; orders may be handled later than usual',
      },
      customerMeasures: {
        zh: '我们正在启用备用服务器，期间可通过电话下单和查询，急需的订单请告知客服优先处理。',
        en: 'we are bringing the backup server into service; meanwhile order and ask by telephone, and tell customer service what cannot wait.',
      },
      watch: {
        zh: '恢复后密切监测订单处理过程，留意漏单、重单、错单，方案无效时报负责人调整。',
        en: 'Watch closely how orders go after the switch, above all for lost, doubled or wrong ones; tell the lead where the solution does not hold.',
      },
      causeStep: 'find-cause',
    }),
    {
      key: 'diagnose',
      phase: 'confirm',
      kind: 'task',
      role: 'technicalSupport',
      title: { zh: '诊断故障', en: 'Diagnose the fault' },
      instructions: {
        zh: '立即确认哪台服务器、从何时起、哪些业务受影响，判断短时间内能否自行恢复。',
        en: 'Find out at once which server it is, since when, what no longer works, and whether it will come back soon.',
      },
      form: [
        { key: 'server', label: { zh: '服务器', en: 'Server' }, kind: 'line' },
        { key: 'since', label: { zh: '故障开始时间', en: 'Down since' }, kind: 'instant' },
        {
          key: 'symptom',
          label: { zh: '故障现象及受影响业务', en: 'What is seen, and what no longer works' },
          kind: 'text',
        },
        {
          key: 'comesBackSoon',
          label: { zh: '短时间内能否自行恢复', en: 'Will it come back soon' },
          kind: 'yesNo',
        },
      ],
      due: { elapsed: 'PT15M' },
      cites: ['P03.2', 'P12.3'],
    },
    {
      key: 'check-backup',
      phase: 'confirm',
      kind: 'task',
      role: 'data',
      title: { zh: '确认备用服务器和数据备份', en: 'Check the backup server and the data backup' },
      instructions: {
        zh: '确认备用服务器可用、数据已同步，并查明最近一次可用备份的时间。',
        en: 'Make sure the backup server is fit and in step, and find out when the last good backup was made.',
      },
      form: [
        {
          key: 'backupServerReady',
          label: { zh: '备用服务器可用', en: 'The backup server is fit' },
          kind: 'yesNo',
        },
        {
          key: 'lastBackupAt',
          label: { zh: '最近可用备份时间', en: 'Last good backup made at' },
          kind: 'instant',
        },
        {
          key: 'lag',
          label: { zh: '同步落后（分钟）', en: 'Minutes it lags behind' },
          kind: 'number',
          required: false,
        },
      ],
      due: { elapsed: 'PT15M' },
      cites: ['P02.3', 'P03.4'],
    },
    {
      key: 'switch-to-backup',
      phase: 'contain',
      kind: 'action',
      action: 'switchToBackup',
      role: 'technicalSupport',
      title: { zh: '切换到备用服务器', en: 'Switch to the backup server' },
      due: { elapsed: 'PT15M' },
      cites: ['P03.4'],
    },
    {
      key: 'take-orders-by-hand',
      phase: 'contain',
      kind: 'task',
      role: 'sales',
      title: { zh: '改用电话和纸质登记接单', en: 'Take orders by telephone and on paper' },
      instructions: {
        zh: '系统不可用期间改用电话和纸质登记接单，记下收单时间，急难订单当面交接，恢复后补录。',
        en: 'While the system is away, take orders by telephone and on paper with the time of receipt; hand critical ones over in person; they are entered later.',
      },
      due: { elapsed: 'PT30M' },
      cites: ['P03.4', 'P05.1'],
    },
    {
      key: 'check-service',
      phase: 'contain',
      kind: 'task',
      role: 'technicalSupport',
      needs: ['switch-to-backup'],
      title: { zh: '验证订单处理已恢复', en: 'Make sure orders are handled again' },
      instructions: {
        zh: '在备用服务器上走通下单、评估、签字、发货各环节，确认订单处理能够继续进行。',
        en: 'On the backup server, go through ordering, evaluation, sign-off and shipping, and see that orders can go on.',
      },
      form: [
        { key: 'works', label: { zh: '各环节正常', en: 'Everything works' }, kind: 'yesNo' },
        { key: 'backAt', label: { zh: '恢复时间', en: 'Back since' }, kind: 'instant' },
        {
          key: 'limits',
          label: { zh: '尚不能用的功能', en: 'What does not work yet' },
          kind: 'text',
          required: false,
        },
      ],
      due: { elapsed: 'PT30M' },
      cites: ['P03.4', 'P16.5'],
    },
    {
      key: 'tell-suppliers',
      phase: 'notify',
      kind: 'action',
      action: 'notifySuppliers',
      role: 'purchasing',
      title: { zh: '通知受影响供应商', en: 'Tell the suppliers affected' },
      nature: {
        zh: '服务器故障，采购订单的收发可能延迟',
        en: 'a server fault; purchase orders may come and go late',
      },
      measures: {
        zh: '已确认的采购订单照常执行，急件请直接电话联系我司采购。',
        en: 'purchase orders already confirmed stand; for anything urgent please telephone our purchasing.',
      },
      due: { elapsed: 'PT2H' },
      cites: ['P02.4', 'P03.5'],
    },
    ...restoreDamagedData(),
    {
      key: 'find-cause',
      phase: 'recover',
      kind: 'task',
      role: 'technicalSupport',
      title: { zh: '分析故障原因', en: 'Find the cause' },
      instructions: {
        zh: '查日志、监控和变更记录，确定故障原因和责任方，需要厂商支持的报修并记下报修单号。',
        en: 'From logs, monitoring and the record of changes, find the cause and whose it is; where the maker must help, open a case and note its number.',
      },
      form: [
        { key: 'cause', label: { zh: '原因', en: 'Cause' }, kind: 'text' },
        {
          key: 'responsible',
          label: { zh: '责任方', en: 'Responsible' },
          kind: 'choice',
          options: [
            { key: 'us', label: { zh: '本公司', en: 'We ourselves' } },
            { key: 'maker', label: { zh: '设备或软件厂商', en: 'Maker of the machine or software' } },
            { key: 'host', label: { zh: '机房或云服务商', en: 'Data centre or cloud' } },
            { key: 'other', label: { zh: '其他', en: 'Others' } },
          ],
        },
        { key: 'caseNumber', label: { zh: '报修单号', en: 'Case number' }, kind: 'line', required: false },
      ],
      due: { elapsed: 'PT1H30M' },
      cites: ['P12.3'],
    },
    {
      key: 'repair-server',
      phase: 'normal',
      kind: 'task',
      role: 'technicalSupport',
      needs: ['find-cause'],
      title: { zh: '修复故障服务器', en: 'Repair the server' },
      instructions: {
        zh: '按查明的原因修复或更换故障服务器，完成测试后再报告。',
        en: 'Repair or replace the server according to the cause; report after it has been tested.',
      },
      form: [
        { key: 'done', label: { zh: '修复内容', en: 'What was done' }, kind: 'text' },
        { key: 'repairedAt', label: { zh: '修复时间', en: 'Repaired at' }, kind: 'instant' },
      ],
      due: { elapsed: 'PT8H' },
      cites: ['P12.3', 'P16.5'],
    },
    {
      key: 'stable',
      phase: 'normal',
      kind: 'wait',
      role: 'technicalSupport',
      needs: ['repair-server'],
      title: { zh: '观察运行是否稳定', en: 'See that it runs steadily' },
      until: {
        zh: '修复后的服务器连续运行四小时无异常',
        en: 'the repaired server has run for four hours without a fault',
      },
      atMost: { elapsed: 'PT8H' },
      cites: ['P12.3', 'P13.3'],
    },
    {
      key: 'switch-back',
      phase: 'normal',
      kind: 'task',
      role: 'technicalSupport',
      needs: ['stable'],
      title: { zh: '恢复正常运行方式', en: 'Go back to normal running' },
      instructions: {
        zh: '选业务低峰切回原服务器，或将备用服务器转为主用并重新配置备机，确认主备都可用。',
        en: 'At a quiet hour go back to the old server, or keep the backup as the main one and set up a new backup; see that both are fit.',
      },
      form: [
        {
          key: 'mainNow',
          label: { zh: '现主用服务器', en: 'Main server now' },
          kind: 'line',
        },
        { key: 'backupReady', label: { zh: '备机已就绪', en: 'The backup is ready again' }, kind: 'yesNo' },
      ],
      due: { elapsed: 'P1D' },
      cites: ['P13.3'],
    },
    {
      key: 'improve',
      phase: 'close',
      kind: 'action',
      action: 'openActionItem',
      role: 'technicalSupport',
      title: { zh: '落实服务器整改', en: 'Have the servers improved' },
      about: {
        zh: '针对故障原因落实整改，检查同类服务器、监控告警、维护升级计划和备用切换。',
        en: 'Put right what caused it; look at servers of the same kind, the alarms, the maintenance plan and the switch to the backup.',
      },
      due: { elapsed: 'P7D' },
      cites: ['P12.4', 'P16.7'],
    },
    {
      key: 'train',
      phase: 'close',
      kind: 'action',
      action: 'openActionItem',
      role: 'hr',
      title: { zh: '安排培训和演练', en: 'Arrange training and a drill' },
      about: {
        zh: '就本次暴露的问题培训相关人员，并安排一次备用服务器切换演练。',
        en: 'Train those concerned in what went wrong, and arrange a drill of the switch to the backup.',
      },
      due: { elapsed: 'P7D' },
      cites: ['P03.8', 'P12.4', 'P12.5'],
    },
  ],
  causes: [
    { key: 'hardware', name: { zh: '硬件故障', en: 'Hardware' } },
    { key: 'software', name: { zh: '软件缺陷', en: 'Software defect' } },
    { key: 'change', name: { zh: '变更或配置不当', en: 'A change or a setting' } },
    { key: 'capacity', name: { zh: '容量不足', en: 'Too little capacity' } },
    { key: 'power', name: { zh: '供电或机房环境', en: 'Power or the data centre' } },
    { key: 'maintenance', name: { zh: '维护不到位', en: 'Lack of maintenance' } },
    { key: 'other', name: { zh: '其他', en: 'Other' } },
  ],
};
