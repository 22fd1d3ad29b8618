import { z } from 'zod';
import type { PersonView } from '../contracts/http-company.js';
import type { Queryable } from '../db/connect.js';
import { type PeopleFilter, selectPeople } from '../db/queries/people.js';
import { type Page, type PageRequest, readCursor, textKey, toPage } from './cursor.js';

const keySchema = z.tuple([textKey]);

export type ListPeopleRequest = PageRequest & PeopleFilter;

/** Our people by id, each with roles, skills and load: whom a task can go to (P09.2). */
export async function listPeople(
  db: Queryable,
  { limit, cursor, ...filter }: ListPeopleRequest,
): Promise<Page<PersonView>> {
  const after = readCursor(cursor, keySchema)?.[0];
  const rows = await selectPeople(db, filter, limit + 1, after);
  return toPage(
    rows,
    limit,
    ({ person }) => [person.id],
    ({ person: { id, name, email, department, roles, skills, head, active }, load }) => {
      return { id, name, email, department, roles, skills, head, active, load: Number(load ?? 0) };
    },
  );
}
