import { needed } from '../facts.js';
import type { Block } from '../letter.js';
import { say } from '../locale.js';
import { dueOf, linkBlocks, staffBlocks, taskBlocks, teamBlocks, urgencyWords } from '../order-blocks.js';
import { CLASS_WORDS, MEASURE_WORDS } from '../terms.js';
import type { Wording } from './wording.js';

/** P07.1, P05.3: an urgent order is here; who evaluates it until when, and what it must be delivered by. */
export const departmentsTold: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const kind = say(CLASS_WORDS[order.class], locale);
    const mine = f.tasks.filter(({ link }) => link !== null);
    const evaluationDue = dueOf(f, 'evaluation', locale);
    const confirmationDue = dueOf(f, 'confirmation', locale);
    const ask: Block[] =
      mine.length > 0
        ? [
            {
              p: t(
                '请您代表本部门完成评估，逐项确认品名、数量、价格、加工工艺、交货期、运输方式；如有疑问，请写明需向客户确认的问题。',
                'Please evaluate it for your department: product, quantity, price, process, delivery date and shipping. If in doubt, write the question to the customer.',
              ),
            },
            ...mine.flatMap((task) => taskBlocks(f, task, locale)),
          ]
        : [{ p: t('请各位同事优先安排，做好准备。', 'Please give it priority and make ready.') }];
    return {
      subject: t(
        `${kind} ${order.number}：${order.customerName}，要求交期 ${order.requestedDelivery}`,
        `${kind} ${order.number}: ${order.customerName}, delivery asked for ${order.requestedDelivery}`,
      ),
      blocks: [
        {
          p: t(
            `收到一份${kind}，须优先处理，生产计划以红色标识。`,
            'This order comes first; its production plan is marked red.',
          ),
        },
        ...ask,
        {
          facts: [
            [t('评估完成时限', 'Evaluation due'), evaluationDue],
            [t('确认回复时限', 'Confirmation due'), confirmationDue],
          ],
        },
        ...staffBlocks(f, order, locale),
        ...teamBlocks(order, locale),
      ],
    };
  },
};

/** P07.6: the delivery asked for comes before the confirmation is due, so the order manager must look at once. */
export const deliveryBeforeConfirmation: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    return {
      subject: t(
        `订单 ${order.number} 要求交期早于确认回复时限`,
        `Order ${order.number}: delivery is asked for before the confirmation is due`,
      ),
      blocks: [
        {
          p: t(
            `客户要求 ${order.requestedDelivery} 交货，早于确认回复时限（${dueOf(f, 'confirmation', locale) ?? '—'}）。时限不因此提前，请您督促各部门尽快评估和签字。`,
            `Delivery is asked for on ${order.requestedDelivery}, before the confirmation is due (${dueOf(f, 'confirmation', locale) ?? '—'}). The deadline is not drawn forward: please press for an early evaluation and signature.`,
          ),
        },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** P07.3, P07.8: confirmed, so production starts; red by its grade. */
export const productionPlanIssued: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const promised = needed(order.promisedDelivery, 'promised delivery');
    return {
      subject: t(
        `生产计划下达：订单 ${order.number}，承诺交期 ${promised}`,
        `Production plan issued: order ${order.number}, promised for ${promised}`,
      ),
      blocks: [
        {
          p: t(
            `订单已签字确认，生产计划现予下达，以红色标识其紧急程度。请按承诺交期 ${promised} 优先安排，并及时登记进度；如预计不能按期完成，请立即上报。`,
            `The order is signed and its production plan issued, marked red by its urgency. Please give it priority for ${promised}, record each milestone, and report at once if the date is in danger.`,
          ),
        },
        ...staffBlocks(f, order, locale),
        {
          p: t(
            '进度节点：备料、采购、生产、检验、包装、发货、签收。检验由品管部把关，合格后方可发货。',
            'Milestones: reserve, purchase, produce, inspect, pack, ship, signed for. Nothing leaves without the quality department’s inspection.',
          ),
        },
        ...teamBlocks(order, locale),
      ],
    };
  },
};

/** P05.5: by the present projection the promise will not be kept. */
export const earlyWarning: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const promised = needed(order.promisedDelivery, 'promised delivery');
    const given = f.given.projectedFinish;
    const finish = needed(typeof given === 'string' ? given : order.projectedFinish, 'projected finish');
    return {
      subject: t(
        `预警：订单 ${order.number} 预计 ${finish} 完成，晚于承诺交期 ${promised}`,
        `Early warning: order ${order.number} is projected for ${finish}, after the promised ${promised}`,
      ),
      blocks: [
        {
          p: t(
            `按目前进度，订单预计 ${finish} 完成，晚于承诺交期 ${promised}。请立即协调加班、三班倒或委外加工等措施，并将结果告知销售负责人，由其与客户沟通。`,
            `At the present pace the order is finished on ${finish}, after the promised ${promised}. Please arrange overtime, three shifts or outsourcing at once, and tell the sales owner, who speaks with the customer.`,
          ),
        },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** P01.2: a manager's decision took the place of the policy's. */
export const orderReclassified: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const now = urgencyWords(order, locale);
    return {
      subject: t(`订单 ${order.number} 紧急程度调整为：${now}`, `Order ${order.number} is now: ${now}`),
      blocks: [
        {
          p: t(
            `订单的紧急程度已调整为“${now}”，请按新的级别安排。`,
            `The order’s urgency was changed to “${now}”. Please act accordingly.`,
          ),
        },
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};

/** P07.6: the vice president did not sign; the reason, and another round. */
export const signOffRejected: Wording = {
  staff: (f, t, locale) => {
    const order = needed(f.order, 'order');
    const proposal = needed(
      order.proposals.findLast(({ state }) => state === 'rejected'),
      'rejected proposal',
    );
    const open = f.tasks.filter(({ link }) => link !== null);
    return {
      subject: t(
        `订单 ${order.number} 签字被驳回，请重新评估`,
        `Order ${order.number}: the proposal was rejected`,
      ),
      blocks: [
        {
          p: t(
            `第 ${proposal.round} 轮方案（${MEASURE_WORDS[proposal.measure].zh}，${proposal.promisedDelivery} 交货）未获签字。驳回理由：`,
            `Proposal ${proposal.round} (${MEASURE_WORDS[proposal.measure].en}, delivery on ${proposal.promisedDelivery}) was not signed. The reason:`,
          ),
        },
        { quote: proposal.note ?? t('（未填写理由）', '(no reason given)') },
        {
          p: t(
            '请各部门据此重新评估，评估完成后由制造部重新确定生产措施和交期。',
            'Please evaluate once more with this in mind; manufacturing then chooses measure and date anew.',
          ),
        },
        ...open.flatMap((task) => linkBlocks(task, locale)),
        ...staffBlocks(f, order, locale),
      ],
    };
  },
};
