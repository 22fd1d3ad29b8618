import { z } from 'zod';

/** Departments that finish tasks (design: "Who uses it"); each has exactly one person marked head. */
export const DEPARTMENTS = [
  'sales',
  'manufacturing',
  'quality',
  'technical',
  'purchasing',
  'outsourcing',
  'logistics',
  'inventory',
  'customerService',
  'finance',
  'hr',
  'technicalSupport',
  'data',
  'compliance',
] as const;

/** Roles of people who sign, decide and release, and of those who run the machines. */
export const MANAGEMENT_ROLES = ['orderManager', 'emergencyManager', 'vp', 'generalManager', 'ops'] as const;

/** Every role a person can hold. A department's members hold the role of the department's name. */
export const ROLES = [...DEPARTMENTS, ...MANAGEMENT_ROLES] as const;

export const roleSchema = z.enum(ROLES).meta({ id: 'Role' });
export type Role = z.infer<typeof roleSchema>;

export const departmentSchema = z.enum([...DEPARTMENTS, 'management']).meta({ id: 'Department' });
export type Department = z.infer<typeof departmentSchema>;

/** Departments that may record progress of an order in execution. */
export const EXECUTION_ROLES = [
  'sales',
  'manufacturing',
  'quality',
  'technical',
  'purchasing',
  'outsourcing',
  'logistics',
  'inventory',
  'customerService',
  'orderManager',
] as const satisfies readonly Role[];

/** Who may place an order over the API besides a client's key. */
export const ORDERING_ROLES = ['sales', 'customerService', 'orderManager'] as const satisfies readonly Role[];

/** Role names in the words people read. */
export const ROLE_WORDS: Record<Role | 'management' | 'client', { zh: string; en: string }> = {
  client: { zh: '接口客户', en: 'API client' },
  sales: { zh: '销售部', en: 'Sales' },
  manufacturing: { zh: '制造部', en: 'Manufacturing' },
  quality: { zh: '品管部', en: 'Quality' },
  technical: { zh: '技术部', en: 'Technical' },
  purchasing: { zh: '采购', en: 'Purchasing' },
  outsourcing: { zh: '外协', en: 'Outsourcing' },
  logistics: { zh: '物流', en: 'Logistics' },
  inventory: { zh: '仓库', en: 'Warehouse' },
  customerService: { zh: '客服', en: 'Customer service' },
  finance: { zh: '财务部', en: 'Finance' },
  hr: { zh: '人事行政', en: 'Human resources' },
  technicalSupport: { zh: '技术支持', en: 'Technical support' },
  data: { zh: '数据管理', en: 'Data management' },
  compliance: { zh: '合规', en: 'Compliance' },
  orderManager: { zh: '订单处理经理', en: 'Order manager' },
  emergencyManager: { zh: '应急管理负责人', en: 'Emergency manager' },
  vp: { zh: '副总经理', en: 'Vice president' },
  generalManager: { zh: '总经理', en: 'General manager' },
  ops: { zh: '运维', en: 'Operations' },
  management: { zh: '经营管理层', en: 'Management' },
};
