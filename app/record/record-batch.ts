import type {
  actionItems,
  chases,
  deadlineInstants,
  deadlines,
  notices,
  tasks,
} from '../../db/schema/index.js';

/** Rows a step writes, gathered so that each table is written once a transaction. */
export interface RecordBatch {
  tasks: (typeof tasks.$inferInsert)[];
  deadlines: (typeof deadlines.$inferInsert)[];
  instants: (typeof deadlineInstants.$inferInsert)[];
  notices: (typeof notices.$inferInsert)[];
  chases: (typeof chases.$inferInsert)[];
  actionItems: (typeof actionItems.$inferInsert)[];
}

export function emptyBatch(): RecordBatch {
  return { tasks: [], deadlines: [], instants: [], notices: [], chases: [], actionItems: [] };
}
