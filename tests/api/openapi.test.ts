import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import {
  acknowledgeFormSchema,
  decideFormSchema,
  handOverFormSchema,
  resolveFormSchema,
  severityFormSchema,
  stepReasonFormSchema,
  teamChangeFormSchema,
} from '../../contracts/incident-forms.js';
import { incidentInputSchema } from '../../domain/incident/shape.js';
import { type ApiRig, startApiRig } from './api-rig.js';

interface Operation {
  operationId?: string;
  summary?: string;
  description?: string;
  tags?: string[];
  security?: object[];
  parameters?: { in: string; name: string }[];
  requestBody?: { content: Record<string, { schema?: object; examples?: object }> };
  responses: Record<
    string,
    { description: string; content?: Record<string, { schema: object }>; headers?: object }
  >;
}
interface Document {
  openapi: string;
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
  tags: { name: string }[];
}

let rig: ApiRig;
let document: Document;
const served: { method: string; url: string }[] = [];
beforeAll(async () => {
  rig = await startApiRig();
  document = (await rig.send({ url: '/openapi.json', as: null })).json();
  for (const [path, item] of Object.entries(document.paths)) {
    for (const method of Object.keys(item)) served.push({ method: method.toUpperCase(), url: path });
  }
});
afterAll(() => rig?.stop());

const operations = () =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => ({ path, method, operation })),
  );

describe('/openapi.json', () => {
  it('is OpenAPI 3.1 with every part that the specification asks for', () => {
    expect(document.openapi).toMatch(/^3\.1\./);
    expect(document).toMatchObject({ info: { title: expect.any(String), version: expect.any(String) } });
    const ids = operations().map(({ operation }) => operation.operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { path, operation } of operations()) {
      expect(operation.summary, path).toMatch(/[\u4e00-\u9fff].* · [A-Z]/);
      expect(operation.description, path).toMatch(/[\u4e00-\u9fff]/);
      expect(document.tags.map(({ name }) => name)).toContain(operation.tags?.[0]);
      for (const [status, response] of Object.entries(operation.responses)) {
        expect(status).toMatch(/^[2-5]\d\d$/);
        expect(response.description.length, `${path} ${status}`).toBeGreaterThan(0);
      }
      const named = (operation.parameters ?? []).filter((one) => one.in === 'path').map(({ name }) => name);
      const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      expect(named.sort(), path).toEqual(inPath.sort());
    }
  });

  it('refers only to schemas that it has, and has none that nothing refers to', () => {
    const referred = new Set<string>();
    JSON.stringify(document, (key, value) => {
      if (key === '$ref') referred.add(String(value).replace('#/components/schemas/', ''));
      return value;
    });
    expect([...referred].sort()).toEqual(Object.keys(document.components.schemas).sort());
    expect(Object.keys(document.components.schemas)).toEqual(
      expect.arrayContaining(['OrderInput', 'OrderView', 'Problem', 'EvaluationForm']),
    );
  });

  it('has an operation for every route of the design’s list that exists', () => {
    expect(served.map(({ method, url }) => `${method} ${url}`).sort()).toEqual(
      [
        'POST /v1/orders',
        'GET /v1/orders',
        'GET /v1/orders/{number}',
        'GET /v1/orders/{number}/timeline',
        'GET /v1/orders/{number}/questions',
        'POST /v1/orders/{number}/sign-off',
        'POST /v1/orders/{number}/classify',
        'POST /v1/orders/{number}/progress',
        'POST /v1/orders/{number}/delivery',
        'POST /v1/orders/{number}/holds',
        'GET /v1/orders/{number}/holds',
        'POST /v1/orders/{number}/holds/{id}/release',
        'POST /v1/incidents',
        'GET /v1/incidents',
        'GET /v1/incidents/{number}',
        'GET /v1/incidents/{number}/timeline',
        'GET /v1/incidents/{number}/archive',
        'POST /v1/incidents/{number}/action-items',
        'GET /v1/action-items',
        'GET /v1/action-items/{id}',
        'GET /v1/chases/{number}',
        'GET /v1/reports/incidents',
        'POST /v1/orders/{number}/problems',
        'POST /v1/incidents/{number}/acknowledge',
        'POST /v1/incidents/{number}/decide',
        'POST /v1/incidents/{number}/severity',
        'POST /v1/incidents/{number}/team',
        'POST /v1/incidents/{number}/hand-over',
        'POST /v1/incidents/{number}/retry',
        'POST /v1/incidents/{number}/skip',
        'POST /v1/incidents/{number}/resolve',
        'GET /v1/tasks',
        'GET /v1/tasks/{id}',
        'POST /v1/tasks/{id}/complete',
        'GET /v1/commands/{id}',
        'GET /v1/customers',
        'GET /v1/customers/{id}',
        'GET /v1/products',
        'GET /v1/products/{sku}',
        'GET /v1/people',
        'GET /v1/on-call',
        'PUT /v1/on-call/{role}',
        'POST /v1/on-call/overrides',
        'DELETE /v1/on-call/overrides/{id}',
        'POST /v1/on-call/delegations',
        'DELETE /v1/on-call/delegations/{id}',
        'GET /v1/suppliers',
        'POST /v1/suppliers',
        'GET /v1/suppliers/{number}',
        'PUT /v1/suppliers/{number}',
        'GET /v1/stock',
        'PUT /v1/stock/{warehouse}/{sku}',
        'GET /v1/warehouses',
        'PUT /v1/warehouses/{id}',
        'GET /v1/purchase-orders',
        'POST /v1/purchase-orders',
        'GET /v1/purchase-orders/{number}',
        'POST /v1/purchase-orders/{number}/confirm',
        'POST /v1/purchase-orders/{number}/receipts',
        'GET /v1/shipments',
        'POST /v1/shipments',
        'GET /v1/shipments/{id}',
        'POST /v1/shipments/{id}/scans',
        'GET /v1/payments',
        'POST /v1/payments',
        'GET /v1/monitors',
        'GET /v1/monitors/{key}',
        'PUT /v1/monitors/{key}',
        'GET /v1/mutes',
        'POST /v1/mutes',
        'POST /v1/mutes/{id}/end',
        'POST /v1/signals/{source}',
        'GET /v1/signals/{source}/map',
        'PUT /v1/signals/{source}/map',
        'GET /v1/endpoints',
        'POST /v1/endpoints',
        'GET /v1/endpoints/{id}',
        'PUT /v1/endpoints/{id}',
        'POST /v1/webhooks/{source}',
        'GET /v1/notices',
        'GET /v1/audit',
        'GET /v1/playbooks',
        'GET /v1/playbooks/{type}',
        'GET /v1/playbooks/{type}/revisions',
        'POST /v1/playbooks/{type}/retire',
        'POST /v1/playbooks/{type}/simulate',
        'GET /v1/playbooks/{type}/draft',
        'PUT /v1/playbooks/{type}/draft',
        'DELETE /v1/playbooks/{type}/draft',
        'POST /v1/playbooks/{type}/draft/validate',
        'GET /v1/playbooks/{type}/draft/diff',
        'POST /v1/playbooks/{type}/draft/publish',
        'GET /v1/policy',
        'PUT /v1/policy',
        'GET /v1/calendar/add',
        'GET /health/live',
        'GET /health/ready',
      ].sort(),
    );
  });

  it('declares for every operation what it can answer, errors as problem+json', () => {
    for (const { path, method, operation } of operations()) {
      const what = `${method} ${path}`;
      const statuses = Object.keys(operation.responses);
      const isPublic = path.startsWith('/health');
      const isSigned = method === 'post' && /^\/v1\/(webhooks|signals)\/[^/]+$/.test(path);
      expect(statuses, what).toContain('400');
      if (!isPublic) expect(statuses, what).toEqual(expect.arrayContaining(['401', '503']));
      if (operation.requestBody)
        expect(statuses, what).toEqual(expect.arrayContaining(['413', '415', '422']));
      // Who signs is who sends; nobody has a role there.
      if (operation.requestBody && !isSigned) expect(statuses, what).toContain('403');
      if (path.includes('{')) expect(statuses, what).toContain('404');
      for (const [status, response] of Object.entries(operation.responses)) {
        const expected = Number(status) < 400 ? 'application/json' : 'application/problem+json';
        expect(Object.keys(response.content ?? {}), `${what} ${status}`).toEqual([expected]);
      }
      if (!isPublic) expect(operation.responses['401']?.headers).toHaveProperty('WWW-Authenticate');
      if ('202' in operation.responses)
        expect(operation.responses['202']?.headers).toHaveProperty('Location');
      // Alertmanager signs nothing and sends a token.
      const signed = [{ webhook: [] }, ...(path.startsWith('/v1/signals') ? [{ bearer: [] }] : [])];
      expect(operation.security ?? null, what).toEqual(isPublic ? [] : isSigned ? signed : null);
    }
    expect(document).toMatchObject({ security: [{ bearer: [] }] });
  });

  it('shows an order that is accepted as it stands, apart from its date', async () => {
    const examples = document.paths['/v1/orders']?.post?.requestBody?.content['application/json']?.examples;
    const { online } = examples as { online: { value: object } };
    const answer = await rig.send({ method: 'POST', url: '/v1/orders', as: 'client', payload: online.value });
    expect(answer.statusCode, answer.body).toBe(201);
  });

  it('shows bodies that are taken as they stand, of what is reported and done about incidents', () => {
    const bodies: Record<string, z.ZodType> = {
      reportIncident: incidentInputSchema,
      acknowledgeIncident: acknowledgeFormSchema,
      decideStep: decideFormSchema,
      setSeverity: severityFormSchema,
      setTeam: teamChangeFormSchema,
      handOverIncident: handOverFormSchema,
      retryStep: stepReasonFormSchema,
      skipStep: stepReasonFormSchema,
      resolveIncident: resolveFormSchema,
    };
    for (const [id, schema] of Object.entries(bodies)) {
      const found = operations().find(({ operation }) => operation.operationId === id);
      const { examples = {} } = found?.operation.requestBody?.content['application/json'] ?? {};
      expect(Object.keys(examples), id).not.toEqual([]);
      for (const { value } of Object.values(examples) as { value: unknown }[]) {
        expect(schema.safeParse(value).error, id).toBeUndefined();
      }
    }
  });

  it('is read by the documentation page, which calls no other host', async () => {
    const page = await rig.send({ url: '/docs', as: null });
    expect([page.statusCode, page.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
    const csp = String(page.headers['content-security-policy']);
    expect(csp).toMatch(/script-src 'self'/);
    expect(page.body.match(/(?:src|href)="(?!\.?\/)/g)).toBeNull();
  });
});
