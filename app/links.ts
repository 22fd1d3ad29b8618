import { createHmac, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import type { Instant } from '../domain/time/shape.js';

/** An act link lives this long after its notice was asked for; a task is chased and finished long before. */
const ACT_LINK_DAYS = 30;
const dayMs = 86_400_000;

const payloadSchema = z.union([
  z.tuple([z.literal('act'), z.string(), z.string(), z.int()]),
  z.tuple([z.literal('view'), z.string(), z.int()]),
]);

/**
 * What a link's token stands for. `act`: finish this one task as exactly this recipient (`person:<id>` or
 * `customer:<id>`), until `expiresAt`. `view`: the customer's tracking page of this order, as long as the order's
 * tracking version is the same.
 */
export type OpenedLink =
  | { kind: 'act'; task: string; recipient: string; expiresAt: Instant }
  | { kind: 'view'; order: string; version: number };

/** Signed links in mails: nothing is stored, the token itself says what it is for. */
export interface Links {
  /** Address of the page on which `recipient` finishes `task`; `issuedAt` is the notice's, so a retry links the same. */
  actLink(link: { task: string; recipient: string; issuedAt: Instant }): string;
  /** Address of the customer's tracking page. */
  viewLink(link: { order: string; trackingVersion: number }): string;
  /** What a token stands for; null when it was not signed here. An expired one is opened too: its page says so. */
  open(token: string): OpenedLink | null;
}

/**
 * Links that begin with `publicUrl` (an origin) and are signed by `secret` (HMAC-SHA256). A changed secret withdraws
 * every link that was sent.
 */
export function createLinks(secret: string, publicUrl: string): Links {
  const sign = (payload: string) =>
    createHmac('sha256', secret).update(`redmark link 1\n${payload}`).digest();
  const address = (content: z.infer<typeof payloadSchema>) => {
    const payload = Buffer.from(JSON.stringify(content)).toString('base64url');
    return `${publicUrl}/t/${payload}.${sign(payload).toString('base64url')}`;
  };
  return {
    actLink({ task, recipient, issuedAt }) {
      const expires = Math.floor((Date.parse(issuedAt) + ACT_LINK_DAYS * dayMs) / 1000);
      return address(['act', task, recipient, expires]);
    },
    viewLink({ order, trackingVersion }) {
      return address(['view', order, trackingVersion]);
    },
    open(token) {
      const [payload, signature, ...rest] = token.split('.');
      if (!payload || !signature || rest.length > 0) return null;
      const expected = sign(payload);
      const given = Buffer.from(signature, 'base64url');
      // The text is compared too: base64 has several spellings of the same bytes, and one link has one address.
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return null;
      if (expected.toString('base64url') !== signature) return null;
      const content = payloadSchema.parse(JSON.parse(Buffer.from(payload, 'base64url').toString()));
      if (content[0] === 'view') return { kind: 'view', order: content[1], version: content[2] };
      const [kind, task, recipient, expires] = content;
      return { kind, task, recipient, expiresAt: new Date(expires * 1000).toISOString() };
    },
  };
}
