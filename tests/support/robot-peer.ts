import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A message as a group got it. */
export interface TakenMessage {
  robot: 'wecom' | 'dingtalk' | 'feishu';
  /** Title and text, as the group reads them. */
  title: string;
  text: string;
  body: object;
}

/** What the three robots post, all of it to be doubted. */
interface Posted {
  msgtype?: unknown;
  markdown?: { content?: unknown; title?: string; text?: string };
  msg_type?: unknown;
  timestamp?: string;
  sign?: string;
  card?: { header?: { title?: { content?: string } }; elements?: { content?: unknown }[] };
}

type Answer = { status?: number; body: unknown } | 'hang' | 'break';

const HOUR_MS = 3_600_000;

/**
 * The three vendors' robots on this machine, by what their documentation says: they check key, signature, instant, length
 * and rate, and answer HTTP 200 with their own codes. `answers` are given first, one a request, whatever was asked.
 */
export async function startRobotPeer(now: () => Date = () => new Date()) {
  const secrets = { dingtalk: 'SEC-of-dingtalk', feishu: 'secret-of-feishu' };
  const taken: TakenMessage[] = [];
  const answers: Answer[] = [];
  const state = { requests: 0 };
  const times = { wecom: [] as number[], dingtalk: [] as number[], feishu: [] as number[] };
  const isTooFast = (robot: keyof typeof times, most: number) => {
    const at = now().getTime();
    times[robot] = times[robot].filter((one) => at - one < 60_000);
    times[robot].push(at);
    return times[robot].length > most;
  };

  const takers: Record<string, (url: URL, body: Posted) => object> = {
    '/cgi-bin/webhook/send': (url: URL, body: Posted) => {
      const no = (errcode: number, errmsg: string) => ({ errcode, errmsg });
      if (url.searchParams.get('key') !== 'key-of-wecom') return no(93000, 'invalid webhook url, hint: [1]');
      if (body.msgtype !== 'markdown') return no(40008, 'invalid message type');
      const text = body.markdown?.content;
      if (typeof text !== 'string' || text === '') return no(44004, 'empty content');
      if (Buffer.byteLength(text) > 4096) return no(40058, 'markdown.content exceed max length 4096');
      if (isTooFast('wecom', 20)) return no(45009, 'api freq out of limit, hint: [2]');
      taken.push({ robot: 'wecom', title: text.split('\n')[0] ?? '', text, body });
      return no(0, 'ok');
    },
    '/robot/send': (url: URL, body: Posted) => {
      const no = (errcode: number, errmsg: string) => ({ errcode, errmsg });
      if (url.searchParams.get('access_token') !== 'token-of-dingtalk')
        return no(300001, 'token is not exist');
      const timestamp = url.searchParams.get('timestamp') ?? '';
      const expected = createHmac('sha256', secrets.dingtalk)
        .update(`${timestamp}\n${secrets.dingtalk}`)
        .digest('base64');
      if (!/^\d{13}$/.test(timestamp) || Math.abs(now().getTime() - Number(timestamp)) > HOUR_MS)
        return no(310000, 'invalid timestamp');
      if (url.searchParams.get('sign') !== expected) return no(310000, 'sign not match');
      if (body.msgtype !== 'markdown') return no(400105, 'unsupported msgtype');
      if (!body.markdown?.title || !body.markdown?.text) return no(40035, 'missing parameter json');
      if (Buffer.byteLength(JSON.stringify(body)) > 20_000) return no(430104, 'content too long');
      if (isTooFast('dingtalk', 20)) return no(410100, 'send too fast, exceed 20 times per minute');
      taken.push({ robot: 'dingtalk', title: body.markdown.title, text: body.markdown.text, body });
      return no(0, 'ok');
    },
    '/open-apis/bot/v2/hook/hook-of-feishu': (_url: URL, body: Posted) => {
      const no = (code: number, msg: string) => ({ code, msg, data: {} });
      const { timestamp = '', sign } = body;
      const expected = createHmac('sha256', `${timestamp}\n${secrets.feishu}`).digest('base64');
      const isNow = Math.abs(now().getTime() - Number(timestamp) * 1000) <= HOUR_MS;
      if (!/^\d{10}$/.test(timestamp) || !isNow || sign !== expected)
        return no(19021, 'sign match fail or timestamp is not within one hour from current time');
      const text = body.card?.elements?.[0]?.content;
      if (body.msg_type !== 'interactive' || typeof text !== 'string') return no(9499, 'Bad Request');
      if (Buffer.byteLength(JSON.stringify(body)) > 20 * 1024) return no(9499, 'Bad Request');
      if (isTooFast('feishu', 100)) return no(11232, 'frequency limited psm[lark.oapi]appID[1500]');
      taken.push({ robot: 'feishu', title: body.card?.header?.title?.content ?? '', text, body });
      return { StatusCode: 0, StatusMessage: 'success', ...no(0, 'success') };
    },
  };

  const server = createServer((request, response) => {
    readAll(request).then((raw) => {
      state.requests += 1;
      const forced = answers.shift();
      if (forced === 'break') return void response.destroy();
      if (forced === 'hang') return undefined;
      const url = new URL(request.url ?? '/', 'http://peer');
      const take = takers[url.pathname];
      const isOurs =
        request.method === 'POST' && /^application\/json/.test(request.headers['content-type'] ?? '');
      const answer = forced ?? {
        body: take && isOurs ? take(url, JSON.parse(raw)) : { code: 19001, msg: 'param invalid' },
      };
      response.writeHead(answer.status ?? 200, { 'content-type': 'application/json' });
      response.end(typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body));
      return undefined;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    /** As the settings of the robots name it. */
    robots: {
      wecom: { url: `${origin}/cgi-bin/webhook/send?key=key-of-wecom` },
      dingtalk: { url: `${origin}/robot/send?access_token=token-of-dingtalk`, secret: secrets.dingtalk },
      feishu: { url: `${origin}/open-apis/bot/v2/hook/hook-of-feishu`, secret: secrets.feishu },
    },
    origin,
    taken,
    answers,
    state,
    /** Forgets what it took and how fast. */
    clear() {
      taken.length = 0;
      answers.length = 0;
      state.requests = 0;
      for (const robot of Object.keys(times) as (keyof typeof times)[]) times[robot] = [];
    },
    async stop(): Promise<void> {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function readAll(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
