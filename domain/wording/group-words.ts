/** The group chats by the `recipient` of their notices; one name in both languages, as in the apps themselves. */
const GROUP_NAMES: Record<string, string> = {
  'group:wecom': '企业微信群 WeCom',
  'group:dingtalk': '钉钉群 DingTalk',
  'group:feishu': '飞书群 Feishu',
};

/** The name of a group; undefined for a recipient that is none. */
export function groupName(recipient: string): string | undefined {
  return Object.hasOwn(GROUP_NAMES, recipient) ? GROUP_NAMES[recipient] : undefined;
}
