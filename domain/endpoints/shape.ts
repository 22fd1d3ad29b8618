import { z } from 'zod';
import { lineText } from '../text/shape.js';

export const endpointIdSchema = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]{0,39}$/, 'must be small letters, digits and hyphens, like web-shop')
  .meta({ id: 'EndpointId' });

/** How an endpoint is probed: an answer below 500, a connection, a server that speaks PostgreSQL. */
export const ENDPOINT_KINDS = ['http', 'tcp', 'postgres'] as const;
export const endpointKindSchema = z.enum(ENDPOINT_KINDS).meta({ id: 'EndpointKind' });
export type EndpointKind = z.infer<typeof endpointKindSchema>;

const PROTOCOLS: Record<EndpointKind, readonly string[]> = {
  http: ['http:', 'https:'],
  tcp: ['tcp:'],
  postgres: ['postgres:', 'postgresql:'],
};
const EXAMPLES: Record<EndpointKind, string> = {
  http: 'https://shop.example.com/health',
  tcp: 'tcp://10.0.0.5:7233',
  postgres: 'postgres://10.0.0.5:5432',
};

const address = lineText(500);

function readAddress(text: string): URL | undefined {
  return URL.canParse(text) ? new URL(text) : undefined;
}

/** A server or endpoint that the company relies on, without its id: what `PUT` replaces. */
export const endpointFactsSchema = z
  .strictObject({
    name: lineText(100),
    kind: endpointKindSchema,
    address,
    intervalSeconds: z
      .int('must be a whole number')
      .min(5, 'must be at least 5')
      .max(3600, 'must be at most 3600'),
    /** What stands still without it, in the company's words. */
    serves: lineText(300),
    /** The level its failure is to be taken for at first, 1 to 3 (P11.1). */
    severityHint: z.union([z.literal(1), z.literal(2), z.literal(3)]),
    /** Id of the person who looks after it. */
    owner: lineText(64),
    /** Whether it is probed. */
    active: z.boolean().default(true),
  })
  .superRefine(({ kind, address: text }, context) => {
    const refuse = (message: string) => context.addIssue({ code: 'custom', path: ['address'], message });
    const url = readAddress(text);
    const hasPort = kind === 'http' || url?.port !== '';
    if (!url || url.hostname === '' || !PROTOCOLS[kind].includes(url.protocol) || !hasPort) {
      refuse(`must be an address like ${EXAMPLES[kind]}`);
    } else if (url.username !== '' || url.password !== '') {
      // Everybody on the staff reads it; a probe needs no credential.
      refuse('must not hold a user or password');
    }
  })
  .meta({ id: 'EndpointFacts' });
export type EndpointFacts = z.infer<typeof endpointFactsSchema>;

export const endpointInputSchema = endpointFactsSchema
  .safeExtend({ id: endpointIdSchema })
  .meta({ id: 'NewEndpoint' });
export type EndpointInput = z.infer<typeof endpointInputSchema>;
