import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAuthenticate } from '../../app/authenticate.js';
import { type ApiRig, NOW, startApiRig } from './api-rig.js';

let rig: ApiRig;
beforeAll(async () => {
  rig = await startApiRig();
});
afterAll(() => rig?.stop());

/** A second look, as another process has it: nothing kept. */
const look = (options: { developmentTokens?: boolean; now?: () => Date } = {}) =>
  createAuthenticate({ db: rig.ctx.db, developmentTokens: true, now: () => new Date(NOW), ...options });

async function change(statement: string): Promise<void> {
  const { rowCount } = await rig.ctx.db.$client.query(statement);
  expect(rowCount).toBe(1);
}

describe('a credential', () => {
  it('of a person speaks for its one role', async () => {
    await expect(look()('Bearer test-quality')).resolves.toMatchObject({
      kind: 'person',
      roles: ['quality'],
      credential: 'token',
    });
  });

  it('of a client is nobody’s person', async () => {
    await expect(look()('bearer test-client')).resolves.toEqual({
      kind: 'client',
      id: 'demo-shop',
      scopes: [],
      credentialId: 'dev-client',
      credential: 'key',
    });
  });

  it('of a person does not count outside the embedded default; a client’s key does', async () => {
    const authenticate = look({ developmentTokens: false });
    await expect(authenticate('Bearer test-vp')).rejects.toMatchObject({ code: 'unauthenticated' });
    await expect(authenticate('Bearer test-client')).resolves.toMatchObject({ kind: 'client' });
  });

  it('that is revoked is refused within ten seconds', async () => {
    let at = Date.parse(NOW);
    const authenticate = look({ now: () => new Date(at) });
    await authenticate('Bearer test-hr');
    await change("update credentials set revoked_at = now() where id = 'dev-hr'");
    at += 10_000;
    await expect(authenticate('Bearer test-hr')).rejects.toMatchObject({ code: 'unauthenticated' });
  });

  it('whose person has left, or lost the role, is worth nothing', async () => {
    await change(
      "update people set active = false where id = (select person_id from credentials where id = 'dev-data')",
    );
    await expect(look()('Bearer test-data')).rejects.toMatchObject({ code: 'unauthenticated' });
    await change(
      "update people set roles = '{}' where id = (select person_id from credentials where id = 'dev-finance')",
    );
    await expect(look()('Bearer test-finance')).resolves.toMatchObject({ roles: [] });
    const answer = await rig.send({ url: '/v1/people', as: 'finance' });
    expect(answer.statusCode).toBe(403);
  });

  it.each([
    undefined,
    '',
    'Bearer',
    'Bearer  ',
    'Basic test-vp',
    'test-vp',
    `Bearer ${'x'.repeat(600)}`,
    'Bearer a b',
  ])('is missing in the header %j', async (header) => {
    await expect(look()(header)).rejects.toMatchObject({ code: 'unauthenticated' });
  });
});
