import type { Tier } from '../../domain/assessment/shape.js';

export interface DemoCustomer {
  id: string;
  name: string;
  email: string;
  phone: string;
  locale: 'zh-CN' | 'en';
  tier: Tier;
  salesOwnerId: string;
}

type Row = [tier: Tier, salesOwnerId: string, mail: string, phone: string, name: string, locale?: 'en'];

// Telephone numbers as they are compared: a plus and digits.
const rows: Row[] = [
  ['strategic', 'zhou.min', 'caigou@donghai-hi', '+862155500101', '东海重工集团有限公司'],
  ['strategic', 'zhou.min', 'gongying@tianhe-port', '+862255500102', '天津天河港口机械有限公司'],
  ['strategic', 'gao.yuan', 'wuzi@beifang-wind', '+862455500103', '北方风电设备股份有限公司'],
  ['key', 'chen.jing', 'caigou@pujiang', '+862155500104', '上海浦江机电有限公司'],
  ['key', 'chen.jing', 'caigou@suda-auto', '+8651255500105', '苏州苏达自动化设备有限公司'],
  ['key', 'xu.lei', 'wuliu@changjiang-cement', '+862755500106', '长江水泥装备有限公司'],
  ['key', 'xu.lei', 'caigou@lubei-chem', '+8653155500107', '鲁北化工机械有限公司'],
  ['key', 'gao.yuan', 'purchase@penang-conveyor', '+60455500108', 'Penang Conveyor Systems', 'en'],
  ['key', 'he.xiaoyan', 'caigou@yuehua-textile', '+8675755500109', '佛山粤华纺织机械有限公司'],
  ['regular', 'chen.jing', 'caigou@hangda', '+8657155500110', '杭州杭达传动设备有限公司'],
  ['regular', 'chen.jing', 'caigou@xinyuan-pack', '+8657755500111', '温州新源包装机械有限公司'],
  ['regular', 'xu.lei', 'caigou@zhongyuan-crane', '+8637355500112', '新乡中原起重机械有限公司'],
  ['regular', 'xu.lei', 'caigou@shanhe-mining', '+8635155500113', '山河矿山机械有限公司'],
  ['regular', 'he.xiaoyan', 'caigou@minhai', '+8659255500114', '厦门闽海食品机械有限公司'],
  ['regular', 'he.xiaoyan', 'caigou@bashu-hydro', '+862855500115', '成都巴蜀水电设备有限公司'],
  ['regular', 'he.xiaoyan', 'caigou@longjiang-agri', '+8645155500116', '黑龙江龙江农机有限公司'],
  ['regular', 'gao.yuan', 'orders@nordlift', '+4655500117', 'Nordlift Aktiebolag', 'en'],
  ['regular', 'gao.yuan', 'einkauf@rheinwerk-antriebe', '+4921155500118', 'Rheinwerk Antriebe GmbH', 'en'],
  ['regular', 'zhou.min', 'caigou@qinling-paper', '+862955500119', '西安秦岭造纸机械有限公司'],
  ['regular', 'zhou.min', 'caigou@guiyang-cable', '+8685155500120', '贵阳电缆设备有限公司'],
];

/** Twenty customers in tiers, each with its sales owner 业务员. Addresses end in `.example`: no mail can leave. */
export const demoCustomers: readonly DemoCustomer[] = rows.map(
  ([tier, salesOwnerId, mail, phone, name, locale], index): DemoCustomer => ({
    id: `C-${String(index + 1).padStart(4, '0')}`,
    name,
    email: `${mail}.example`,
    phone,
    locale: locale ?? 'zh-CN',
    tier,
    salesOwnerId,
  }),
);
