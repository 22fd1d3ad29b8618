import { z } from 'zod';

export const liveSchema = z.object({ status: z.literal('live') }).meta({ id: 'Live' });

/** `degraded`: orders are taken, and something is away or somebody should look. */
export const readySchema = z
  .object({
    status: z.enum(['ready', 'degraded']),
    checks: z.object({ postgres: z.enum(['up', 'down']), temporal: z.enum(['up', 'down']) }),
    warnings: z.array(z.object({ code: z.string(), detail: z.string() })),
  })
  .meta({ id: 'Ready' });
export type Ready = z.infer<typeof readySchema>;
