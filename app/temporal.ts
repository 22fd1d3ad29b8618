import { Client, Connection, type ConnectionOptions, type DataConverter } from '@temporalio/client';
import type { TemporalConfig } from './config.js';

/** The one task queue of the worker. */
export const taskQueue = 'redmark';

/**
 * The one data converter, of the client and of the worker. Undefined is Temporal's own: JSON as it is, readable in
 * the UI. A codec that encrypts is set here and nowhere else.
 */
export const dataConverter: DataConverter | undefined = undefined;

/** What a connection is made from, by a client as by a worker's `NativeConnection.connect`. */
export function temporalConnectionOptions(config: TemporalConfig) {
  const { address, tls, apiKey, metadata } = config;
  return { address, tls, apiKey, metadata } satisfies ConnectionOptions;
}

export type TemporalClient = { client: Client; connection: Connection; namespace: string };

/**
 * A client that connects when it is first used: Redmark starts, and takes orders, while Temporal is away. A caller
 * that cannot wait sets a deadline of its own, by `connection.withDeadline`.
 */
export function connectTemporal(config: TemporalConfig): TemporalClient {
  const connection = Connection.lazy({
    ...temporalConnectionOptions(config),
    connectTimeout: '2s',
    // After a long outage gRPC would look again only every two minutes.
    channelArgs: { 'grpc.max_reconnect_backoff_ms': 2_000 },
  });
  const { namespace } = config;
  return { client: new Client({ connection, namespace, dataConverter }), connection, namespace };
}
