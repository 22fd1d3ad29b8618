import type { WorkingTime } from './shape.js';

/** The working time that stands unless the policy says otherwise: eight hours with the noon break. */
export const defaultWorkingTime: WorkingTime = {
  zone: 'Asia/Shanghai',
  shifts: [
    { from: '08:00', to: '12:00' },
    { from: '13:00', to: '17:00' },
  ],
};
