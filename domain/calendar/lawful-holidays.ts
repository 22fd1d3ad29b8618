import chineseDays from 'chinese-days';
import { addDays } from '../time/local-date.js';
import type { LocalDate } from '../time/shape.js';

/** The holidays of one version of the law: fixed days `MM-DD`, days around the lunar new year's, and the others. */
interface Law {
  since: number;
  fixed: readonly string[];
  /** Days from the first day of the lunar year: −1 is the eve 除夕. */
  springFestival: readonly number[];
  /** 清明, 端午, 中秋: since 2008. */
  festivals: boolean;
}

// 全国年节及纪念日放假办法, of 1949 and as amended by the State Council's decrees 270, 513, 644 and 795.
const laws: readonly Law[] = [
  { since: 1950, fixed: ['01-01', '05-01', '10-01', '10-02'], springFestival: [0, 1, 2], festivals: false },
  {
    since: 2000,
    fixed: ['01-01', '05-01', '05-02', '05-03', '10-01', '10-02', '10-03'],
    springFestival: [0, 1, 2],
    festivals: false,
  },
  {
    since: 2008,
    fixed: ['01-01', '05-01', '10-01', '10-02', '10-03'],
    springFestival: [-1, 0, 1],
    festivals: true,
  },
  {
    since: 2014,
    fixed: ['01-01', '05-01', '10-01', '10-02', '10-03'],
    springFestival: [0, 1, 2],
    festivals: true,
  },
  {
    since: 2025,
    fixed: ['01-01', '05-01', '05-02', '10-01', '10-02', '10-03'],
    springFestival: [-1, 0, 1, 2],
    festivals: true,
  },
];

// The table of lunar months in chinese-days and the formula for 清明 below both end here.
const lastLunarYear = 2099;

/**
 * The day of a lunar date, from the library's table (ICU's reckoning misses the new moon of 2027 by a day). It reads
 * the parts of a `Date` in the machine's zone, so that is where this one is made.
 */
function lunarDay(year: number, month: number, day: number): LocalDate {
  return chineseDays.getSolarDateFromLunar(new Date(year, month - 1, day, 12)).date;
}

/** 清明, the solar term: 4 or 5 April. The customary formula (寿星公式), which holds from 2000 to 2099. */
function tombSweepingDay(year: number): LocalDate {
  const ofCentury = year % 100;
  const day = Math.floor(ofCentury * 0.2422 + 4.81) - Math.floor(ofCentury / 4);
  return `${year}-04-${String(day).padStart(2, '0')}`;
}

const known = new Map<number, ReadonlySet<LocalDate>>();

/**
 * The holidays that the law itself fixes for a year, for years whose notice is not in the data: 元旦, 春节, 清明,
 * 劳动节, 端午, 中秋, 国庆节, each as many days as the law of that year gives. Not covered, for only a notice decides
 * them: days moved to make a longer holiday, make-up workdays, and the day off in lieu of a holiday on a weekend.
 * After 2099 the days of the lunar year and 清明 are missing; before 1950 there are none.
 */
export function lawfulHolidays(year: number): ReadonlySet<LocalDate> {
  let days = known.get(year);
  if (!days) {
    days = computeHolidays(year);
    known.set(year, days);
  }
  return days;
}

function computeHolidays(year: number): ReadonlySet<LocalDate> {
  const law = laws.findLast((candidate) => candidate.since <= year);
  if (!law) return new Set();
  const days = new Set(law.fixed.map((monthAndDay) => `${year}-${monthAndDay}`));
  if (year > lastLunarYear) return days;
  const newYear = lunarDay(year, 1, 1);
  for (const offset of law.springFestival) days.add(addDays(newYear, offset));
  if (law.festivals) {
    for (const day of [tombSweepingDay(year), lunarDay(year, 5, 5), lunarDay(year, 8, 15)]) days.add(day);
  }
  return days;
}
