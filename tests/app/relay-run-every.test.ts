import { expect, it } from 'vitest';
import { runEvery } from '../../app/run-every.js';
import { waitUntil } from '../support/wait-until.js';

it('goes on through failures, and tells the first of a row and the end of it', async () => {
  const said: string[] = [];
  let turns = 0;
  const repetition = runEvery(
    1,
    async () => {
      turns += 1;
      if (turns <= 3 || turns === 5) throw new Error(`turn ${turns}`);
    },
    {
      failed: (error) => said.push((error as Error).message),
      recovered: () => said.push(`well at ${turns}`),
    },
  );
  await repetition.first;
  expect(said).toEqual(['turn 1']);
  await waitUntil(() => turns >= 6);
  await repetition.stop();
  expect(said).toEqual(['turn 1', 'well at 4', 'turn 5', 'well at 6']);
});

it('never works twice at once, and is at rest when stop has resolved', async () => {
  let working = 0;
  let most = 0;
  let turns = 0;
  const repetition = runEvery(
    0,
    async () => {
      working += 1;
      most = Math.max(most, working);
      await new Promise((resolve) => setTimeout(resolve, 5));
      working -= 1;
      turns += 1;
    },
    { failed: () => undefined },
  );
  await waitUntil(() => turns >= 3);
  await repetition.stop();
  expect({ working, most }).toEqual({ working: 0, most: 1 });
});

it('stops at once while it waits for its next turn', async () => {
  const repetition = runEvery(60_000, async () => undefined, { failed: () => undefined });
  await repetition.first;
  const began = Date.now();
  await repetition.stop();
  expect(Date.now() - began).toBeLessThan(1_000);
});
