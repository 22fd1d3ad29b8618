import { z } from 'zod';
import { leadTimeKindSchema, tierSchema } from '../domain/assessment/shape.js';
import { departmentSchema, roleSchema } from '../domain/roles/shape.js';
import { instantSchema } from '../domain/time/shape.js';
import { namedSchema, wordsSchema } from './http-page.js';

/** A customer, with what an order needs of it. */
export const customerViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string().nullable(),
    phone: z.string().nullable(),
    locale: z.string(),
    tier: tierSchema,
    salesOwner: namedSchema.nullable(),
    /** Whether the company's own book holds it, or an API client brought it. */
    broughtBy: z.string().nullable(),
    createdAt: instantSchema,
  })
  .meta({ id: 'Customer' });
export type CustomerView = z.infer<typeof customerViewSchema>;

/** A product, with what an order needs of it. */
export const productViewSchema = z
  .object({
    sku: z.string(),
    name: wordsSchema,
    unit: z.string(),
    leadTimeKind: leadTimeKindSchema,
    /** Normal lead time in calendar days for one unit: its own, or the policy's for its kind. */
    normalLeadTimeDays: z.int(),
    scalesWithQuantity: z.boolean(),
    priceMinor: z.int(),
    currency: z.string(),
    discontinued: z.boolean(),
  })
  .meta({ id: 'Product' });
export type ProductView = z.infer<typeof productViewSchema>;

/** One of us: whom a task can go to. */
export const personViewSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    department: departmentSchema,
    roles: z.array(roleSchema),
    skills: z.array(z.string()),
    head: z.boolean(),
    active: z.boolean(),
    /** How many open tasks this person has. */
    load: z.int(),
  })
  .meta({ id: 'Person' });
export type PersonView = z.infer<typeof personViewSchema>;
