import type { MatrixPolicy } from './shape.js';

/** Who answers for which point unless the policy says otherwise (P07.4). */
export const defaultMatrix: MatrixPolicy = {
  product: ['sales', 'technical'],
  quantity: ['sales', 'manufacturing'],
  price: ['sales'],
  process: ['technical', 'manufacturing', 'quality'],
  deliveryDate: ['manufacturing'],
  shipping: ['sales'],
};
