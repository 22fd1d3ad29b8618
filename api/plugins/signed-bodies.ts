import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { AppContext } from '../../app/context.js';
import { AppError } from '../../app/errors.js';
import { requireSignature } from '../../app/verify-signature.js';
import type { WebhookSource, WebhookSources } from '../../app/webhook-sources.js';

/** A request from a source, its body byte by byte. Throws `bad-signature` unless the source sent it. */
export type VerifySource = (source: WebhookSource, request: FastifyRequest, body: Buffer, now: Date) => void;

/** The first of a header's values. */
export const headerOf = (request: FastifyRequest, name: string): string | undefined =>
  [request.headers[name]].flat()[0];

/** The source that an address names. Throws `not-found`, whatever was signed. */
export function sourceOf(request: FastifyRequest, sources: WebhookSources): WebhookSource {
  const { source = '' } = (request.params ?? {}) as { source?: string };
  const found = sources.get(source);
  if (!found) throw new AppError('not-found', 'no source has this name');
  return found;
}

/** By the signature over timestamp and body. */
export const requireSignedRequest: VerifySource = ({ secret }, request, body, now) =>
  requireSignature(
    secret,
    {
      timestamp: headerOf(request, 'x-redmark-timestamp'),
      signature: headerOf(request, 'x-redmark-signature'),
      body,
    },
    now,
  );

/**
 * Makes the routes of `app` take JSON from known sources alone: who sent it is checked over the bytes that arrived, before
 * anything reads them. Only for a scope of its own.
 */
export function readSignedBodies(
  app: FastifyInstance,
  { ctx, sources, verify }: { ctx: Pick<AppContext, 'now'>; sources: WebhookSources; verify: VerifySource },
): void {
  const verified = new WeakSet<FastifyRequest>();
  const requireVerified = (request: FastifyRequest, body: Buffer) => {
    verify(sourceOf(request, sources), request, body, ctx.now());
    verified.add(request);
  };
  const readJson = app.getDefaultJsonParser('error', 'error');
  app.removeContentTypeParser('application/json');
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body: Buffer, done) => {
    try {
      requireVerified(request, body);
    } catch (error) {
      done(error as Error);
      return;
    }
    readJson(request, body.toString('utf8'), done);
  });
  app.addHook('onRequest', async (request) => {
    sourceOf(request, sources);
  });
  // A request without a body has passed by the parser.
  app.addHook('preValidation', async (request) => {
    if (!verified.has(request)) requireVerified(request, Buffer.alloc(0));
  });
}
