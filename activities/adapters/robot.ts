import type { RobotName, RobotSettings } from '../../app/robot-settings.js';
import type { Channel, Delivery, OutgoingMessage } from './channel.js';
import { createRateWindow } from './rate-window.js';

/** What a robot's server said, in its own words; `text` may be long and is cut where it is kept. */
export interface RobotAnswer {
  code: number;
  text: string;
}

/** What is different from robot to robot. */
export interface RobotKind {
  name: RobotName;
  /** How many messages a minute the group takes; more is refused, and may silence the robot for a while. */
  mostAMinute: number;
  /** The request that posts a message, signed with the secret as of `at`. */
  write(message: OutgoingMessage, robot: RobotSettings, at: Date): { url: string; body: object };
  /** Reads the answer of a request: HTTP 200 alone is no success. Undefined where it is none of theirs. */
  read(answer: Record<string, unknown>): RobotAnswer | undefined;
  /** What a code other than 0 means: refused where another try of this message would be answered the same. */
  outcomeOf(answer: RobotAnswer): 'refused' | 'deferred';
}

const ANSWER_WITHIN_MS = 10_000;
const LONGEST_WHY = 300;

/**
 * A group chat that a robot writes into (P14.6). Its one address is the group; a person has none here, so that no letter
 * of one person's can get into a group. Neither the robot's address nor its secret is ever part of an answer.
 */
export function createRobotChannel(kind: RobotKind, robot: RobotSettings, now: () => Date): Channel {
  const window = createRateWindow(kind.mostAMinute, 60_000);
  const post = async (message: OutgoingMessage): Promise<Pick<Delivery, 'outcome' | 'why'>> => {
    const at = now();
    if (!window.take(at.getTime())) {
      return { outcome: 'deferred', why: `the group takes ${kind.mostAMinute} messages a minute` };
    }
    const { url, body } = kind.write(message, robot, at);
    try {
      const response = await fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json; charset=utf-8' },
        body: JSON.stringify(body),
        redirect: 'error',
        signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      });
      return judge(kind, response.status, await readJson(response));
    } catch (error) {
      return { outcome: 'deferred', why: reasonOf(error) };
    }
  };
  return {
    group: true,
    addressOf: ({ group }) => (group ? kind.name : null),
    async send(message) {
      const result = await post(message);
      return message.to.map((address) => ({ address, ...result, reference: message.id }));
    },
    close: () => undefined,
  };
}

function judge(kind: RobotKind, status: number, said: unknown): Pick<Delivery, 'outcome' | 'why'> {
  const answer = isObject(said) ? kind.read(said) : undefined;
  if (!answer) return { outcome: 'deferred', why: `HTTP ${status} without an answer of ${kind.name}` };
  if (answer.code === 0 && status === 200) return { outcome: 'accepted', why: null };
  const why = `${answer.code} ${answer.text}`.slice(0, LONGEST_WHY);
  if (status === 429 || status >= 500) return { outcome: 'deferred', why };
  return { outcome: kind.outcomeOf(answer), why };
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

async function readJson(response: Response): Promise<unknown> {
  const text = await response.text();
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `ECONNREFUSED`, `TimeoutError`: a message could hold the address, and with it the key. */
function reasonOf(error: unknown): string {
  const { name, cause } = error as { name: string; cause?: { code?: unknown } };
  return typeof cause?.code === 'string' ? cause.code : name;
}
