import { z } from 'zod';
import { incidentPhaseSchema } from '../domain/incident/shape.js';
import { incidentTypeSchema, severitySchema } from '../domain/playbooks/shape.js';

/** An incident that affects an order, as the order shows it. */
export const linkedIncidentSchema = z
  .object({
    number: z.string(),
    type: incidentTypeSchema,
    severity: severitySchema,
    phase: incidentPhaseSchema,
    because: z.string(),
  })
  .meta({ id: 'LinkedIncident' });
