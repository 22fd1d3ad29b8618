import type { ProbeKind } from './probe.js';

/** An answer below 500 is an answer: one that asks for a credential is there as well. Redirects are not followed. */
export const probeHttp: ProbeKind = async (url, signal) => {
  const answer = await fetch(url, {
    signal,
    redirect: 'manual',
    headers: { 'user-agent': 'redmark-probe', accept: '*/*', 'cache-control': 'no-cache' },
  });
  await answer.body?.cancel();
  if (answer.status >= 500) throw new Error(`status ${answer.status}`);
};
