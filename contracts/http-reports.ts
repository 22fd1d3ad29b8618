import { z } from 'zod';
import { incidentTypeSchema, severitySchema } from '../domain/playbooks/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { wordsSchema } from './http-page.js';

/** Of those that came so far; in seconds from the report. Null where none did. */
const spanSchema = z.object({ medianSeconds: z.number(), p90Seconds: z.number() }).nullable();

const groupSchema = z.object({
  count: z.int(),
  /** Of them: not ended yet, false alarms, left to routine handling. */
  open: z.int(),
  falseAlarms: z.int(),
  routine: z.int(),
  /** Those that repeat an earlier one (P16.7). */
  recurrences: z.int(),
  /** Deadlines that were breached. */
  breaches: z.int(),
  toAcknowledge: spanSchema,
  toConfirm: spanSchema,
  toMitigate: spanSchema,
  toResolve: spanSchema,
});

export const incidentReportSchema = z
  .object({
    from: instantSchema,
    to: instantSchema,
    total: groupSchema,
    byType: z.array(groupSchema.extend({ type: incidentTypeSchema, words: wordsSchema })),
    /** Those whose review has named a cause. */
    byCause: z.array(groupSchema.extend({ type: incidentTypeSchema, cause: z.string(), words: wordsSchema })),
    byLevel: z.array(groupSchema.extend({ severity: severitySchema, words: wordsSchema })),
    /** 整改措施 as they stand now, whenever they were opened. */
    actionItems: z.object({ open: z.int(), toBeChecked: z.int(), closed: z.int(), overdue: z.int() }),
  })
  .meta({ id: 'IncidentReport' });
export type IncidentReport = z.infer<typeof incidentReportSchema>;
