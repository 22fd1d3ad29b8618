import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson, sha256 } from '../../app/canonical-json.js';
import { readMachine } from '../../app/config.js';
import { reportIncident } from '../../app/incidents/report-incident.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { incidents } from '../../db/schema/index.js';
import { type ApiRig, NOW, startApiRig } from '../api/api-rig.js';

const project = fileURLToPath(new URL('../..', import.meta.url));
let rig: ApiRig;
const sealed: string[] = [];
beforeAll(async () => {
  rig = await startApiRig();
  await publishBuiltIns(rig.ctx.db, NOW);
  const principal = {
    kind: 'system',
    id: 'monitor/test',
    credentialId: 'monitor/test',
    credential: 'workflow',
  } as const;
  for (const summary of ['网络中断', '网络再次中断']) {
    const body = { type: 'network-outage', summary };
    const { number } = await reportIncident(rig.ctx, { principal, body });
    const archive = canonicalJson({ form: 'redmark.incident/1', incident: { number, summary } });
    await set(number, { phase: 'archived', endedAt: NOW, archive, archiveHash: sha256(archive) });
    sealed.push(number);
  }
});
afterAll(() => rig?.stop());

const set = (number: string, change: Partial<typeof incidents.$inferInsert>) =>
  rig.ctx.db.update(incidents).set(change).where(eq(incidents.number, number));

/** The command as a person calls it, in a process of its own. */
async function verify(): Promise<{ code: number; stdout: string }> {
  const { env } = readMachine();
  const { options } = rig.ctx.db.$client;
  const args = ['--import', 'tsx', 'cli/verify.ts'];
  const called = promisify(execFile)(process.execPath, args, {
    cwd: project,
    env: { ...env, DATABASE_URL: String(options.connectionString) },
  });
  return called.then(
    ({ stdout }) => ({ code: 0, stdout }),
    ({ code, stdout }) => ({ code, stdout }),
  );
}

describe('npm run verify', () => {
  it('finds sound archives sound', async () => {
    expect(await verify()).toEqual({
      code: 0,
      stdout: expect.stringContaining('2 archives checked, 0 wrong'),
    });
  });

  it('names the incident whose archive was changed, and fails', async () => {
    const [sound = '', changed = ''] = sealed;
    const archive = canonicalJson({
      form: 'redmark.incident/1',
      incident: { number: changed, summary: '无事' },
    });
    await set(changed, { archive });
    const { code, stdout } = await verify();
    expect(code).toBe(1);
    expect(stdout).toContain(`${changed}: 归档内容与哈希不符`);
    expect(stdout).not.toContain(sound);
  });
});
