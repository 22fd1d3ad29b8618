import type { Role } from '../roles/shape.js';
import type { PlaybookSource } from './shape.js';

type Member = PlaybookSource['team'][number];

/** 配送异常处理小组 (P18.7): leader, deputy, and members who investigate, handle and report back. */
export function deliveryTeam({ investigator, handler }: { investigator: Role; handler: Member }): Member[] {
  return [
    { key: 'leader', name: { zh: '配送异常处理小组组长', en: 'Leader' }, role: 'orderManager' },
    { key: 'deputy', name: { zh: '副组长（日常工作）', en: 'Deputy, day to day' }, role: 'logistics' },
    {
      key: 'investigator',
      name: { zh: '成员（调查、分析）', en: 'Investigates and analyses' },
      role: investigator,
    },
    handler,
    {
      key: 'feedback',
      name: { zh: '成员（反馈）', en: 'Reports back to customers' },
      role: 'customerService',
    },
  ];
}
