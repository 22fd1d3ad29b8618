import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { AppError } from './errors.js';

/** How far a sender's clock may be off; an older request is taken for one that was recorded and is sent again. */
const SKEW_MS = 5 * 60_000;

/** A request as it arrived: its two headers, and the body byte by byte. */
export interface SignedRequest {
  /** Unix time in seconds. */
  timestamp: string | undefined;
  /** `sha256=<hex>` of {@link signBody}. */
  signature: string | undefined;
  body: string | Uint8Array;
}

/** HMAC-SHA256 of `<timestamp>.<body>` with the sender's secret, as `sha256=<hex>`. */
export function signBody(secret: string, timestamp: string, body: string | Uint8Array): string {
  const mac = createHmac('sha256', secret).update(`${timestamp}.`).update(body);
  return `sha256=${mac.digest('hex')}`;
}

/** Throws `bad-signature` unless the request was signed with `secret` within the last or next five minutes. */
export function requireSignature(secret: string, request: SignedRequest, now: Date): void {
  const { timestamp, signature } = request;
  if (timestamp === undefined || !/^\d{1,12}$/.test(timestamp) || signature === undefined) {
    throw new AppError('bad-signature', 'send X-Redmark-Timestamp in seconds and X-Redmark-Signature');
  }
  if (Math.abs(now.getTime() - Number(timestamp) * 1000) > SKEW_MS) {
    throw new AppError('bad-signature', 'the timestamp is more than five minutes off');
  }
  const [expected, sent] = [Buffer.from(signBody(secret, timestamp, request.body)), Buffer.from(signature)];
  // Of one length and in one time, or the answer's delay would tell how much of it was right.
  if (expected.length !== sent.length || !timingSafeEqual(expected, sent)) {
    throw new AppError('bad-signature', 'the signature is not that of this body');
  }
}

/**
 * Throws `bad-signature` unless `Authorization: Bearer <secret>` was sent: for senders that cannot sign. What is compared
 * are hashes, of one length whatever was sent.
 */
export function requireBearer(secret: string, authorization: string | undefined): void {
  const sent = /^Bearer +([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
  if (sent === undefined)
    throw new AppError('bad-signature', 'send the source’s secret as a bearer credential');
  const hash = (text: string) => createHash('sha256').update(text).digest();
  if (!timingSafeEqual(hash(secret), hash(sent))) {
    throw new AppError('bad-signature', 'the credential is not that of this source');
  }
}
