import fastifySwagger from '@fastify/swagger';
import fastifySwaggerUi from '@fastify/swagger-ui';
import type { FastifyInstance } from 'fastify';
import { jsonSchemaTransform, jsonSchemaTransformObject } from 'fastify-type-provider-zod';
import { addExamples } from './examples.js';
import { TAGS } from './tags.js';
import { tidyComponents } from './tidy-components.js';

const description = `Urgent orders 紧急订单 and the deadlines they are held to.

红标接口：受理订单、查询进度、办理任务、签字、登记进度与交付。所有时间均为 UTC（ISO-8601），金额为最小货币单位的整数。

Times are UTC instants, amounts are integers of the minor unit. Errors are problem+json (RFC 9457) with a stable \`code\`;
\`errors\` names each wrong field by its path. A POST may carry an \`Idempotency-Key\`: the same key, credential and
route give the first answer again.`;

interface DeclaredResponse {
  headers?: unknown;
}

/** OpenAPI 3.1 of all routes that are added after it, at `/openapi.json`; a page of it at `/docs`, which calls nobody. */
export async function describeApi(app: FastifyInstance): Promise<void> {
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Redmark 红标', version: '1.0.0', description, license: { name: 'Apache-2.0' } },
      tags: [...TAGS],
      security: [{ bearer: [] }],
      components: {
        securitySchemes: {
          bearer: { type: 'http', scheme: 'bearer', description: 'An API key, or a token of a person' },
          webhook: {
            type: 'apiKey',
            in: 'header',
            name: 'X-Redmark-Signature',
            description:
              '`sha256=<hex>`: HMAC-SHA256 of `<timestamp>.<body>` with the source’s secret; the timestamp, Unix seconds, stands in `X-Redmark-Timestamp`',
          },
        },
      },
    },
    transform: (document) => {
      const declared = document.schema?.response as Record<string, DeclaredResponse> | undefined;
      const transformed = jsonSchemaTransform(document);
      // The transform keeps description and content alone; headers of an answer are part of its contract, too.
      const response = transformed.schema.response as Record<string, DeclaredResponse> | undefined;
      for (const [status, { headers }] of Object.entries(declared ?? {})) {
        if (headers && response?.[status]) response[status].headers = headers;
      }
      return transformed;
    },
    transformObject: (document) => tidyComponents(addExamples(jsonSchemaTransformObject(document))),
  });
  await app.register(fastifySwaggerUi, { routePrefix: '/docs', staticCSP: true });
  let document: object | undefined;
  app.get('/openapi.json', { schema: { hide: true } }, () => {
    document ??= app.swagger();
    return document;
  });
}
