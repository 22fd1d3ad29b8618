import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../app/errors.js';
import { getPolicy } from '../../app/get-policy.js';
import { ensurePolicy, loadRules } from '../../app/load-rules.js';
import type { PersonPrincipal, Principal } from '../../app/principal.js';
import { putPolicy } from '../../app/put-policy.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { audit, calendarDays, policies } from '../../db/schema/index.js';
import { LEVEL_CLASSES } from '../../domain/deadlines/shape.js';
import { defaultPolicy } from '../../domain/policy/defaults.js';
import type { Policy } from '../../domain/policy/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const at = '2026-11-24T01:30:00.000Z';
let database: TestDatabase;
let db: Database;

beforeAll(async () => {
  database = await createTestDatabase();
  db = connectDatabase(database.url, 4);
});

afterAll(async () => {
  await db.$client.end();
  await database.drop();
});

const person = (role: Role): PersonPrincipal => ({
  kind: 'person',
  id: `the.${role}`,
  name: role,
  roles: [role],
  department: 'management',
  credentialId: `dev-${role}`,
  credential: 'token',
});

const put = (input: unknown, by: Principal = person('orderManager')) =>
  putPolicy({ db, now: () => new Date(at) }, by, input);

const errorOf = (promise: Promise<unknown>) =>
  promise.then(
    () => Promise.reject(new Error('was accepted')),
    (error: unknown) => (error instanceof AppError ? error : Promise.reject(error)),
  );

/** The default policy as JSON with one part changed: `path` with dots. */
function policyWith(path: string, value: unknown): unknown {
  const policy = JSON.parse(JSON.stringify(defaultPolicy)) as Record<string, unknown>;
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce((part, key) => part[key] as Record<string, unknown>, policy);
  if (value === undefined) delete parent[last];
  else parent[last] = value;
  return policy;
}

describe('the policy', () => {
  it('is there from the start as revision 1, once', async () => {
    await expect(loadRules(db)).rejects.toThrow('there is no policy');
    await ensurePolicy(db, at);
    await ensurePolicy(db, at, { ...defaultPolicy, contactAttempts: 9 });
    expect(await getPolicy({ db })).toEqual({ revision: 1, policy: defaultPolicy });
  });

  it('put in force is the next revision, on the record, and the old one is kept', async () => {
    const changed = policyWith('deadlines.urgent.evaluation', { elapsed: 'PT20S' });
    expect(await put({ revision: 1, policy: changed })).toEqual({ revision: 2, policy: changed });
    expect(await getPolicy({ db })).toEqual({ revision: 2, policy: changed });
    const [entry] = await db.select().from(audit).where(eq(audit.key, 'policy/2'));
    expect(entry).toMatchObject({
      subject: 'policy',
      actor: 'the.orderManager',
      credential: 'token',
      action: 'publishPolicy',
      detail: { revision: 2, changed: ['deadlines'] },
    });
    expect((await loadRules(db, { revision: 1 })).policy).toEqual(defaultPolicy);
    expect((await loadRules(db)).revision).toBe(2);
  });

  it('made from an older revision is refused', async () => {
    const error = await errorOf(put({ revision: 1, policy: defaultPolicy }));
    expect([error.code, error.status]).toEqual(['stale-revision', 409]);
    expect((await errorOf(put({ revision: 99, policy: defaultPolicy }))).code).toBe('stale-revision');
    expect((await getPolicy({ db })).revision).toBe(2);
  });

  it('sent twice at once is put in force once', async () => {
    const results = await Promise.allSettled(
      Array.from({ length: 4 }, () => put({ revision: 2, policy: defaultPolicy })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const result of results) {
      if (result.status === 'rejected') expect(result.reason).toMatchObject({ code: 'stale-revision' });
    }
    expect(await db.select().from(policies)).toHaveLength(3);
  });

  it('is changed by the order manager alone', async () => {
    const client: Principal = { kind: 'client', id: 'shop', credentialId: 'dev-client', credential: 'key' };
    const others = [...ROLES.filter((role) => role !== 'orderManager').map(person), client];
    for (const by of others) {
      expect((await errorOf(put({ revision: 3, policy: defaultPolicy }, by))).code).toBe('forbidden');
    }
  });

  it.each([
    ['deadlines.urgent.evaluation', {}, 'must have exactly one of elapsed'],
    [
      'deadlines.urgent.evaluation.elapsed',
      'PT1S',
      'must have exactly one of',
      'deadlines.urgent.evaluation',
    ],
    ['deadlines.urgent.evaluaton', { elapsed: 'PT1S' }, 'is no deadline; there are'],
    ['deadlines.critical', undefined, 'is missing'],
    ['matrix.price', undefined, 'is missing'],
    ['matrix.price', [], 'a point needs a department'],
    ['matrix.price', ['sales', 'sales'], 'names a department twice', 'matrix.price.1'],
    ['matrix.colour', ['sales'], 'is not a field here'],
    ['ladder.urgent.rungs', [], 'must be a list of at least 1 entries'],
    ['ladder.urgent.rungs', ['vp', 'departmentHead'], 'must stand above vp', 'ladder.urgent.rungs.1'],
    ['ladder.urgent.rungs', ['vp', 'vp'], 'must stand above vp', 'ladder.urgent.rungs.1'],
    ['ladder.urgent.step', { workingDays: 0 }, 'at least one working day', 'ladder.urgent.step.workingDays'],
    ['signOff.roles', ['nobody'], 'must be one of', 'signOff.roles.0'],
    ['signOff.roles', ['vp', 'vp'], 'names a role twice', 'signOff.roles.1'],
    ['progressRoles.pack', [], 'must be a list of at least 1 entries'],
    ['workingTime.zone', 'Asia/Atlantis', 'must be the IANA name of a time zone'],
    ['contactAttempts', 0, 'must be at least 1'],
    ['assessment.currency', 'XXQ', 'is no currency'],
    ['assessment.rates.XXQ', 2, 'is no currency'],
    ['assessment.rates.usd', 2, 'must be an ISO 4217 code'],
    ['assessment.rates.USD', 0, 'must be above 0'],
    ['assessment.rates.CNY', 1, "the company's own currency"],
    ['assessment.largeAmountMinorByTier.key', 1.5, 'must be a whole number'],
    ['assessment.largeAmountMinorByTier.key', undefined, 'is missing'],
    ['assessment.leadTime.quantityFactors.1.upTo', 1, 'must be above 1'],
    [
      'assessment.leadTime.quantityFactors.1.factor',
      2,
      'must be at least 2',
      'assessment.leadTime.quantityFactors.2.factor',
    ],
    ['assessment.leadTime.grades.0.grade', 7, 'must be one of 1, 2, 3'],
    ['assessment.leadTime.grades.1.grade', 3, 'must be below 3'],
    ['assessment.leadTime.grades.1.ratioAtMost', [1, 4], 'must be above 1/3'],
    ['assessment.leadTime.grades.1.ratioAtMost', [3, 2], 'must be at most 1'],
    ['assessment.leadTime.grades.1.ratioAtMost', undefined, 'only the last grade has no limit'],
    [
      'assessment.score.urgencyByGrade',
      [10, 50, 40, 95],
      'must be at least 50',
      'assessment.score.urgencyByGrade.2',
    ],
    ['deadlines.level2.evaluation', { elapsed: 'PT1H' }, 'is no deadline; there are acknowledge'],
    ['ladder.level3.rungs', ['vp', 'emergencyManager'], 'must stand above vp', 'ladder.level3.rungs.1'],
    ['risk.byGrade', [0, 5, 4, 8], 'must not fall'],
    ['risk.overdue.first', 101, 'must be at most 100'],
    ['surprise', 1, 'is not a field here'],
  ])('with a bad %s (%j) is refused with the path: %s', async (path, value, says, named = path) => {
    const error = await errorOf(put({ revision: 3, policy: policyWith(path, value) }));
    expect(error.code).toBe('invalid-input');
    const fault = error.errors.find(({ field }) => field === `policy.${named}`);
    expect(fault?.message, JSON.stringify(error.errors)).toContain(says);
    expect((await getPolicy({ db })).revision).toBe(3);
  });

  it.each([
    null,
    'text',
    {},
    { revision: 0, policy: defaultPolicy },
    { revision: 3 },
    { policy: defaultPolicy },
  ])('is not %j', async (input) => {
    expect((await errorOf(put(input))).code).toBe('invalid-input');
  });
});

describe('a revision stored before there were incidents', () => {
  it('is read with the defaults of their levels; sent back as it was read, it changes nothing', async () => {
    const { risk: _risk, ...stored } = policyWith('deadlines.level1', undefined) as Policy;
    for (const part of [stored.deadlines, stored.ladder] as Partial<Policy['ladder' | 'deadlines']>[]) {
      for (const level of LEVEL_CLASSES) delete part[level];
    }
    const revision = (await getPolicy({ db })).revision + 1;
    await db.insert(policies).values({ revision, policy: stored, by: 'the.orderManager', at });
    const read = await getPolicy({ db });
    expect(read).toEqual({ revision, policy: defaultPolicy });
    expect((await loadRules(db, { revision })).policy).toEqual(defaultPolicy);
    expect(await put(read)).toEqual({ revision: revision + 1, policy: defaultPolicy });
    const [entry] = await db
      .select()
      .from(audit)
      .where(eq(audit.key, `policy/${revision + 1}`));
    expect(entry?.detail).toEqual({ revision: revision + 1, changed: [] });
    // The stored revision itself stays as it was published.
    const [kept] = await db.select().from(policies).where(eq(policies.revision, revision));
    expect(kept?.policy).toEqual(stored);
  });
});

describe('the rules in force', () => {
  it('are the same object while nothing changes, also within a transaction', async () => {
    const rules = await loadRules(db);
    expect(await loadRules(db)).toBe(rules);
    expect(await db.transaction((tx) => loadRules(tx, { revision: rules.revision }))).toBe(rules);
  });

  it('follow the company own days at once', async () => {
    // A Saturday.
    const saturday = '2026-11-28';
    const before = await loadRules(db);
    expect(before.calendar.isWorkingDay(saturday)).toBe(false);
    await db.insert(calendarDays).values({ date: saturday, working: true });
    const after = await loadRules(db);
    expect(after.calendar.isWorkingDay(saturday)).toBe(true);
    expect(after.calendar.day(saturday).kind).toBe('override');
    await db.update(calendarDays).set({ working: false }).where(eq(calendarDays.date, saturday));
    expect((await loadRules(db)).calendar.isWorkingDay(saturday)).toBe(false);
  });

  it('of a revision that is not there are an error that names it', async () => {
    await expect(loadRules(db, { revision: 77 })).rejects.toThrow('there is no policy 77');
  });
});
