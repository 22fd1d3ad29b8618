export * from './catalogue.js';
export * from './orders.js';
export * from './people.js';
export * from './process.js';
