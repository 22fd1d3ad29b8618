import { P01_TO_P05 } from './p01-to-p05.js';
import { P06_TO_P10 } from './p06-to-p10.js';
import { P11_TO_P15 } from './p11-to-p15.js';
import { P16_TO_P20 } from './p16-to-p20.js';

type Words = { zh: string; en: string };

/** One thing a procedure asks for. `zh`: the source's words, shortened; `en`: what it asks, in ours. */
export type Obligation = Words & { id: string };

/** One of the company's written procedures, taken apart. */
export type Procedure = { id: string; title: Words; obligations: readonly Obligation[] };

/** The twenty procedures in their order, each with its obligations `P01.1 … P20.2`. */
export const PROCEDURES: readonly Procedure[] = [...P01_TO_P05, ...P06_TO_P10, ...P11_TO_P15, ...P16_TO_P20];

/** Every obligation, in order: what code, playbooks and tests cite by its id. */
export const OBLIGATIONS: readonly Obligation[] = PROCEDURES.flatMap(({ obligations }) => obligations);
