import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Say } from './sentence.js';
import type { Tokens } from './token-roles.js';

/** Loads the machine maker of the demonstration, its people with their tokens; what is there already stays. */
export async function loadDemoData(databaseUrl: string, tokens: Tokens, say: Say): Promise<void> {
  const loader = new URL('./demo/load-demo.js', import.meta.url);
  if (!existsSync(fileURLToPath(loader))) return;
  say('Loading the demonstration data');
  const { loadDemo } = await import(loader.href);
  await loadDemo({ databaseUrl, tokens });
}
