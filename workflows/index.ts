export { urgentOrder } from './urgent-order.js';
