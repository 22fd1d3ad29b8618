import type { Client } from '@temporalio/client';
import type { Logger } from 'pino';
import type { Database } from '../db/connect.js';

/** What the use cases need; built once by each entry point. */
export interface AppContext {
  db: Database;
  /** Temporal's client; a call on it fails while Temporal is away, and then the command stays for the relay. */
  temporal: Client;
  log: Logger;
  /** The origin links begin with, without a trailing slash. */
  publicUrl: string;
  /** The clock; injected so that tests can set it. */
  now: () => Date;
}
