import type { PlaybookRevisionView, PlaybookView } from '../../contracts/http-playbooks.js';
import type { Queryable } from '../../db/connect.js';
import { findNames } from '../../db/queries/people.js';
import type { PlaybookRow } from '../../db/queries/playbooks.js';
import { type Playbook, playbookSchema } from '../../domain/playbooks/shape.js';

/** Revisions of one type as they are shown, in the order given. */
export async function viewRevisions(
  db: Queryable,
  rows: readonly PlaybookRow[],
): Promise<PlaybookRevisionView[]> {
  const names = await findNames(db, [
    ...rows.flatMap(({ draftedBy, publishedBy, retiredBy }) =>
      [draftedBy, publishedBy, retiredBy].filter((id) => id !== null),
    ),
  ]);
  const named = (id: string) => ({ id, name: names.get(id) ?? id });
  return rows.map(({ state, playbook, builtIn, draftedBy, publishedBy, retiredBy, ...row }) => {
    return {
      ...row,
      name: playbook.name,
      state: state === 'retired' && row.publishedAt === null ? 'discarded' : state,
      builtIn: builtIn !== null,
      draftedBy: named(draftedBy),
      publishedBy: publishedBy === null ? null : named(publishedBy),
      retiredBy: retiredBy === null ? null : named(retiredBy),
    };
  });
}

/** A revision with its content. */
export async function viewPlaybook(db: Queryable, row: PlaybookRow): Promise<PlaybookView> {
  const [view] = await viewRevisions(db, [row]);
  if (!view) throw new Error('one revision was to be shown and none is there');
  return { ...view, playbook: readPlaybook(row) };
}

/** The playbook of a revision; what the shape has gained since it was stored has its default. */
export function readPlaybook({ playbook }: Pick<PlaybookRow, 'playbook'>): Playbook {
  return playbookSchema.parse(playbook);
}
