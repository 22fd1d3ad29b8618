import { readFileSync } from 'node:fs';
import { expect, inject, it } from 'vitest';

/** The project's own files in the bundle, by their paths. */
function filesOf(code: string): string[] {
  const named = code.matchAll(/^\/\*\*\*\/ "\.\/([^"]+)"/gm);
  return [...named].map(([, path]) => String(path)).filter((path) => !path.includes('node_modules/'));
}

it('the bundle of workflows holds workflows, contracts, shapes and the playbooks’ interpreter: no calendar, no ladder, nothing that a changed rule would break', () => {
  const files = filesOf(readFileSync(inject('services').workflowBundle, 'utf8'));
  expect(files).toEqual(expect.arrayContaining(['workflows/urgent-order.ts', 'contracts/messages.ts']));
  const fine =
    /^(workflows|contracts)\/|^domain\/(.*\/)?shape\.ts$|^domain\/playbooks\/interpret(\/[a-z-]+)?\.ts$/;
  const strange = files.filter((file) => !fine.test(file));
  expect(strange).toEqual([]);
});
