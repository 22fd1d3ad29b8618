export { chase } from './chase.js';
export { incident } from './incident.js';
export { urgentOrder } from './urgent-order.js';
