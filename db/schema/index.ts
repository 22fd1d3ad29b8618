export * from './catalogue.js';
export * from './heartbeats.js';
export * from './on-call.js';
export * from './orders.js';
export * from './people.js';
export * from './process.js';
