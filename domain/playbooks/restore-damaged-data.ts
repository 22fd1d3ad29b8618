import type { PlaybookSource } from './shape.js';

/**
 * After a failure: order data is compared, and restored, compared again and repaired where it was hurt (P03.6, P19.1).
 * `whenSafe`: steps that must be over before anything is restored.
 */
export function restoreDamagedData(whenSafe: string[] = []): PlaybookSource['steps'] {
  return [
    {
      key: 'compare-data',
      phase: 'recover',
      kind: 'task',
      role: 'data',
      title: { zh: '核对订单数据', en: 'Compare the order data' },
      instructions: {
        zh: '核对故障前后的订单、价格和收款账户数据，查明有无缺失、重复、损坏或篡改。',
        en: 'Compare orders, prices and bank accounts before and after the failure; find what is missing, doubled, damaged or altered.',
      },
      form: [
        { key: 'missing', label: { zh: '缺失订单数', en: 'Orders missing' }, kind: 'number' },
        {
          key: 'damaged',
          label: { zh: '重复、损坏或篡改的订单数', en: 'Orders doubled, damaged or altered' },
          kind: 'number',
        },
        { key: 'orders', label: { zh: '涉及的订单号', en: 'Their numbers' }, kind: 'text', required: false },
      ],
      due: { elapsed: 'PT1H' },
      cites: ['P03.6', 'P19.1'],
    },
    {
      key: 'data-whole',
      phase: 'recover',
      kind: 'decision',
      by: 'data',
      role: 'data',
      needs: ['compare-data', ...whenSafe],
      title: { zh: '判断是否需要恢复数据', en: 'Decide whether data must be restored' },
      question: { zh: '订单数据是否完整、准确？', en: 'Is the order data whole and right?' },
      options: [
        { key: 'whole', label: { zh: '完整，无需恢复', en: 'Whole, nothing to restore' }, leadsTo: [] },
        {
          key: 'damaged',
          label: { zh: '有缺失或损坏，需要恢复', en: 'Something is missing or damaged' },
          leadsTo: ['restore-data', 'check-restored'],
        },
      ],
      due: { elapsed: 'PT15M' },
      cites: ['P03.6', 'P19.1'],
    },
    {
      key: 'restore-data',
      phase: 'recover',
      kind: 'action',
      action: 'restoreData',
      role: 'data',
      title: { zh: '从备份恢复数据', en: 'Restore the data from a backup' },
      due: { elapsed: 'PT4H' },
      cites: ['P02.3', 'P03.6', 'P19.1'],
    },
    {
      key: 'check-restored',
      phase: 'recover',
      kind: 'task',
      role: 'data',
      needs: ['restore-data'],
      title: { zh: '核对恢复结果并修复', en: 'Check what was restored, and repair' },
      instructions: {
        zh: '逐单核对恢复结果，修复仍有差异的订单，确保准确、完整，并说明核对依据。',
        en: 'Compare order by order, repair what still differs, and say what it was compared with.',
      },
      form: [
        { key: 'compared', label: { zh: '核对订单数', en: 'Orders compared' }, kind: 'number' },
        { key: 'repaired', label: { zh: '修复订单数', en: 'Orders repaired' }, kind: 'number' },
        { key: 'proof', label: { zh: '核对依据', en: 'Compared with' }, kind: 'text' },
      ],
      due: { elapsed: 'PT4H' },
      cites: ['P03.6'],
    },
  ];
}
