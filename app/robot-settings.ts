/** A group robot: the address it was given by its group, and the secret it signs with where the group asks for one. */
export interface RobotSettings {
  url: string;
  secret?: string;
}

/** The robots that are configured, by the name that stands in a notice's `channel` (P14.6). */
export type RobotsSettings = Partial<Record<RobotName, RobotSettings>>;

/** The parameter of its address by which each robot knows its group; Feishu's stands in the path. */
const KEY_PARAMETER = { wecom: 'key', dingtalk: 'access_token', feishu: null } as const;
export type RobotName = keyof typeof KEY_PARAMETER;

/**
 * Reads `WECOM_ROBOT_URL`, `DINGTALK_ROBOT_URL` and `_SECRET`, `FEISHU_ROBOT_URL` and `_SECRET`. A wrong one is added to
 * `problems`, never its value: who has the address can write into the group.
 */
export function readRobots(
  given: Readonly<Record<string, string>>,
  problems: { name: string; mustBe: string }[],
): RobotsSettings {
  const robots: RobotsSettings = {};
  for (const name of Object.keys(KEY_PARAMETER) as RobotName[]) {
    const variable = `${name.toUpperCase()}_ROBOT_URL`;
    const url = given[variable];
    const secret = name === 'wecom' ? undefined : given[`${name.toUpperCase()}_ROBOT_SECRET`];
    const parameter = KEY_PARAMETER[name];
    if (url !== undefined && isWebhook(url, parameter)) robots[name] = { url, secret };
    else if (url !== undefined || secret !== undefined) {
      const carrying = parameter ? ` with ${parameter}=…` : '';
      problems.push({ name: variable, mustBe: `must be the https address that the group gave${carrying}` });
    }
  }
  return robots;
}

/** In plain http the group's key would be read on the way: only to this machine, for a relay or a test. */
function isWebhook(text: string, parameter: string | null): boolean {
  try {
    const url = new URL(text);
    const isLocal = ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
    const isSafe = url.protocol === 'https:' || (url.protocol === 'http:' && isLocal);
    return isSafe && (parameter === null || !!url.searchParams.get(parameter));
  } catch {
    return false;
  }
}
