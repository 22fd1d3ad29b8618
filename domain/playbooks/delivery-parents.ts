import type { PlaybookSource } from './shape.js';

/** Of what a late or missing delivery is a part: the weather of its region, its carrier's accident, its depot's fault. */
export const deliveryParents: NonNullable<PlaybookSource['childOf']> = [
  { types: ['severe-weather', 'natural-disaster', 'epidemic'], shares: 'region' },
  { types: ['logistics-accident', 'severe-weather'], shares: 'carrier' },
  { types: ['depot-fault', 'natural-disaster'], shares: 'warehouse' },
];
