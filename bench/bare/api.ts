import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import { readConfig } from '../../app/config.js';
import { connectTemporal } from '../../app/temporal.js';
import { connectDatabase } from '../../db/connect.js';
import { insertBareRow } from './activities.js';
import { bareTaskQueue } from './shape.js';

// The least an API can do with an order: one row, one workflow started, both awaited.
const { values } = parseArgs({ options: { port: { type: 'string', default: '0' } } });
const config = readConfig();
const { client } = connectTemporal(config.temporal);
const db = connectDatabase(config.databaseUrl, 10);
const server = Fastify();
server.post('/orders', async (request, reply) => {
  const workflowId = `bare/${randomUUID()}`;
  await insertBareRow(db.$client, { key: workflowId, subject: workflowId, body: request.body });
  await client.workflow.start('bareOrder', {
    workflowId,
    taskQueue: bareTaskQueue,
    args: [
      {
        steps: [
          { mails: 1, rearms: true },
          { mails: 0, rearms: false },
        ],
      },
    ],
  });
  return reply.code(201).send({ workflowId });
});
await server.listen({ host: '127.0.0.1', port: Number(values.port) });
console.log(JSON.stringify({ ready: true, pid: process.pid }));
process.once('SIGTERM', async () => {
  await server.close();
  await Promise.all([client.connection.close(), db.$client.end()]);
});
