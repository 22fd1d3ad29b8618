import type { RiskRanked } from '../../contracts/monitor-look.js';
import type { Database } from '../../db/connect.js';
import { findDoneOrders } from '../../db/queries/monitor-orders.js';
import { findRiskRows, type RiskRow, storeRisks } from '../../db/queries/monitor-risk.js';
import type { Calendar } from '../../domain/calendar/create-calendar.js';
import { pastPromiseDays } from '../../domain/monitors/past-promise-days.js';
import { usualTime } from '../../domain/monitors/usual-time.js';
import { MILESTONES, type OrderClass } from '../../domain/order/shape.js';
import { type RiskFacts, scoreRisk } from '../../domain/risk/score-risk.js';
import type { Risk } from '../../domain/risk/shape.js';
import { toEpochMs } from '../../domain/time/instant.js';
import type { Instant } from '../../domain/time/shape.js';
import { loadRules } from '../load-rules.js';

const hourMs = 3_600_000;
const usualFrom = 50;
/** Words tell hours that pass while the points stay: so long they may lag behind. */
const freshMs = hourMs;

/**
 * Works out the risk of every open order that it is not delivered as promised, with its reasons (P15.5), and stores those
 * that have changed. Few queries however many orders there are; a repeat changes nothing.
 */
export async function riskOrders(db: Database, { at }: { at: Instant }): Promise<RiskRanked> {
  const { policy, calendar } = await loadRules(db);
  const rows = await findRiskRows(db, { at, today: calendar.localDate(at) });
  const usual = await findUsualHours(db, calendar);
  const changed = rows.flatMap((row) => {
    const risk = scoreRisk(factsOf(row, { at, calendar, usual }), policy.risk);
    return isNews(row, risk, at) ? [{ number: row.number, ...risk }] : [];
  });
  await storeRisks(db, changed, at);
  return { orders: rows.length, changed: changed.length };
}

/** Working hours that an order of a class usually takes from receipt to closing, where that is known. */
async function findUsualHours(db: Database, calendar: Calendar): Promise<Map<OrderClass, number>> {
  const done = await findDoneOrders(db, { last: usualFrom });
  const usual = new Map<OrderClass, number>();
  for (const orderClass of new Set(done.map((order) => order.class))) {
    const hours = done
      .filter((order) => order.class === orderClass)
      .map(({ receivedAt, endedAt }) => calendar.workingTimeBetween(receivedAt, endedAt) / hourMs);
    const median = usualTime(hours, { last: usualFrom })?.median;
    if (median !== undefined) usual.set(orderClass, median);
  }
  return usual;
}

function factsOf(
  row: RiskRow,
  { at, calendar, usual }: { at: Instant; calendar: Calendar; usual: ReadonlyMap<OrderClass, number> },
): RiskFacts {
  const { promisedOn, projectedOn, milestonesDone, ...facts } = row;
  const dueAt = calendar.closing(promisedOn);
  const whole = usual.get(row.class);
  const left = Math.max(0, MILESTONES.length - milestonesDone) / MILESTONES.length;
  return {
    ...facts,
    hoursLeft: dueAt > at ? calendar.workingTimeBetween(at, dueAt) / hourMs : 0,
    daysOverdue: pastPromiseDays({ promisedOn, at, calendar }),
    workHoursLeft: whole === undefined ? null : whole * left,
    projectedDaysLate:
      projectedOn === null
        ? 0
        : Math.max(0, (Date.parse(projectedOn) - Date.parse(promisedOn)) / (24 * hourMs)),
  };
}

/** Whether a risk is another than the one on record: by its points, or by its words when those are old. */
function isNews(row: RiskRow, { score, reasons }: Risk, at: Instant): boolean {
  if (row.risk !== score || row.riskAt === null) return true;
  const pointsOf = (list: Risk['reasons']) => list.map(({ code, points }) => `${code} ${points}`).join();
  if (pointsOf(row.riskReasons ?? []) !== pointsOf(reasons)) return true;
  const wordsOf = (list: Risk['reasons']) => list.map(({ zh }) => zh).join();
  const isOld = toEpochMs(at) - toEpochMs(row.riskAt) >= freshMs;
  return isOld && wordsOf(row.riskReasons ?? []) !== wordsOf(reasons);
}
