import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { publishBuiltIns } from '../../app/playbooks/publish-built-ins.js';
import type { Database } from '../../db/connect.js';
import { BUILT_IN_PLAYBOOKS } from '../../domain/playbooks/index.js';
import { type PlaybookSource, playbookSchema } from '../../domain/playbooks/shape.js';
import { ROLES, type Role } from '../../domain/roles/shape.js';
import { decision, source, task, wait } from '../domain/playbooks/make-playbook.js';
import { samplePlaybook } from '../domain/playbooks/sample-playbook.js';
import { type ApiRig, NOW, startApiRig, type TokenName } from './api-rig.js';

let rig: ApiRig;
let db: Database;
beforeAll(async () => {
  rig = await startApiRig();
  db = rig.ctx.db;
});
beforeEach(async () => {
  made += 1;
  type = `trouble-${made}`;
  base = `/v1/playbooks/${type}`;
  sample = { ...samplePlaybook, type };
  await publishBuiltIns(db, NOW, [sample]);
});
afterAll(() => rig?.stop());

/** A type of its own for each test, in force as revision 1: what is on the record is never deleted. */
let made = 0;
let type: string;
let base: string;
let sample: PlaybookSource;
const changed = (en = 'ours'): PlaybookSource => ({ ...sample, name: { zh: '供应商延迟', en } });
const normal = () => task('back', { phase: 'normal', needs: [] });

const get = (url: string, as: TokenName = 'sales') => rig.send({ url, as });
const send = (
  method: 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: object,
  as: TokenName = 'orderManager',
  headers = {},
) => rig.send({ method, url, as, headers, ...(payload && { payload }) });
const putDraft = (baseRevision: number, playbook: object = changed(), as: TokenName = 'orderManager') => {
  const { type: named } = playbook as { type: string };
  return send('PUT', `/v1/playbooks/${named}/draft`, { baseRevision, playbook }, as);
};
const publish = (revision: number, as: TokenName = 'emergencyManager', headers = {}) =>
  send('POST', `${base}/draft/publish`, { revision }, as, headers);
const retire = (reason = '已并入供应链中断', as: TokenName = 'generalManager') =>
  send('POST', `${base}/retire`, { reason }, as);
const rows = async () =>
  (await db.$client.query('select * from playbooks where type = $1 order by revision', [type])).rows;
const states = async () => (await rows()).map(({ revision, state }) => [revision, state]);
const audited = async () =>
  (await db.$client.query('select * from audit where subject = $1 order by seq', [`playbook/${type}`])).rows;
const answered = (answer: Awaited<ReturnType<ApiRig['send']>>) => [answer.statusCode, answer.json().code];
const paths = (answer: Awaited<ReturnType<ApiRig['send']>>) =>
  (answer.json().errors ?? []).map(({ field }: { field: string }) => field);

describe('reading playbooks (P13.5)', () => {
  it('lists each type with its name, the revision in force and the draft, page by page', async () => {
    await publishBuiltIns(db, NOW);
    await putDraft(1);
    await retire();
    const first = await get('/v1/playbooks?limit=20');
    expect(first.statusCode, first.body).toBe(200);
    const second = await get(`/v1/playbooks?limit=20&cursor=${first.json().next}`);
    const items = [...first.json().items, ...second.json().items];
    expect(second.json().next).toBeNull();
    expect(items.map((item) => item.type)).toEqual(
      [...BUILT_IN_PLAYBOOKS.map((one) => one.type), type].sort(),
    );
    const { name } = BUILT_IN_PLAYBOOKS.find((one) => one.type === 'epidemic') as PlaybookSource;
    expect(items.find((item) => item.type === 'epidemic')).toEqual({
      type: 'epidemic',
      name,
      publishedRevision: 1,
      draftRevision: null,
    });
    expect(items.find((item) => item.type === type)).toMatchObject({
      name: changed().name,
      publishedRevision: null,
      draftRevision: 2,
    });
  });

  it('gives the one in force whole, and any revision by its number', async () => {
    const inForce = await get(base);
    expect(inForce.statusCode, inForce.body).toBe(200);
    expect(inForce.json()).toMatchObject({
      type,
      revision: 1,
      state: 'published',
      builtIn: true,
      draftedBy: { id: 'redmark' },
      publishedAt: NOW,
      retiredAt: null,
    });
    expect(inForce.json().playbook).toEqual(playbookSchema.parse(sample));
    await putDraft(1);
    expect((await get(base)).json()).toEqual(inForce.json());
    expect((await get(`${base}?revision=2`)).json()).toMatchObject({ state: 'draft', name: changed().name });
    expect((await get(`${base}/draft`)).json()).toEqual((await get(`${base}?revision=2`)).json());
    for (const url of [
      `${base}?revision=3`,
      '/v1/playbooks/moon-landing',
      '/v1/playbooks/moon-landing/revisions',
    ]) {
      expect(answered(await get(url)), url).toEqual([404, 'not-found']);
    }
  });

  it('gives a playbook that was stored before the shape gained a field, with its default', async () => {
    await db.$client.query(`update playbooks set playbook = playbook - 'teamFirst' - 'times'`);
    expect((await get(base)).json().playbook).toMatchObject({ teamFirst: false, times: {} });
  });

  it('tells of every revision who drafted and published it, and when it went out of force, and why', async () => {
    await putDraft(1);
    await publish(2);
    await putDraft(2, changed('a mistake'));
    await send('DELETE', `${base}/draft`);
    await retire('已并入供应链中断');
    const { items, next } = (await get(`${base}/revisions`)).json();
    expect(next).toBeNull();
    expect(items.map((one: { revision: number; state: string }) => [one.revision, one.state])).toEqual([
      [3, 'discarded'],
      [2, 'retired'],
      [1, 'retired'],
    ]);
    expect(items[1]).toMatchObject({
      draftedBy: { id: 'wu.lei', name: '吴磊' },
      publishedBy: { name: expect.stringMatching(/^[\u4e00-\u9fff]{2,3}$/) },
      retiredBy: { name: expect.stringMatching(/^[\u4e00-\u9fff]{2,3}$/) },
      retiredBecause: '已并入供应链中断',
      retiredAt: NOW,
    });
    // Another one took its place: nobody retired it.
    expect(items[2]).toMatchObject({ retiredBy: null, retiredBecause: null, retiredAt: NOW });
    const page = (await get(`${base}/revisions?limit=2`)).json();
    const rest = (await get(`${base}/revisions?limit=2&cursor=${page.next}`)).json();
    expect([...page.items, ...rest.items]).toEqual(items);
  });
});

describe('a draft', () => {
  it('is saved beside what is in force, and each save is the next number', async () => {
    const saved = await putDraft(1);
    expect(saved.statusCode, saved.body).toBe(200);
    expect(saved.json()).toMatchObject({
      revision: 2,
      state: 'draft',
      builtIn: false,
      draftedBy: { id: 'wu.lei', name: '吴磊' },
      draftedAt: NOW,
      publishedBy: null,
    });
    const again = await putDraft(2, changed('better'));
    expect(again.json()).toMatchObject({ revision: 3, name: { en: 'better' } });
    expect(await states()).toEqual([
      [1, 'published'],
      [3, 'draft'],
    ]);
    expect((await audited()).slice(-2)).toMatchObject([
      {
        actor: 'wu.lei',
        credential: 'token',
        action: 'draftPlaybook',
        detail: { revision: 2, baseRevision: 1 },
      },
      { action: 'draftPlaybook', detail: { revision: 3, baseRevision: 2 } },
    ]);
  });

  it('made from another revision than the newest is refused: nobody saves over what they have not read', async () => {
    await putDraft(1);
    for (const base of [0, 1, 3]) expect(answered(await putDraft(base))).toEqual([409, 'stale-revision']);
    expect(answered(await putDraft(1, source([task('one')], { type: 'moon-landing' })))).toEqual([
      409,
      'stale-revision',
    ]);
    expect(await rows()).toHaveLength(2);
  });

  it('sent by several at once is saved once', async () => {
    const by = ['orderManager', 'emergencyManager', 'generalManager', 'orderManager'] as const;
    const answers = await Promise.all(by.map((as) => putDraft(1, changed(as), as)));
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 409, 409, 409]);
    expect(await rows()).toHaveLength(2);
  });

  it('may be of a new type, which nobody sees in force before it is published', async () => {
    const playbook = source([task('one'), normal()], { type: 'roof-leak' });
    const saved = await putDraft(0, playbook);
    expect(saved.statusCode, saved.body).toBe(200);
    expect(saved.json()).toMatchObject({ type: 'roof-leak', revision: 1, state: 'draft' });
    expect(answered(await get('/v1/playbooks/roof-leak'))).toEqual([404, 'not-found']);
    expect(answered(await get('/v1/playbooks/roof-leak/draft/diff'))).toEqual([404, 'not-found']);
    const published = await send(
      'POST',
      '/v1/playbooks/roof-leak/draft/publish',
      { revision: 1 },
      'emergencyManager',
    );
    expect(published.statusCode, published.body).toBe(200);
    expect((await get('/v1/playbooks/roof-leak')).json().playbook.steps).toHaveLength(2);
  });

  it('may have problems of logic, for it is only a draft', async () => {
    expect((await putDraft(1, source([task('a', { needs: ['b'] })], { type }))).statusCode).toBe(200);
  });

  it('that is no playbook is refused by the path of every wrong field, and changes nothing', async () => {
    const { steps, ...rest } = sample;
    const [first, ...others] = steps;
    const endless = { ...wait('for-ever'), atMost: undefined };
    const bad: [object, string][] = [
      [{ ...rest, type }, 'playbook.steps'],
      [
        { ...rest, steps: [{ ...first, title: { zh: '', en: 'x' } }, ...others] },
        'playbook.steps.0.title.zh',
      ],
      [{ ...rest, steps: [{ ...first, role: 'king' }, ...others] }, 'playbook.steps.0.role'],
      [{ ...rest, steps: [endless] }, 'playbook.steps.0.atMost'],
      [{ ...rest, steps: [{ ...first, kind: 'dance' }, ...others] }, 'playbook.steps.0.kind'],
      [{ ...sample, cites: ['P99.1'] }, 'playbook.cites.0'],
      [{ ...sample, colour: 'red' }, 'playbook.colour'],
    ];
    for (const [playbook, field] of bad) {
      const answer = await putDraft(1, { type, ...playbook });
      expect(answered(answer), field).toEqual([422, 'invalid-input']);
      expect(paths(answer)).toContain(field);
    }
    expect(
      paths(await send('PUT', `${base}/draft`, { baseRevision: 1, playbook: source([task('a')]) })),
    ).toEqual(['playbook.type']);
    expect(await rows()).toHaveLength(1);
  });

  it('with a character that cannot be stored is refused', async () => {
    for (const zh of ['供应\u0000商', '供应\ud800商']) {
      const answer = await putDraft(1, { ...sample, name: { zh, en: 'x' }, skills: ['轴承', zh] });
      expect(answered(answer)).toEqual([422, 'invalid-input']);
      expect(paths(answer)).toEqual(['playbook.name.zh', 'playbook.skills.1']);
    }
    expect(await rows()).toHaveLength(1);
  });

  it('is discarded by whoever may draft, where it is the one that was read, and stays readable', async () => {
    await putDraft(1);
    expect(answered(await send('DELETE', `${base}/draft?revision=7`))).toEqual([409, 'stale-revision']);
    const gone = await send('DELETE', `${base}/draft?revision=2`, undefined, 'generalManager');
    expect([gone.statusCode, gone.json().state]).toEqual([200, 'discarded']);
    expect(answered(await send('DELETE', `${base}/draft`))).toEqual([404, 'not-found']);
    expect(answered(await get(`${base}/draft`))).toEqual([404, 'not-found']);
    expect((await get(`${base}?revision=2`)).json()).toMatchObject({
      state: 'discarded',
      name: changed().name,
    });
    // Its number is not given out again.
    expect((await putDraft(2)).json()).toMatchObject({ revision: 3 });
    expect((await audited()).map(({ action }) => action).slice(-2)).toEqual([
      'discardPlaybookDraft',
      'draftPlaybook',
    ]);
  });
});

describe('validate (P13.5)', () => {
  const validate = () => send('POST', `${base}/draft/validate`, undefined, 'quality');

  it('finds nothing wrong with a sound draft, and changes nothing', async () => {
    await putDraft(1);
    const before = await rig.countRows();
    const answer = await validate();
    expect([answer.statusCode, answer.json()]).toEqual([
      200,
      { type, revision: 2, valid: true, problems: [] },
    ]);
    expect(await rig.countRows()).toEqual(before);
  });

  it('names every problem by its path, in both languages', async () => {
    await putDraft(1, source([task('a', { needs: ['b'] }), task('b', { needs: ['a'] })], { type }));
    const { valid, problems } = (await validate()).json();
    expect(valid).toBe(false);
    expect(problems.length).toBeGreaterThan(1);
    for (const { path, message } of problems) {
      expect(path).toEqual(expect.any(String));
      expect(message.zh).toMatch(/[\u4e00-\u9fff]/);
      expect(message.en).toMatch(/[a-z]/);
    }
    expect(problems.map(({ path }: { path: string }) => path)).toContainEqual(
      expect.stringMatching(/^steps\./),
    );
  });

  it('goes by who holds which role now', async () => {
    await putDraft(1);
    await withoutHolders('purchasing', async () => {
      const { problems } = (await validate()).json();
      expect(problems.map(({ path }: { path: string }) => path)).toContain('ownerRole');
    });
    expect((await validate()).json().valid).toBe(true);
  });

  it('needs a draft', async () => expect(answered(await validate())).toEqual([404, 'not-found']));
});

/** While nobody who serves holds a role. */
async function withoutHolders(role: Role, then: () => Promise<void>): Promise<void> {
  const { rows: holders } = await db.$client.query('select id from people where $1 = any(roles) and active', [
    role,
  ]);
  const ids = holders.map(({ id }) => id);
  expect(ids.length).toBeGreaterThan(0);
  await db.$client.query('update people set active = false where id = any($1)', [ids]);
  try {
    await then();
  } finally {
    await db.$client.query('update people set active = true where id = any($1)', [ids]);
  }
}

describe('diff', () => {
  it('is from what is in force to the draft, unless told otherwise, by keys and in words', async () => {
    await putDraft(1, { ...changed(), steps: sample.steps.slice(0, -1) });
    const answer = await get(`${base}/draft/diff`);
    expect(answer.statusCode, answer.body).toBe(200);
    const { from, to, changes } = answer.json();
    expect([from, to]).toEqual([1, 2]);
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'changed', path: 'name.en', before: 'Supplier late', after: 'ours' }),
    );
    expect(changes).toContainEqual(
      expect.objectContaining({ kind: 'removed', path: 'steps.supplier-action' }),
    );
    for (const { line } of changes) expect(line).toEqual({ zh: expect.any(String), en: expect.any(String) });
    const back = (await get(`${base}/draft/diff?from=2&to=1`)).json();
    expect(back.changes).toContainEqual(
      expect.objectContaining({ kind: 'added', path: 'steps.supplier-action' }),
    );
    expect((await get(`${base}/draft/diff?from=1&to=1`)).json().changes).toEqual([]);
  });

  it('needs the revisions that it is of', async () => {
    expect(answered(await get(`${base}/draft/diff`))).toEqual([404, 'not-found']);
    expect(answered(await get(`${base}/draft/diff?from=1&to=9`))).toEqual([404, 'not-found']);
    await putDraft(1);
    expect(answered(await get(`${base}/draft/diff?from=9`))).toEqual([404, 'not-found']);
    expect(answered(await get(`${base}/draft/diff?from=one`))).toEqual([400, 'invalid-parameter']);
  });

  it('is from what was in force last, where the type is retired', async () => {
    await retire();
    await putDraft(1);
    expect((await get(`${base}/draft/diff`)).json()).toMatchObject({ from: 1, to: 2 });
  });
});

describe('publishing (P15.6)', () => {
  it('puts the draft in force in the place of the last one, by another person, on the record', async () => {
    await putDraft(1);
    const answer = await publish(2);
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({ revision: 2, state: 'published', publishedAt: NOW });
    expect((await get(base)).json()).toEqual(answer.json());
    expect(await states()).toEqual([
      [1, 'retired'],
      [2, 'published'],
    ]);
    expect((await audited()).at(-1)).toMatchObject({
      actor: answer.json().publishedBy.id,
      action: 'publishPlaybook',
      detail: { revision: 2, replaced: 1 },
    });
  });

  it('of one’s own draft is refused, also of one that another had begun', async () => {
    await putDraft(1, changed(), 'emergencyManager');
    expect(answered(await publish(2, 'emergencyManager'))).toEqual([409, 'separation-of-duties']);
    expect((await publish(2, 'generalManager')).statusCode).toBe(200);
    await putDraft(2, changed('begun'), 'orderManager');
    await putDraft(3, changed('gone on with'), 'emergencyManager');
    expect(answered(await publish(4, 'emergencyManager'))).toEqual([409, 'separation-of-duties']);
    expect((await get(base)).json().revision).toBe(2);
  });

  it('of another revision than the one that was read is refused', async () => {
    await putDraft(1);
    await putDraft(2, changed('changed since'));
    expect(answered(await publish(2))).toEqual([409, 'stale-revision']);
    expect((await get(base)).json().revision).toBe(1);
  });

  it('is for emergency manager and general manager, who need a draft', async () => {
    expect(answered(await publish(2))).toEqual([404, 'not-found']);
    await putDraft(1);
    for (const as of ROLES.filter((role) => !['emergencyManager', 'generalManager'].includes(role))) {
      expect(answered(await publish(2, as)), as).toEqual([403, 'forbidden']);
    }
    expect(answered(await publish(2, 'client'))).toEqual([403, 'forbidden']);
    expect((await get(base)).json().revision).toBe(1);
  });

  it.each<[string, () => PlaybookSource, string]>([
    [
      'a circle',
      () => source([task('a', { needs: ['b'] }), task('b', { needs: ['a'] }), normal()], { type }),
      'steps',
    ],
    [
      'a step that nothing leads to',
      () =>
        source(
          [
            decision('which', { one: ['a'], two: [] }),
            task('a'),
            task('lost', { needs: ['a', 'which'] }),
            decision('other', { one: ['b'], two: [] }, { needs: ['a'] }),
            task('b', { needs: ['never'] }),
            normal(),
          ],
          { type },
        ),
      'steps.4.needs.0',
    ],
    ['no way back to normal', () => source([task('a')], { type }), 'steps'],
  ])('of a draft with %s is refused with its path, in both languages', async (_, playbook, path) => {
    await putDraft(1, playbook());
    const { problems } = (await send('POST', `${base}/draft/validate`)).json();
    const answer = await publish(2);
    expect(answered(answer)).toEqual([409, 'playbook-problems']);
    expect(
      paths(answer).some((one: string) => one.startsWith(path)),
      answer.body,
    ).toBe(true);
    expect(answer.json().errors).toEqual(
      problems.map(({ path, message }: { path: string; message: { zh: string; en: string } }) => ({
        field: path || 'playbook',
        message: `${message.zh} · ${message.en}`,
      })),
    );
    expect((await rows()).map(({ state }) => state)).toEqual(['published', 'draft']);
  });

  it('of a draft that names a role nobody holds is refused until somebody holds it', async () => {
    await putDraft(1);
    await withoutHolders('manufacturing', async () => {
      const answer = await publish(2);
      expect(answered(answer)).toEqual([409, 'playbook-problems']);
      expect(paths(answer)).toEqual(['steps.7.role']);
    });
    expect((await publish(2)).statusCode).toBe(200);
  });

  it('sent twice with one Idempotency-Key, also at once, publishes once and answers the same', async () => {
    await putDraft(1);
    const headers = { 'idempotency-key': 'publish-1' };
    const answers = await Promise.all([1, 2, 3].map(() => publish(2, 'emergencyManager', headers)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(await rows()).toHaveLength(2);
    expect(answered(await publish(3, 'emergencyManager', headers))).toEqual([422, 'idempotency-key-reused']);
    // Without a key it is a new request, and there is no draft any more.
    expect(answered(await publish(2))).toEqual([404, 'not-found']);
  });

  it('by two at once is done by one', async () => {
    await putDraft(1);
    const answers = await Promise.all([publish(2, 'emergencyManager'), publish(2, 'generalManager')]);
    expect(answers.map(({ statusCode }) => statusCode).sort()).toEqual([200, 404]);
  });
});

describe('retiring', () => {
  it('takes the type out of force with a reason; it comes back with a draft that is published', async () => {
    const answer = await retire('已并入供应链中断');
    expect(answer.statusCode, answer.body).toBe(200);
    expect(answer.json()).toMatchObject({
      revision: 1,
      state: 'retired',
      retiredBecause: '已并入供应链中断',
    });
    const [shown] = (await get(`${base}/revisions`)).json().items;
    expect(shown).toEqual(answer.json());
    expect(answered(await get(base))).toEqual([404, 'not-found']);
    expect(answered(await retire())).toEqual([404, 'not-found']);
    const entry = (await audited()).at(-1);
    expect(entry).toMatchObject({ action: 'retirePlaybook', detail: { revision: 1 } });
    // The audit log holds no words of people.
    expect(JSON.stringify(entry)).not.toContain('并入');
    await putDraft(1);
    await publish(2);
    expect((await get(base)).json()).toMatchObject({ revision: 2, state: 'published' });
  });

  it('needs a reason, and one who may', async () => {
    expect(paths(await send('POST', `${base}/retire`, {}, 'generalManager'))).toEqual(['reason']);
    for (const as of ['orderManager', 'vp', 'client'] as const) {
      expect(answered(await retire('x', as)), as).toEqual([403, 'forbidden']);
    }
    expect((await get(base)).statusCode).toBe(200);
  });
});

describe('who may draft', () => {
  it('is order manager, emergency manager and general manager alone', async () => {
    const may = ['orderManager', 'emergencyManager', 'generalManager'];
    for (const as of [...ROLES.filter((role) => !may.includes(role)), 'client'] as const) {
      expect(answered(await putDraft(1, changed(), as)), as).toEqual([403, 'forbidden']);
      expect(answered(await send('DELETE', `${base}/draft`, undefined, as)), as).toEqual([403, 'forbidden']);
    }
    expect(await rows()).toHaveLength(1);
  });
});

describe('simulate (P02.6)', () => {
  const simulate = (body: object, as: TokenName = 'ops', url = base) =>
    send('POST', `${url}/simulate`, body, as);

  it('tells who would be called when, with the people and the policy as they are, and does nothing', async () => {
    const before = await rig.countRows();
    const answer = await simulate({ severity: 2 });
    expect(answer.statusCode, answer.body).toBe(200);
    const { everybodyActsAtDue, nobodyActs, people, ...view } = answer.json();
    expect(view).toMatchObject({
      type,
      revision: 1,
      severity: 2,
      startAt: NOW,
      policyRevision: 1,
      provisional: expect.any(Boolean),
      nobody: [],
    });
    const name = new Map(people.map((one: { id: string; name: string }) => [one.id, one.name]));
    expect(name.get(view.owner.person)).toMatch(/[\u4e00-\u9fff]/);
    expect(view.team.map(({ key }: { key: string }) => key)).toEqual(sample.team.map(({ key }) => key));
    expect(view.times[0]).toMatchObject({ time: 'acknowledge', dueAt: '2026-11-24T02:30:00.000Z' });
    expect(everybodyActsAtDue.events.at(-1).at).toBe(everybodyActsAtDue.endsAt);
    const rungs = nobodyActs.events.filter(({ kind }: { kind: string }) => kind === 'rung');
    expect(rungs.map(({ rung }: { rung: { role: string } }) => rung.role)).toEqual(
      expect.arrayContaining(['departmentHead', 'emergencyManager', 'vp', 'generalManager']),
    );
    for (const { line } of [...everybodyActsAtDue.events, ...nobodyActs.events]) {
      expect(line).toEqual({ zh: expect.stringMatching(/[\u4e00-\u9fff]/), en: expect.any(String) });
    }
    expect(await rig.countRows()).toEqual(before);
    expect(await rows()).toHaveLength(1);
  });

  it('goes by who is on call and who is away at that instant', async () => {
    const away = {
      person: (await simulate({ severity: 1 })).json().owner.person,
      standIn: 'xie.dong',
      from: '2026-11-30T00:00:00+08:00',
      to: '2026-12-02T00:00:00+08:00',
    };
    expect((await send('POST', '/v1/on-call/delegations', away)).statusCode).toBe(201);
    const during = await simulate({ severity: 1, startAt: '2026-12-01T09:00:00+08:00' });
    expect(during.json().startAt).toBe('2026-12-01T01:00:00.000Z');
    expect(during.json().owner.person).not.toBe(away.person);
    const after = await simulate({ severity: 1, startAt: '2026-12-02T09:00:00+08:00' });
    expect(after.json().owner.person).toBe(away.person);
  });

  it('is of the draft or of any revision where it says so, and of one of them', async () => {
    await putDraft(1, { ...changed(), times: { acknowledge: { elapsed: 'PT5M' } } });
    expect((await simulate({ severity: 1, draft: true })).json()).toMatchObject({
      revision: 2,
      times: expect.arrayContaining([
        expect.objectContaining({ time: 'acknowledge', dueAt: '2026-11-24T01:35:00.000Z' }),
      ]),
    });
    expect((await simulate({ severity: 1, revision: 2 })).json().revision).toBe(2);
    expect((await simulate({ severity: 1 })).json().revision).toBe(1);
    expect(paths(await simulate({ severity: 1, revision: 1, draft: true }))).toEqual(['revision']);
    expect(answered(await simulate({ severity: 1, revision: 9 }))).toEqual([404, 'not-found']);
    expect(answered(await simulate({ severity: 4 }))).toEqual([422, 'invalid-input']);
    expect(answered(await simulate({ severity: 1 }, 'client'))).toEqual([403, 'forbidden']);
  });

  it('shows a role that nobody holds; a draft that could not run is refused with its problems', async () => {
    await withoutHolders('manufacturing', async () => {
      const { nobody } = (await simulate({ severity: 1 })).json();
      expect(nobody).toContainEqual({ step: 'reschedule', role: 'manufacturing' });
    });
    await putDraft(1, source([task('a', { needs: ['b'] }), task('b', { needs: ['a'] }), normal()], { type }));
    expect(answered(await simulate({ severity: 1, draft: true }))).toEqual([409, 'playbook-problems']);
  });

  it.each(['1900-01-01T00:00:00Z', '2026-02-16T23:00:00+08:00', '2199-12-31T23:59:00Z'])(
    'takes any start, %s',
    async (startAt) => {
      const answer = await simulate({ severity: 1, startAt });
      expect(answer.statusCode, answer.body).toBe(200);
      expect(answer.json().provisional).toBe(!startAt.startsWith('2026'));
    },
  );

  it('of the longest playbook there can be comes to its end', async () => {
    const long = Array.from({ length: 59 }, (_, index) =>
      wait(`w${index}`, { needs: index === 0 ? [] : [`w${index - 1}`], atMost: { workingDays: 250 } }),
    );
    const saved = await putDraft(1, source([...long, normal()], { type }));
    expect(saved.statusCode, saved.body).toBe(200);
    const answer = await simulate({ severity: 1, draft: true });
    expect(answer.statusCode, answer.body.slice(0, 300)).toBe(200);
    expect(answer.json().everybodyActsAtDue.endsAt > '2080').toBe(true);
  });

  it('answers for every built-in at every level', async () => {
    await publishBuiltIns(db, NOW);
    for (const built of BUILT_IN_PLAYBOOKS) {
      for (const severity of [1, 2, 3]) {
        const answer = await simulate({ severity }, 'ops', `/v1/playbooks/${built.type}`);
        expect(answer.statusCode, `${built.type} ${severity} ${answer.body.slice(0, 300)}`).toBe(200);
      }
    }
  });
});
