/** The groups of operations, in the order the documentation page shows them. */
export const TAGS = [
  { name: 'orders', description: '订单 · Orders: intake, reading, and what is done to one' },
  { name: 'incidents', description: '突发情况 · Incidents: reports, reading, and what is done to one' },
  { name: 'tasks', description: '任务 · Tasks that people finish' },
  { name: 'commands', description: '指令 · Commands that were accepted and are carried out later' },
  { name: 'company', description: '基础资料 · Customers, products, people' },
  { name: 'supply', description: '供应与库存 · Suppliers, purchase orders, warehouses and stock' },
  { name: 'logistics', description: '物流 · Shipments and their carriers’ scans' },
  { name: 'payments', description: '收款 · Payments of orders' },
  { name: 'endpoints', description: '服务器与接口 · Servers and endpoints to be probed' },
  { name: 'monitors', description: '监控 · Monitors, mutes, and alerts of other systems' },
  { name: 'webhooks', description: '签名推送 · What other systems send, signed' },
  { name: 'records', description: '记录 · Notices and audit log' },
  { name: 'playbooks', description: '应急预案 · Playbooks: drafts, publishing, simulation' },
  { name: 'policy', description: '规则 · The company’s rules and calendar' },
  { name: 'health', description: '运行状态 · Health of this process and what it needs' },
] as const;
