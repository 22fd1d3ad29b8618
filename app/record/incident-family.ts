import { and, eq, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import type { Queryable } from '../../db/connect.js';
import { incidents } from '../../db/schema/index.js';
import type { IncidentFacts } from '../../domain/incident/shape.js';
import type { Playbook } from '../../domain/playbooks/shape.js';
import { addCommand } from './add-command.js';
import type { Refused } from './authorise-step.js';
import type { IncidentContext } from './incident-context.js';

const OPEN = ['reported', 'responding', 'mitigated'] as const;

/**
 * The incident that this one is a part of: the one that the report names, or an open one of a type that the playbook
 * names which shares the fact (one storm, forty late deliveries). One that is itself a part is nobody's parent.
 */
export async function linkParent(context: IncidentContext): Promise<void> {
  const { db, incident, playbook, set, learnt } = context;
  const parent = incident.parent ?? (await findParent(db, incident, playbook.childOf ?? []));
  if (!parent) return;
  if (incident.parent === null) set.parent = parent;
  learnt.parent = parent;
}

async function findParent(
  db: Queryable,
  { number, facts }: { number: string; facts: IncidentFacts },
  childOf: NonNullable<Playbook['childOf']>,
): Promise<string | undefined> {
  const shared = childOf.flatMap(({ types, shares }) => {
    const fact = facts[shares];
    return fact === undefined ? [] : [and(inArray(incidents.type, types), sharesFact(shares, fact))];
  });
  if (shared.length === 0) return undefined;
  const [row] = await db
    .select({ number: incidents.number })
    .from(incidents)
    .where(
      and(
        inArray(incidents.phase, [...OPEN]),
        isNull(incidents.parent),
        ne(incidents.number, number),
        eq(incidents.drill, false),
        or(...shared),
      ),
    )
    .orderBy(incidents.createdAt)
    .limit(1);
  return row?.number;
}

/** 江苏省 and 江苏 are one place. */
function sharesFact(fact: string, value: string): SQL {
  const plain = (name: SQL) => sql`lower(regexp_replace(${name}, '(省|市|区|县)$', ''))`;
  return sql`${plain(sql`${incidents.facts} ->> ${fact}`)} = ${plain(sql`${value}::text`)}`;
}

/**
 * How the parent stands, for a child that is resolved: reviewed, and the child with it; or over without a review, and
 * the child looks back by itself. While it goes on, the child waits for its word.
 */
export async function askParent({ db, incident, set, learnt }: IncidentContext): Promise<void> {
  const number = set.parent ?? incident.parent;
  if (!number) return;
  const [parent] = await db
    .select({ rootCause: incidents.rootCause, endedAt: incidents.endedAt })
    .from(incidents)
    .where(eq(incidents.number, number));
  if (parent?.rootCause) learnt.parentReviewed = true;
  else if (!parent || parent.endedAt) learnt.parent = null;
}

/** The parent's word to its children that are not over: it is reviewed, or there will be no review. */
export async function tellChildren(
  context: IncidentContext,
  { reviewed }: Extract<IncidentChange, { do: 'tellChildren' }>,
): Promise<void> {
  const { db, incident } = context;
  const children = await db
    .select({ number: incidents.number })
    .from(incidents)
    .where(and(eq(incidents.parent, incident.number), isNull(incidents.endedAt)));
  for (const { number } of children) {
    addCommand(context, {
      kind: 'signal',
      target: `incident/${number}`,
      name: 'parentReviewed',
      part: `parentReviewed/${number}`,
      payload: { reviewed },
    });
  }
}

/** The cause that the parent's review found is the child's as well (P12.3). */
export async function recordParentCause({ db, incident, set }: IncidentContext): Promise<void> {
  const number = set.parent ?? incident.parent;
  const [parent] = await db
    .select({ rootCause: incidents.rootCause })
    .from(incidents)
    .where(eq(incidents.number, number ?? ''));
  if (!parent?.rootCause) throw new Error(`${incident.number} has no parent with a cause on record`);
  const { category, words } = parent.rootCause;
  set.rootCause = { category, words: [number, words].filter(Boolean).join(' · ') };
}

/** Only its parent says this to a child, by a command on record. */
export function refuseStranger({ incident, command, step }: IncidentContext): Refused | undefined {
  const isParents =
    command !== null &&
    step.actor?.credential === 'workflow' &&
    step.actor.principal === `incident/${incident.parent}`;
  return isParents
    ? undefined
    : { code: 'forbidden', detail: 'only the parent incident says this to a child' };
}
