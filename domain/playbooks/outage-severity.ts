import type { PlaybookSource } from './shape.js';

/**
 * The level of an outage, by customers affected and by how long it lasts (P11.1). Every open order may hang on one
 * server, line or system: the share alone would make a hiccup of a minute a level 3.
 */
export const outageSeverity: PlaybookSource['severity'] = {
  otherwise: 1,
  rules: [
    {
      level: 3,
      when: [{ fact: 'criticalOrdersAffected', atLeast: 1 }],
      because: { zh: '影响急难订单', en: 'a critical order is affected' },
    },
    {
      level: 3,
      when: [
        { fact: 'customersAffectedShare', atLeast: 0.3 },
        { fact: 'delayHours', atLeast: 1 },
      ],
      because: {
        zh: '受影响客户达三成以上，且中断超过一小时',
        en: 'three customers in ten or more are affected for an hour or more',
      },
    },
    {
      level: 2,
      when: [{ fact: 'customersAffectedShare', atLeast: 0.1 }],
      because: { zh: '受影响客户达一成以上', en: 'one customer in ten or more is affected' },
    },
    {
      level: 2,
      when: [{ fact: 'delayHours', atLeast: 1 }],
      because: { zh: '中断超过一小时', en: 'down for an hour or more' },
    },
  ],
};
