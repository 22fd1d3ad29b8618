import type { Locale } from '../../domain/wording/locale.js';

/** Whom a notice goes to, with every way of reaching them that is on record. */
export interface Reader {
  name: string;
  email: string | null;
  phone: string | null;
  /** A group chat and nobody in particular: what goes there is read by all of it. */
  group?: boolean;
}

/** What is sent, already written. */
export interface OutgoingMessage {
  /** Addresses of the channel's own kind; several get the very same message in one go. */
  to: string[];
  subject: string;
  text: string;
  html: string;
  /** The body alone, in what group robots read. */
  markdown: string;
  /** Whether it bears the red mark (P07.3). */
  red: boolean;
  locale: Locale;
  /** The same for every try of the same message, so that a reader's mail program can tell. */
  id: string;
  /** Whom an answer goes to, where that is not the sender. */
  replyTo?: string;
}

/** What became of one address: accepted; refused for good; or to be tried again. */
export interface Delivery {
  address: string;
  outcome: 'accepted' | 'refused' | 'deferred';
  /** Why not, in the server's words; may hold the address, so it goes to the notice's row and nowhere else. */
  why: string | null;
  /** By what the message is found again on the channel: for mail its Message-ID. */
  reference: string;
}

/** One way of reaching people. A new one is an adapter of this shape and a line in `channels.ts`. */
export interface Channel {
  /** It reaches a group chat: what is urgent for the team is told there beside the mail (P05.3, P14.6). */
  group?: true;
  /** The reader's address on this channel; null where there is none that can be used. */
  addressOf(reader: Reader): string | null;
  /** Sends once and never tries again by itself: Temporal's retry is the only one. Does not throw for a failure. */
  send(message: OutgoingMessage): Promise<Delivery[]>;
  close(): void;
}
