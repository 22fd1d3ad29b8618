import { expect, test } from 'vitest';
import { readConfig, SettingsError } from '../../app/config.js';

const right = {
  DATABASE_URL: 'postgres://redmark_app:s%2Fecret@127.0.0.1:5432/redmark',
  TEMPORAL_ADDRESS: '127.0.0.1:7233',
  SMTP_URL: 'smtp://127.0.0.1:1025',
  PUBLIC_URL: 'https://orders.example.com',
  LINK_SECRET: 'x'.repeat(32),
};
const wecom = 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=k';
const dingtalk = 'https://oapi.dingtalk.com/robot/send?access_token=t';
const feishu = 'https://open.feishu.cn/open-apis/bot/v2/hook/h';

function refusalOf(env: Record<string, string>): string {
  try {
    readConfig({ ...right, ...env });
  } catch (error) {
    if (error instanceof SettingsError) return error.message;
    throw error;
  }
  return '';
}

test('a group robot is there where its address is set, with the secret it has', () => {
  expect(readConfig(right).robots).toEqual({});
  const all = { WECOM_ROBOT_URL: wecom, DINGTALK_ROBOT_URL: dingtalk, FEISHU_ROBOT_URL: feishu };
  expect(readConfig({ ...right, ...all, FEISHU_ROBOT_SECRET: 's' }).robots).toEqual({
    wecom: { url: wecom },
    dingtalk: { url: dingtalk },
    feishu: { url: feishu, secret: 's' },
  });
  expect(readConfig({ ...right, WECOM_ROBOT_URL: 'http://127.0.0.1:9/send?key=k' }).robots).toMatchObject({
    wecom: {},
  });
});

test.each([
  ['WECOM_ROBOT_URL', 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send'],
  ['WECOM_ROBOT_URL', wecom.replace('https', 'http')],
  ['DINGTALK_ROBOT_URL', 'https://oapi.dingtalk.com/robot/send?access_token='],
  ['FEISHU_ROBOT_URL', 'open.feishu.cn/hook'],
])('%s=%s is refused by its name, and its key is not shown', (name, value) => {
  expect(refusalOf({ [name]: `${value}` })).toMatch(new RegExp(`^${name} must be the https address`));
  expect(refusalOf({ [name]: 'http://a.example/?key=hunter2' })).not.toContain('hunter2');
});

test('a secret without the robot it is for is refused: the group would hear nothing', () => {
  expect(refusalOf({ DINGTALK_ROBOT_SECRET: 's' })).toMatch(/^DINGTALK_ROBOT_URL must be/);
});
