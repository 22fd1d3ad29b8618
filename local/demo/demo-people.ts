import type { LeadTimeKind } from '../../domain/assessment/shape.js';
import type { Department, Role } from '../../domain/roles/shape.js';

export interface DemoPerson {
  id: string;
  name: string;
  email: string;
  department: Department;
  roles: Role[];
  skills: string[];
  head: boolean;
}

/** What a person is good at: leading a team, keeping everybody informed, or a kind of product. */
type Skill = 'teamLead' | 'liaison' | LeadTimeKind;

/** A member holds the role of the department's name, and any other that is named. Mail: `id@redmark.example`. */
function member(
  department: Exclude<Department, 'management'>,
  id: string,
  name: string,
  skills: Skill[] = [],
  more: Role[] = [],
): DemoPerson {
  const email = `${id}@redmark.example`;
  return { id, name, email, department, roles: [department, ...more], skills, head: false };
}

const head = (person: DemoPerson): DemoPerson => ({ ...person, head: true });

/** One who decides holds that role alone: who signs neither requests nor evaluates (separation of duties). */
const manager = (role: Role, id: string, name: string): DemoPerson => ({
  id,
  name,
  email: `${id}@redmark.example`,
  department: 'management',
  roles: [role],
  skills: [],
  head: false,
});

/** The thirty people of the demonstration's company; a head for each department. */
export const demoPeople: readonly DemoPerson[] = [
  head(member('sales', 'zhou.min', '周敏', ['liaison'])),
  member('sales', 'chen.jing', '陈静', ['liaison', 'standardFromStock']),
  member('sales', 'xu.lei', '徐磊', ['configured']),
  member('sales', 'he.xiaoyan', '何晓燕', ['liaison', 'sparePart']),
  member('sales', 'gao.yuan', '高远', ['newDesign']),
  head(member('manufacturing', 'zhao.jianjun', '赵建军', ['teamLead', 'standardToOrder'])),
  member('manufacturing', 'sun.haibo', '孙海波', ['teamLead', 'configured', 'newDesign']),
  member('manufacturing', 'ma.guoqiang', '马国强', ['standardFromStock', 'sparePart']),
  member('manufacturing', 'hu.yong', '胡勇', ['standardToOrder', 'configured']),
  head(member('quality', 'liu.fang', '刘芳', ['configured', 'newDesign'])),
  member('quality', 'zhu.wei', '朱伟', ['standardToOrder']),
  member('quality', 'guo.lihua', '郭丽华', ['standardFromStock', 'sparePart']),
  head(member('technical', 'yang.fan', '杨帆', ['newDesign'])),
  member('technical', 'luo.tao', '罗涛', ['configured', 'standardToOrder']),
  member('technical', 'liang.yu', '梁宇', ['standardFromStock', 'sparePart']),
  head(member('purchasing', 'song.jie', '宋洁')),
  head(member('outsourcing', 'zheng.bin', '郑斌')),
  head(member('logistics', 'xie.dong', '谢东')),
  head(member('inventory', 'han.mei', '韩梅')),
  head(member('customerService', 'tang.li', '唐莉')),
  head(member('finance', 'feng.xue', '冯雪')),
  head(member('hr', 'yu.ping', '于萍')),
  head(member('technicalSupport', 'dong.chao', '董超')),
  member('technicalSupport', 'xiao.peng', '肖鹏', [], ['ops']),
  head(member('data', 'cheng.lu', '程璐')),
  head(member('compliance', 'cao.ying', '曹颖')),
  manager('orderManager', 'wu.lei', '吴磊'),
  manager('emergencyManager', 'peng.gang', '彭刚'),
  head(manager('vp', 'lin.guodong', '林国栋')),
  manager('generalManager', 'qian.hongling', '钱红岭'),
];
