import { and, eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readMachine } from '../../app/config.js';
import { audit, commands, incidentSteps, incidents, notices } from '../../db/schema/index.js';
import type { Role } from '../../domain/roles/shape.js';
import { actUntilDone, postUntilAnswered } from '../support/act-by-http.js';
import { createProcessSet, type ProcessSet, type SetPart } from '../support/process-set.js';
import { waitUntil } from '../support/wait-until.js';

// As of orders, the narrow moments of an incident: each is held open by a lock or a frozen part, and the kill falls in it.
let set: ProcessSet;
beforeAll(async () => {
  set = await createProcessSet({ without: ['watchman'] });
});
afterAll(() => set?.stop());

const body = (summary: string) => ({ type: 'stock-shortage', summary, severity: 2 });
const incidentsOf = (summary: string) =>
  set.db.select().from(incidents).where(eq(incidents.summary, summary));
const auditOf = async (number: string) =>
  (await set.db.select().from(audit).where(eq(audit.subject, number)).orderBy(audit.seq)).map(
    ({ action }) => action,
  );
const begun = (number: string) =>
  waitUntil(async () => (await auditOf(number)).includes('begin'), { withinMs: 60_000, what: number });

async function report(summary: string): Promise<string> {
  const { status, body: answer } = await postUntilAnswered(set, 'inventory', '/v1/incidents', body(summary));
  expect(status, JSON.stringify(answer)).toBe(201);
  const number = String(answer.number);
  await begun(number);
  return number;
}

const complete = (as: Role, task: string, form: unknown) =>
  actUntilDone(set, as, `/v1/tasks/${task}/complete`, form);
const activate = (number: string) =>
  complete('emergencyManager', `${number}.confirm.inventory`, { outcome: 'activate' });

/** Every notice went out, each once on record; a mail that went twice did so with the same Message-ID. */
async function checkTold(number: string): Promise<void> {
  const rows = await waitUntil(
    async () => {
      const found = await set.db.select().from(notices).where(eq(notices.incidentNumber, number));
      return found.every(({ state }) => state === 'delivered') && found;
    },
    { withinMs: 90_000, what: `the mails of ${number}` },
  );
  expect(rows?.length).toBeGreaterThan(0);
  const sent = new Set((await set.mailbox.messages()).map(({ messageId }) => messageId));
  for (const { messageId, key } of rows ?? []) expect(sent.has(messageId ?? ''), key).toBe(true);
  // One letter may go to several people, but nobody is told one thing twice.
  const told = (rows ?? []).map(
    ({ template, recipient, facts }) => `${template} ${recipient} ${facts.task ?? facts.step ?? ''}`,
  );
  expect(told.filter((one, index) => told.indexOf(one) !== index)).toEqual([]);
}

/** Holds an incident's row, runs `inside` once its process waits for it, and lets go. */
async function whileRowIsHeld(
  number: string,
  begin: () => unknown,
  inside: () => Promise<void>,
): Promise<void> {
  await set.db.transaction(async (tx) => {
    await tx.select().from(incidents).where(eq(incidents.number, number)).for('update');
    begin();
    await waitUntil(
      async () => {
        const { rows } = await set.db.execute(
          sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%update "incidents"%'`,
        );
        return rows.length > 0;
      },
      { withinMs: 20_000, what: 'a record transaction that waits for the row' },
    );
    await inside();
  });
}

it('Temporal dies at the report: it is taken, committed and not started, and begins once when Temporal is back', async () => {
  await set.kill('temporal');
  const { status, body: answer } = await set.request('inventory', 'POST', '/v1/incidents', {
    body: body('away'),
    key: 'report-while-away',
  });
  expect(status).toBe(201);
  const number = String(answer.number);
  expect(await auditOf(number)).not.toContain('begin');
  const again = await set.request('inventory', 'POST', '/v1/incidents', {
    body: body('away'),
    key: 'report-while-away',
  });
  expect(again).toMatchObject({ status: 201, body: { number } });
  await set.start('temporal');
  await begun(number);
  expect((await auditOf(number)).filter((action) => action === 'begin')).toHaveLength(1);
  expect(await incidentsOf('away')).toHaveLength(1);
  await checkTold(number);
});

it('the API dies between the commit of a report and its answer: the same request gets the same incident', async () => {
  set.signal('temporal', 'SIGSTOP');
  const cut = set
    .request('inventory', 'POST', '/v1/incidents', { body: body('cut'), key: 'cut' })
    .catch(() => 'cut off');
  const [kept] = await waitUntil(
    async () => {
      const rows = await incidentsOf('cut');
      return rows.length > 0 && rows;
    },
    { everyMs: 5 },
  );
  await set.kill('api');
  set.signal('temporal', 'SIGCONT');
  await cut;
  await set.start('api');
  const again = await postUntilAnswered(set, 'inventory', '/v1/incidents', body('cut'), { key: 'cut' });
  expect(again).toMatchObject({ status: 201, body: { number: kept?.number } });
  expect(await incidentsOf('cut')).toHaveLength(1);
  await begun(kept?.number ?? '');
});

it('the worker dies in the midst of its letters: each goes out, and is one on the record', async () => {
  let number = '';
  await set.db.transaction(async (tx) => {
    // The letters of a report wait to be claimed or marked while this lock is held.
    await tx.execute(sql`lock table ${notices} in share mode`);
    const { body: answer } = await postUntilAnswered(set, 'inventory', '/v1/incidents', body('letters'));
    number = String(answer.number);
    await waitUntil(
      async () => {
        const { rows } = await set.db.execute(
          sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%notices%'`,
        );
        return rows.length > 0;
      },
      { withinMs: 20_000, what: 'a letter that waits' },
    );
    await set.kill('worker');
  });
  await set.start('worker');
  await begun(number);
  await checkTold(number);
  expect((await auditOf(number)).filter((action) => action === 'begin')).toHaveLength(1);
});

const deaths: SetPart[] = readMachine().wholeCrashMatrix ? ['worker', 'postgres', 'temporal'] : ['worker'];

it.each(deaths)(
  '%s dies during a decision: it is taken once, and what it leads to opens once',
  async (part) => {
    const number = await report(`decision ${part}`);
    await activate(number);
    const task = `${number}.decision.who-comes-first`;
    let decided: Promise<void> | undefined;
    const held = whileRowIsHeld(
      number,
      () => {
        decided = complete('orderManager', task, { option: 'move' });
      },
      () => set.kill(part),
    );
    // The test's own transaction dies with the database.
    if (part === 'postgres') await expect(held).rejects.toThrow();
    else await held;
    await set.start(part);
    await decided;
    expect((await auditOf(number)).filter((action) => action === 'decision')).toHaveLength(1);
    const [step] = await set.db
      .select()
      .from(incidentSteps)
      .where(and(eq(incidentSteps.incident, number), eq(incidentSteps.key, 'who-comes-first')));
    expect(step).toMatchObject({ state: 'done', outcome: 'move' });
  },
);

it('the worker dies after a decision’s commit, before Temporal hears of it: the answer is the record’s, and it goes on', async () => {
  const number = await report('after the commit');
  await activate(number);
  const task = `${number}.decision.who-comes-first`;
  let decided: Promise<void> | undefined;
  await whileRowIsHeld(
    number,
    () => {
      decided = complete('orderManager', task, { option: 'keep' });
    },
    async () => set.signal('temporal', 'SIGSTOP'),
  );
  await waitUntil(async () => (await auditOf(number)).includes('decision'), { withinMs: 20_000 });
  await set.kill('worker');
  set.signal('temporal', 'SIGCONT');
  await set.start('worker');
  await decided;
  expect((await auditOf(number)).filter((action) => action === 'decision')).toHaveLength(1);
  const [row] = await set.db.select().from(incidents).where(eq(incidents.number, number));
  expect(row?.resume?.version).toBe(row?.stateVersion);

  // And it goes on from there, to its end.
  await actUntilDone(set, 'emergencyManager', `/v1/incidents/${number}/resolve`, { note: '已到货' });
  await complete('emergencyManager', `${number}.report.inventory`, { note: '已报告' });
  const pending = await set.db
    .select()
    .from(commands)
    .where(and(eq(commands.target, `incident/${number}`), eq(commands.state, 'pending')));
  expect(pending).toEqual([]);
  await checkTold(number);
});
