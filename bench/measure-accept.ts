/** Where a request goes and what it carries; a fresh body each time. */
export interface AcceptSide {
  url: string;
  headers: Record<string, string>;
  body: () => unknown;
}

export interface AcceptLatencies {
  oursMs: number[];
  bareMs: number[];
}

/** Leaves what the last request set going, a workflow's first step and its mails, time to end. */
const gapMs = 120;
const inTurn = 10;
/** Until a fresh process has compiled its way through a request; both sides get as many. */
const warmUpTurns = 3;

/** Latency of one request after the other, ten to one side, ten to the other, after a warm-up of both. */
export async function measureAccept(
  sides: { ours: AcceptSide; bare: AcceptSide },
  requests: number,
): Promise<AcceptLatencies> {
  const result: AcceptLatencies = { oursMs: [], bareMs: [] };
  for (let turn = 0; turn < warmUpTurns + requests / inTurn; turn += 1) {
    for (const side of ['ours', 'bare'] as const) {
      for (let request = 0; request < inTurn; request += 1) {
        const latencyMs = await post(sides[side]);
        if (turn >= warmUpTurns) result[`${side}Ms`].push(latencyMs);
        await new Promise((resolve) => setTimeout(resolve, gapMs));
      }
    }
  }
  return result;
}

async function post({ url, headers, body }: AcceptSide): Promise<number> {
  const text = JSON.stringify(body());
  const since = performance.now();
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: text,
  });
  const answer = await response.text();
  const latencyMs = performance.now() - since;
  if (response.status !== 201) throw new Error(`${url} answered ${response.status}: ${answer.slice(0, 300)}`);
  return latencyMs;
}
