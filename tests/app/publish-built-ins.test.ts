import { and, asc, eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { discardDraft } from '../../app/playbooks/discard-draft.js';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import { publishDraft } from '../../app/playbooks/publish-draft.js';
import { putDraft } from '../../app/playbooks/put-draft.js';
import type { PersonPrincipal } from '../../app/principal.js';
import { connectDatabase, type Database } from '../../db/connect.js';
import { audit, people, playbooks } from '../../db/schema/index.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { type PlaybookSource, playbookSchema } from '../../domain/playbooks/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { samplePlaybook } from '../domain/playbooks/sample-playbook.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

const at = '2026-11-24T01:30:00.000Z';
const later = '2026-12-01T01:30:00.000Z';
const { type } = samplePlaybook;

let database: TestDatabase;
let db: Database;
/** As the owner of the tables, who alone may empty the audit log. */
let owner: Database;
beforeAll(async () => {
  database = await createTestDatabase();
  owner = connectDatabase(database.url, 1);
  db = connectDatabase(database.appUrl, 8);
  // One who holds every role, so that whatever is published may be.
  await db.insert(people).values({
    id: 'everybody',
    name: '多面手',
    email: 'everybody@example.com',
    department: 'management',
    roles: [...ROLES],
  });
});
beforeEach(async () => {
  await owner.$client.query('truncate playbooks, audit, commands');
});
afterAll(async () => {
  await Promise.all([db, owner].map((one) => one.$client.end()));
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
const ctx = () => ({ db, now: () => new Date(at) });

/** The sample as another release has it. */
const release = (en: string): PlaybookSource => ({
  ...samplePlaybook,
  name: { ...samplePlaybook.name, en },
});
const start = (source: PlaybookSource, when = at) => publishBuiltIns(db, when, [source]);
const draft = (baseRevision: number, source = release('ours')) =>
  putDraft(ctx(), {
    principal: person('orderManager'),
    type,
    body: { baseRevision, playbook: playbookSchema.parse(source) },
  });
const publish = (revision: number) =>
  publishDraft(ctx(), { principal: person('generalManager'), type, body: { revision } });
const discard = () => discardDraft(ctx(), { principal: person('orderManager'), type });

/** `1 published redmark "Supplier late"`, each revision of the type. */
const revisions = async () => {
  const rows = await db
    .select()
    .from(playbooks)
    .where(eq(playbooks.type, type))
    .orderBy(asc(playbooks.revision));
  return rows.map((row) => `${row.revision} ${row.state} ${row.draftedBy}: ${row.playbook.name.en}`);
};
const audited = (action: string) =>
  db
    .select()
    .from(audit)
    .where(and(eq(audit.subject, `playbook/${type}`), eq(audit.action, action)));

describe('the playbooks that come with the product (P13.5, P15.6)', () => {
  it('are in force after the first start, each as revision 1, whole, and on the record', async () => {
    await publishBuiltIns(db, at);
    const rows = await db.select().from(playbooks);
    expect(rows.map((row) => row.type).sort()).toEqual(BUILT_IN_PLAYBOOKS.map((one) => one.type).sort());
    for (const row of rows) {
      expect(row).toMatchObject({
        revision: 1,
        state: 'published',
        draftedBy: 'redmark',
        publishedBy: 'redmark',
        publishedAt: at,
        builtIn: expect.stringMatching(/^[0-9a-f]{64}$/),
      });
      const source = BUILT_IN_PLAYBOOKS.find((one) => one.type === row.type);
      expect(row.playbook).toEqual(playbookSchema.parse(source));
    }
    const [entry] = await db.select().from(audit).where(eq(audit.subject, 'playbook/epidemic'));
    expect(entry).toMatchObject({ actor: 'redmark', action: 'publishPlaybook', detail: { revision: 1 } });
  });

  it('come once, however many workers start at once and however often', async () => {
    const others = Array.from({ length: 3 }, () => connectDatabase(database.appUrl, 2));
    try {
      await Promise.all([db, ...others].map((one) => publishBuiltIns(one, at, [samplePlaybook])));
    } finally {
      await Promise.all(others.map((one) => one.$client.end()));
    }
    await start(samplePlaybook, later);
    expect(await revisions()).toEqual(['1 published redmark: Supplier late']);
    expect(await audited('publishPlaybook')).toHaveLength(1);
  });

  it('arrive as a draft where a release changed them, once, and what is in force stays', async () => {
    await start(samplePlaybook);
    const others = Array.from({ length: 3 }, () => connectDatabase(database.appUrl, 2));
    try {
      await Promise.all([db, ...others].map((one) => publishBuiltIns(one, later, [release('two')])));
    } finally {
      await Promise.all(others.map((one) => one.$client.end()));
    }
    const arrived = ['1 published redmark: Supplier late', '2 draft redmark: two'];
    expect(await revisions()).toEqual(arrived);
    // A worker of the release before starts while the new one is rolled out.
    await start(samplePlaybook, later);
    await start(release('two'), later);
    expect(await revisions()).toEqual(arrived);
  });

  it('wait while a person’s draft is open, and come at the first start after it is gone', async () => {
    await start(samplePlaybook);
    await draft(1);
    await start(release('two'));
    const theirs = '2 draft the.orderManager: ours';
    expect(await revisions()).toEqual(['1 published redmark: Supplier late', theirs]);
    await publish(2);
    await start(release('two'));
    expect(await revisions()).toEqual([
      '1 retired redmark: Supplier late',
      '2 published the.orderManager: ours',
      '3 draft redmark: two',
    ]);
  });

  it('take the place of an older one’s draft that nobody touched; one that a person saved stays', async () => {
    await start(samplePlaybook);
    await start(release('two'));
    await start(release('three'));
    expect(await revisions()).toEqual([
      '1 published redmark: Supplier late',
      '2 retired redmark: two',
      '3 draft redmark: three',
    ]);
    await draft(3, release('three and ours'));
    await start(release('four'));
    expect((await revisions()).at(-1)).toBe('4 draft the.orderManager: three and ours');
    // What the person made of it came from the built-in, which does not come again.
    await publish(4);
    await start(release('three'));
    expect((await revisions()).at(-1)).toBe('4 published the.orderManager: three and ours');
  });

  it('do not come again once their draft was discarded', async () => {
    await start(samplePlaybook);
    await start(release('two'));
    await discard();
    await start(release('two'));
    expect(await revisions()).toEqual(['1 published redmark: Supplier late', '2 retired redmark: two']);
  });

  it('come as a draft beside a type of that name which the company made itself', async () => {
    await draft(0);
    await publish(1);
    await start(samplePlaybook);
    expect(await revisions()).toEqual([
      '1 published the.orderManager: ours',
      '2 draft redmark: Supplier late',
    ]);
  });

  it('may be published by a person, for nobody of ours drafted them', async () => {
    await start(samplePlaybook);
    await start(release('two'));
    const view = await publish(2);
    expect(view).toMatchObject({ revision: 2, state: 'published', builtIn: true });
  });
});
