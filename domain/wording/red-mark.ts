import type { Grade, OrderClass } from '../order/shape.js';
import { chooseFor, type Locale } from './locale.js';
import { CLASS_WORDS, GRADE_WORDS } from './terms.js';

/** 红色标识 of a red order: as many bars as its grade, and the words beside them (P07.3, P20.1). */
export interface RedMark {
  /** `▮▮` */
  bars: string;
  /** What a subject begins with: `【红色标识 ▮▮ 紧急】`. */
  prefix: string;
  /** What the band says: `红色标识 · 紧急订单 · 紧急`. */
  words: string;
}

/** The mark of an order, or null for one that is not red. */
export function redMark(order: { class: OrderClass; grade: Grade }, locale: Locale): RedMark | null {
  if (order.grade === 0) return null;
  const t = chooseFor(locale);
  const bars = '▮'.repeat(order.grade);
  const grade = t(GRADE_WORDS[order.grade].zh, GRADE_WORDS[order.grade].en);
  // 急难 is a class of its own above the grades: the subject says so first.
  const short =
    order.class === 'critical' ? t(`急难·${grade}`, `CRITICAL, ${grade}`) : t(grade, grade.toUpperCase());
  const kind = t(CLASS_WORDS[order.class].zh, CLASS_WORDS[order.class].en);
  return {
    bars,
    prefix: t(`【红色标识 ${bars} ${short}】`, `[RED ${bars} ${short}] `),
    words: t(`红色标识 · ${kind} · ${grade}`, `Red mark · ${kind} · ${grade}`),
  };
}
