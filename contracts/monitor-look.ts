import { z } from 'zod';
import { keySchema } from '../domain/playbooks/shape.js';

/**
 * What a run of the workflow `monitor` does, started by a Schedule: looks at one rule, ranks open orders by their risk
 * (P15.5), or tends the monitors themselves: schedules, mutes that are over, what is no longer needed.
 */
export const monitorInputSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('look'), key: keySchema }),
  z.strictObject({ do: z.literal('risk') }),
  z.strictObject({ do: z.literal('tend') }),
]);
export type MonitorInput = z.infer<typeof monitorInputSchema>;

/** What came of a look, in numbers: it stands in history. */
export interface MonitorLooked {
  /** Incidents that were opened or joined. */
  opened: string[];
  /** Faults that are over. */
  closed: number;
  /** Openings that a mute kept quiet. */
  quieted: number;
  /** Whether it could not measure. */
  blind: boolean;
  /** Steps whose notices are to be sent. */
  unsent: string[];
}

/** What came of ranking open orders. */
export interface RiskRanked {
  orders: number;
  changed: number;
}

/** What came of tending. */
export interface MonitorsTended {
  schedules: number;
  /** Steps whose notices are to be sent. */
  unsent: string[];
  /** Runs of monitors that were forgotten. */
  forgotten: number;
}
