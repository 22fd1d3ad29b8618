import { courierNoPickup } from './courier-no-pickup.js';
import { dataLoss } from './data-loss.js';
import { depotFault } from './depot-fault.js';
import { epidemic } from './epidemic.js';
import { lateDelivery } from './late-delivery.js';
import { logisticsAccident } from './logistics-accident.js';
import { logisticsDelay } from './logistics-delay.js';
import { naturalDisaster } from './natural-disaster.js';
import { networkAttack } from './network-attack.js';
import { networkOutage } from './network-outage.js';
import { noCourier } from './no-courier.js';
import { orderCancellation } from './order-cancellation.js';
import { orderDelay } from './order-delay.js';
import { orderError } from './order-error.js';
import { orderReturn } from './order-return.js';
import { paymentProblem } from './payment-problem.js';
import { qualityProblem } from './quality-problem.js';
import { serverFailure } from './server-failure.js';
import { severeWeather } from './severe-weather.js';
import type { PlaybookSource } from './shape.js';
import { staffShortage } from './staff-shortage.js';
import { stockShortage } from './stock-shortage.js';
import { supplierDelay } from './supplier-delay.js';
import { supplyInterruption } from './supply-interruption.js';
import { systemFailure } from './system-failure.js';
import { wrongShipment } from './wrong-shipment.js';

/**
 * The playbooks that come with the product, in the order in which people look for them: machines, supply, orders,
 * delivery, people and the world outside. A new type of incident is a file beside this one and a line here.
 */
export const BUILT_IN_PLAYBOOKS: readonly PlaybookSource[] = [
  serverFailure,
  networkOutage,
  systemFailure,
  dataLoss,
  networkAttack,
  supplierDelay,
  supplyInterruption,
  stockShortage,
  qualityProblem,
  orderDelay,
  orderError,
  wrongShipment,
  orderReturn,
  orderCancellation,
  paymentProblem,
  logisticsDelay,
  logisticsAccident,
  noCourier,
  lateDelivery,
  severeWeather,
  courierNoPickup,
  depotFault,
  staffShortage,
  naturalDisaster,
  epidemic,
];
