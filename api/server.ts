import Fastify from 'fastify';
import { readConfig } from '../app/config.js';

const { apiHost, apiPort } = readConfig();
const server = Fastify();
server.get('/health/ready', () => ({ status: 'ready', warnings: [] }));
await server.listen({ host: apiHost, port: apiPort });
console.log(JSON.stringify({ ready: true }));
process.once('SIGTERM', () => server.close());
