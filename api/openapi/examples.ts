import type { OpenAPIV3_1 } from 'openapi-types';
import { CHASE_FORMS } from '../../contracts/chase-forms.js';
import { TASK_FORMS } from '../../contracts/forms.js';
import type { IncidentInput } from '../../domain/incident/shape.js';
import type { OrderInput } from '../../domain/order/shape.js';
import { INCIDENT_TASK_SHAPES } from './incident-task-forms.js';

/** An order as a web shop sends it. */
const onlineOrder: OrderInput = {
  channel: 'online',
  customer: {
    name: '苏州精工机械有限公司',
    email: 'purchase@suzhou-jinggong.example',
    phone: '+86 512 5555 0101',
  },
  lines: [{ sku: 'RM-SHAFT-45', quantity: 1 }],
  requestedDelivery: '2027-03-08',
  shipTo: {
    name: '王磊',
    phone: '+86 512 5555 0101',
    country: 'CN',
    region: '江苏',
    city: '苏州',
    line1: '工业园区星湖街 328 号',
    postalCode: '215123',
  },
};

/** An order taken by telephone: a line is down, and the customer wants the answer by a certain hour. */
const phoneOrder: OrderInput = {
  ...onlineOrder,
  channel: 'phone',
  requestedReplyBy: '2027-03-01T16:00:00+08:00',
  priorityRequested: { reason: '客户产线停机' },
  specialRequirements: '出货前提供全尺寸检验报告',
};

const lateSupplier: IncidentInput = {
  type: 'supplier-delay',
  summary: '轴承供应商通知推迟三天交货',
  dedupKey: 'supplier-delay/SUP-0001',
  facts: { supplier: 'SUP-0001', skus: ['RM-BRG-6208'], delayHours: 72 },
};

const point = { ok: true };

const EXAMPLES: Record<string, Record<string, { summary: string; value: unknown }>> = {
  acceptOrder: {
    online: { summary: '网上订单 · an order of a web shop', value: onlineOrder },
    phone: { summary: '电话紧急订单 · an urgent order by telephone', value: phoneOrder },
  },
  signOff: {
    approve: {
      summary: '同意 · approve',
      value: { proposal: 'SO-20261124-0001.proposal', decision: 'approve' },
    },
    reject: {
      summary: '驳回 · reject',
      value: { proposal: 'SO-20261124-0001.proposal', decision: 'reject', note: '价格未经核实' },
    },
  },
  classifyOrder: {
    urgent: {
      summary: '改为紧急 · make it urgent',
      value: { class: 'urgent', grade: 2, reason: '客户产线停机' },
    },
  },
  recordProgress: {
    done: { summary: '完成 · done', value: { milestone: 'produce', done: true } },
    projected: {
      summary: '预计完成日 · a projected finish',
      value: { milestone: 'produce', done: false, projectedFinish: '2027-03-06' },
    },
  },
  holdOrder: {
    customer: {
      summary: '客户要求暂缓 · the customer asked to wait',
      value: {
        reason: 'customerAsked',
        owner: 'zhou.min',
        dueAt: '2027-03-03T17:00:00+08:00',
        note: '客户仓库盘点，下周三再送',
      },
    },
  },
  releaseHold: {
    settled: { summary: '已解决 · settled', value: { note: '客户盘点结束，可以发货' } },
  },
  recordDelivery: {
    confirmed: {
      summary: '客户确认收货 · the customer confirms',
      value: { how: 'phone', confirmedBy: '王磊', at: '2027-03-08T10:00:00+08:00', words: '已收到，完好' },
    },
    notReached: {
      summary: '未联系上 · nobody was reached',
      value: { how: 'phone', reached: false, at: '2027-03-08T10:00:00+08:00' },
    },
  },
  addSupplier: {
    supplier: {
      summary: '供应商 · a supplier and what it offers',
      value: {
        number: 'SUP-0101',
        name: '无锡宏达轴承有限公司',
        contactPerson: '张伟',
        email: 'sales@hongda-bearing.example',
        phone: '+86 510 5555 0101',
        standing: 'approved',
        capabilities: ['轴承'],
        offers: [{ sku: 'RM-BRG-6208', priceMinor: 2100, currency: 'CNY', leadTimeDays: 5, minQuantity: 20 }],
      },
    },
  },
  putStock: {
    count: {
      summary: '盘点 · a count',
      value: { onHand: 190, reserved: 150, reorderLevel: 200, countedAt: '2026-11-24T17:30:00+08:00' },
    },
  },
  placePurchaseOrder: {
    purchase: {
      summary: '采购订单 · goods that a customer’s order waits for',
      value: {
        supplier: 'SUP-0001',
        warehouse: 'WH-SH',
        currency: 'CNY',
        neededBy: '2026-12-08',
        lines: [
          {
            sku: 'RM-BRG-6208',
            quantity: 500,
            unitPriceMinor: 2100,
            waiting: [{ order: 'SO-20261124-0001', line: 1 }],
          },
        ],
      },
    },
  },
  receiveGoods: {
    receipt: {
      summary: '到货检验 · accepted and rejected',
      value: {
        reference: 'DN-4711',
        lines: [{ line: 1, accepted: 495, rejected: 5, note: '外圈划伤' }],
      },
    },
  },
  recordScans: {
    one: {
      summary: '单条 · one scan',
      value: { at: '2026-11-24T17:40:00+08:00', code: 'pickedUp', place: '上海' },
    },
    many: {
      summary: '批量 · many of one shipment',
      value: {
        scans: [
          { at: '2026-11-24T17:40:00+08:00', code: 'pickedUp', place: '上海' },
          { at: '2026-11-25T10:25:00+08:00', code: 'signedFor', place: '杭州' },
        ],
      },
    },
  },
  takeDelivery: {
    scans: {
      summary: '物流扫描 · carriers’ scans',
      value: {
        id: 'sf-20261124-000017',
        scans: [
          {
            carrier: 'SF',
            trackingNumber: 'SF7300128000',
            at: '2026-11-24T17:40:00+08:00',
            code: 'pickedUp',
          },
        ],
      },
    },
  },
  reportIncident: {
    supplier: { summary: '供应商延迟 · a late supplier', value: lateSupplier },
    orders: {
      summary: '指明订单 · orders that are named',
      value: { type: 'late-delivery', summary: '暴雨，末端派送暂停', orders: ['SO-20261124-0001'] },
    },
  },
  acknowledgeIncident: {
    acknowledge: { summary: '受理 · acknowledge', value: {} },
    undo: { summary: '撤回 · take it back', value: { undo: true, note: '转由采购负责' } },
  },
  decideStep: {
    reroute: {
      summary: '改由替代供应商供货 · buy elsewhere',
      value: { step: 'which-way', option: 'reroute', note: '现供应商一周内无法交货' },
    },
  },
  setSeverity: {
    raise: { summary: '升级 · raise it', value: { severity: 3, reason: '急难订单等料' } },
  },
  setTeam: {
    lead: { summary: '更换组长 · another lead', value: { team: { lead: 'wu.lei' }, note: '原组长出差' } },
  },
  handOverIncident: {
    handOver: { summary: '移交 · hand over', value: { to: 'wu.lei', note: '已联系供应商，等待回复' } },
  },
  retryStep: { retry: { summary: '重试 · try again', value: { step: 'expedite', reason: '邮箱已更正' } } },
  skipStep: { skip: { summary: '跳过 · pass over', value: { step: 'expedite', reason: '已电话催货' } } },
  resolveIncident: { resolve: { summary: '恢复正常 · back to normal', value: { note: '货已到，检验合格' } } },
  completeTask: {
    evaluation: {
      summary: '订单评估 · an evaluation',
      value: {
        points: {
          product: point,
          quantity: point,
          price: point,
          process: { ok: false, note: '热处理要求不明', ask: '请确认硬度要求' },
          deliveryDate: point,
          shipping: point,
        },
      },
    },
    measure: { summary: '确定生产措施 · a measure', value: { option: 'overtime' } },
    confirm: {
      summary: '确认突发情况 · an incident is confirmed',
      value: { outcome: 'activate', severity: 2, note: '已与供应商核实' },
    },
    step: {
      summary: '预案步骤 · a step of a playbook',
      value: {
        fields: { contact: '李工', cause: '炉子检修', responsible: 'supplier', newDate: '2026-12-01' },
      },
    },
  },
};

/** Each finishes another kind of task; which one, the task says. */
const taskForms = {
  anyOf: [...Object.values(TASK_FORMS), ...INCIDENT_TASK_SHAPES, ...Object.values(CHASE_FORMS)]
    .map((form) => form.meta()?.id)
    .filter((id, index, all) => all.indexOf(id) === index)
    .map((id) => ({ $ref: `#/components/schemas/${id}Input` })),
};

type Document = Partial<OpenAPIV3_1.Document>;

/** Puts examples of bodies beside their schemas, and the forms of tasks where any of them may stand. */
export function addExamples(document: object): Document {
  const { paths = {} } = document as Document;
  for (const item of Object.values(paths)) {
    for (const operation of [item?.post, item?.put]) {
      const body = operation?.requestBody;
      const media = body && 'content' in body ? body.content['application/json'] : undefined;
      const name = operation?.operationId ?? '';
      if (!media) continue;
      if (name === 'completeTask') media.schema = taskForms;
      if (EXAMPLES[name]) media.examples = EXAMPLES[name];
    }
  }
  return document;
}
