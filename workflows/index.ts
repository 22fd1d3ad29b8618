export { chase } from './chase.js';
export { incident } from './incident.js';
export { monitor } from './monitor.js';
export { urgentOrder } from './urgent-order.js';
