import { readConfig } from './app/config.js';

readConfig();
const alive = setInterval(() => undefined, 60_000);
console.log(JSON.stringify({ ready: true }));
process.once('SIGTERM', () => clearInterval(alive));
