import type { OpenDeadline } from '../../contracts/order-state.js';
import type { NoticeTemplate } from '../../contracts/record.js';
import type { deadlineInstants, deadlines } from '../../db/schema/index.js';
import { settleWarnings } from '../../domain/deadlines/settle-warnings.js';
import type { WarningPercent } from '../../domain/deadlines/shape.js';
import { climb } from '../../domain/ladder/climb.js';
import { planRungs } from '../../domain/ladder/plan-rungs.js';
import type { RungOutcome } from '../../domain/ladder/shape.js';
import type { Rules } from '../load-rules.js';
import type { Reachable } from './find-reachable.js';

export type Deadline = typeof deadlines.$inferSelect;
export type InstantRow = typeof deadlineInstants.$inferSelect;
export type Settled = Pick<InstantRow, 'kind' | 'index' | 'state'> & {
  reached?: { person: string; why: string }[];
  why: string;
};

/** What one deadline comes to at one moment. */
export interface Look {
  settled: Settled[];
  /** Rungs planned because the breach fired in this look. */
  planned: { index: number; role: string; at: string }[];
  notices: { recipient: string; template: NoticeTemplate; facts: Record<string, unknown> }[];
  remaining: OpenDeadline['instants'];
}

/** One deadline at one moment. Pure but for the calendar it is given. */
export function lookAt(
  deadline: Deadline,
  rows: InstantRow[],
  now: string,
  { policy, calendar }: Rules,
  reachable: Reachable,
  /** It has a documented end: it is over at its due, which is nobody's breach, and the process goes on by itself. */
  lapses = false,
): Look {
  const settled: Settled[] = [];
  const notices: Look['notices'] = [];
  const tellAssignees = (template: NoticeTemplate, facts: Record<string, unknown>) => {
    for (const recipient of reachable.assignees) notices.push({ recipient, template, facts });
  };

  for (const outcome of settleWarnings({
    deadline: warningsOf(deadline, rows),
    settled: settledWarnings(rows),
    now,
  })) {
    const { percent, result } = outcome;
    const sent = result === 'sent';
    const reached = sent ? reachable.assignees.map((person) => ({ person, why: 'assignee' })) : undefined;
    settled.push({
      kind: 'warning',
      index: percent,
      state: sent ? 'fired' : 'superseded',
      reached,
      why: JSON.stringify(outcome.why),
    });
    if (sent) tellAssignees('deadlineWarning', { percent });
  }

  const ladder = policy.ladder[deadline.class as keyof typeof policy.ladder];
  const breaches =
    rows.some((row) => row.kind === 'breach' && row.state === 'planned') && now >= deadline.dueAt;
  if (breaches && lapses) {
    settled.push({ kind: 'breach', index: 0, state: 'withdrawn', why: JSON.stringify({ code: 'lapsed' }) });
  } else if (breaches) {
    const reached = reachable.assignees.map((person) => ({ person, why: 'assignee' }));
    settled.push({ kind: 'breach', index: 0, state: 'fired', reached, why: JSON.stringify({ code: 'due' }) });
    tellAssignees('deadlineBreached', {});
  }
  const hasRungs = (breaches && !lapses) || rows.some((row) => row.kind === 'rung');
  const rungs = hasRungs ? planRungs({ due: deadline.dueAt, ladder, calendar }) : [];
  const before = new Set(
    rows.filter((row) => row.kind === 'rung' && row.state !== 'planned').map((row) => row.index),
  );
  for (const rung of climb({
    rungs,
    settled: before,
    now,
    holderOf: (role) => reachable.holders(role)[0]?.id,
  })) {
    settled.push(settleRung(rung, reachable));
    if (rung.result !== 'fired') continue;
    for (const { id: recipient } of reachable.holders(rung.role)) {
      notices.push({
        recipient,
        template: 'deadlineEscalated',
        facts: { rung: rung.index, role: rung.role, repeatOf: rung.repeatOf },
      });
    }
  }

  const done = new Set(settled.map(({ kind, index }) => `${kind} ${index}`));
  const planned = breaches && !lapses ? rungs.map(({ index, role, at }) => ({ index, role, at })) : [];
  const open = rows
    .filter((row) => row.state === 'planned')
    .map(({ kind, index, at }) => ({ kind, index, at }));
  const rungInstants = planned.map(({ index, at }) => ({ kind: 'rung' as const, index, at }));
  const remaining = [...open, ...rungInstants].filter(({ kind, index }) => !done.has(`${kind} ${index}`));
  return { settled, planned, notices, remaining };
}

function settleRung(rung: RungOutcome, reachable: Reachable): Settled {
  const reached =
    rung.result === 'fired'
      ? reachable
          .holders(rung.role)
          .map(({ id: person, why }) => ({ person, why: why === 'holds' ? rung.role : why }))
      : undefined;
  return { kind: 'rung', index: rung.index, state: rung.result, reached, why: JSON.stringify(rung.why) };
}

function warningsOf({ dueAt }: Deadline, rows: InstantRow[]) {
  const warnings = rows.filter(({ kind }) => kind === 'warning');
  return { dueAt, warnings: warnings.map(({ index: percent, at }) => ({ percent, at })) };
}

function settledWarnings(rows: InstantRow[]): Set<WarningPercent> {
  const settled = rows.filter((row) => row.kind === 'warning' && row.state !== 'planned');
  return new Set(settled.map((row) => row.index as WarningPercent));
}
