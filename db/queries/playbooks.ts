import { and, asc, desc, eq, gt, lt, max, type SQL, sql } from 'drizzle-orm';
import type { Words } from '../../domain/playbooks/shape.js';
import type { Queryable } from '../connect.js';
import { playbooks } from '../schema/index.js';

export type PlaybookRow = typeof playbooks.$inferSelect;

/** The name that a playbook's changes have in the audit log, and as the target of their commands. */
export const playbookSubject = (type: string) => `playbook/${type}`;

/** Changes of one type come one after the other; call it in a transaction, first. A new type has no row to lock. */
export async function lockPlaybook(db: Queryable, type: string): Promise<void> {
  await db.execute(sql`select pg_advisory_xact_lock(hashtext('playbook'), hashtext(${type}))`);
}

/** One revision of a type: the published one, the draft, or by its number; undefined where there is none. */
export async function findRevision(
  db: Queryable,
  type: string,
  which: 'published' | 'draft' | number,
): Promise<PlaybookRow | undefined> {
  const condition = typeof which === 'number' ? eq(playbooks.revision, which) : eq(playbooks.state, which);
  const [row] = await db
    .select()
    .from(playbooks)
    .where(and(eq(playbooks.type, type), condition));
  return row;
}

/** The highest revision of a type that was in force once; undefined where none was. */
export async function findLastPublished(db: Queryable, type: string): Promise<PlaybookRow | undefined> {
  const [row] = await db
    .select()
    .from(playbooks)
    .where(and(eq(playbooks.type, type), sql`${playbooks.publishedAt} is not null`))
    .orderBy(desc(playbooks.revision))
    .limit(1);
  return row;
}

/** The highest revision of a type, whatever its state; 0 for a type that is not on record. */
export async function findNewestRevision(db: Queryable, type: string): Promise<number> {
  const [row] = await db
    .select({ newest: max(playbooks.revision) })
    .from(playbooks)
    .where(eq(playbooks.type, type));
  return row?.newest ?? 0;
}

/** A page of the types by name: what each is called, which revision is in force, and which is a draft. */
export function selectPlaybookTypes(db: Queryable, limit: number, after?: string) {
  const inState = (state: PlaybookRow['state']): SQL<number | null> =>
    sql<number | null>`max(${playbooks.revision}) filter (where ${playbooks.state} = ${state})`;
  return db
    .select({
      type: playbooks.type,
      // Of the one in force, else of the newest.
      name: sql<Words>`(array_agg(${playbooks.playbook} -> 'name'
        order by ${playbooks.state} = 'published' desc, ${playbooks.revision} desc))[1]`,
      published: inState('published'),
      draft: inState('draft'),
    })
    .from(playbooks)
    .where(after === undefined ? undefined : gt(playbooks.type, after))
    .groupBy(playbooks.type)
    .orderBy(asc(playbooks.type))
    .limit(limit);
}

/** A page of the revisions of a type, the newest first. */
export function selectRevisions(db: Queryable, type: string, limit: number, before?: number) {
  return db
    .select()
    .from(playbooks)
    .where(and(eq(playbooks.type, type), before === undefined ? undefined : lt(playbooks.revision, before)))
    .orderBy(desc(playbooks.revision))
    .limit(limit);
}

/** Where every revision came from, of one type or of all; without the playbooks themselves. */
export function selectOrigins(db: Queryable, type?: string) {
  return db
    .select({
      type: playbooks.type,
      revision: playbooks.revision,
      state: playbooks.state,
      builtIn: playbooks.builtIn,
      draftedBy: playbooks.draftedBy,
    })
    .from(playbooks)
    .where(type === undefined ? undefined : eq(playbooks.type, type));
}

export async function insertRevision(
  db: Queryable,
  row: typeof playbooks.$inferInsert,
): Promise<PlaybookRow> {
  const [inserted] = await db.insert(playbooks).values(row).returning();
  if (!inserted) throw new Error(`revision ${row.revision} of ${row.type} was not stored`);
  return inserted;
}

/** Changes the revision of a type; gives it as it then is. */
export async function updateRevision(
  db: Queryable,
  { type, revision }: Pick<PlaybookRow, 'type' | 'revision'>,
  change: Partial<PlaybookRow>,
): Promise<PlaybookRow> {
  const [updated] = await db
    .update(playbooks)
    .set(change)
    .where(and(eq(playbooks.type, type), eq(playbooks.revision, revision)))
    .returning();
  if (!updated) throw new Error(`revision ${revision} of ${type} is gone`);
  return updated;
}
