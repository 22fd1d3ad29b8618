import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Role } from '../../domain/roles/shape.js';
import { type Candidate, choosePerson } from '../../domain/team/choose-person.js';
import { chooseTeam } from '../../domain/team/choose-team.js';
import { TEAM_ROLES, TEAM_SOURCES } from '../../domain/team/shape.js';

const person = (id: string, role: Role, { skills = [] as string[], load = 0 } = {}): Candidate => ({
  id,
  roles: [role],
  skills,
  load,
});

const staff = [
  person('s1', 'sales', { load: 3 }),
  person('s2', 'sales', { skills: ['liaison'], load: 9 }),
  person('m1', 'manufacturing', { load: 1 }),
  person('m2', 'manufacturing', { skills: ['teamLead'], load: 5 }),
  person('t1', 'technical'),
  person('q1', 'quality'),
  person('q2', 'quality'),
  person('p1', 'purchasing'),
  person('o1', 'outsourcing'),
];

describe('a person for a role (P09.2)', () => {
  const wanted = { people: staff, role: 'sales' as Role };

  it('is the sales owner first, even with much to do', () => {
    expect(choosePerson({ ...wanted, salesOwnerId: 's2' })).toEqual({ id: 's2', why: 'salesOwner' });
  });

  it('is otherwise whoever works on the order already, then the skilled, then the least loaded, then the first by id', () => {
    expect(choosePerson({ ...wanted, prefer: [null, 's1'], skills: ['liaison'] })).toEqual({
      id: 's1',
      why: 'evaluates',
    });
    expect(choosePerson({ ...wanted, skills: ['liaison'] })).toEqual({ id: 's2', why: 'skill' });
    expect(choosePerson(wanted)).toEqual({ id: 's1', why: 'leastLoad' });
    expect(choosePerson({ people: staff, role: 'quality' })).toEqual({ id: 'q1', why: 'leastLoad' });
    expect(choosePerson({ people: staff, role: 'technical' })).toEqual({ id: 't1', why: 'onlyOne' });
  });

  it('holds the role: an owner or preferred one who does not is passed over', () => {
    expect(choosePerson({ ...wanted, salesOwnerId: 'q1', prefer: ['m1'] })).toEqual({
      id: 's1',
      why: 'leastLoad',
    });
  });

  it('is never one who is excluded, and nobody when none is left', () => {
    expect(choosePerson({ ...wanted, salesOwnerId: 's1', exclude: ['s1'] })).toEqual({
      id: 's2',
      why: 'onlyOne',
    });
    expect(choosePerson({ ...wanted, exclude: ['s1', 's2'] })).toBeUndefined();
    expect(choosePerson({ people: staff, role: 'finance' })).toBeUndefined();
  });

  it('does not depend on the order of the people', () => {
    const anyStaff = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 3 }),
        roles: fc.subarray<Role>(['sales', 'quality']),
        skills: fc.subarray(['a', 'b']),
        load: fc.nat(3),
      }),
      { selector: ({ id }) => id },
    );
    fc.assert(
      fc.property(anyStaff, (people) => {
        const one = choosePerson({ people, role: 'sales', skills: ['a', 'b'] });
        expect(choosePerson({ people: [...people].reverse(), role: 'sales', skills: ['a', 'b'] })).toEqual(
          one,
        );
        expect(one === undefined).toBe(!people.some(({ roles }) => roles.includes('sales')));
      }),
    );
  });
});

describe('the production team of seven (P07.2, P10.2)', () => {
  it('is led by who can lead, and takes those who evaluate where they fit', () => {
    const prefer = { sales: 's1', manufacturing: 'm1', technical: 't1', quality: 'q2' };
    expect(chooseTeam({ people: staff, prefer })).toEqual({
      team: {
        lead: 'm2',
        liaison: 's1',
        technical: 't1',
        manufacturing: 'm1',
        quality: 'q2',
        purchasing: 'p1',
        outsourcing: 'o1',
      },
      why: {
        lead: 'skill',
        liaison: 'evaluates',
        technical: 'evaluates',
        manufacturing: 'evaluates',
        quality: 'evaluates',
        purchasing: 'onlyOne',
        outsourcing: 'onlyOne',
      },
      missing: [],
    });
  });

  it('is led by one who does not evaluate, where another can lead', () => {
    const second = person('m3', 'manufacturing', { skills: ['teamLead'], load: 9 });
    const prefer = { manufacturing: 'm2' };
    expect(chooseTeam({ people: [...staff, second], prefer }).team.lead).toBe('m3');
    expect(chooseTeam({ people: staff, prefer }).team.lead).toBe('m2');
  });

  it('has the sales owner, else the most fitting, as liaison where nobody evaluates for sales', () => {
    expect(chooseTeam({ people: staff, salesOwnerId: 's1' }).team.liaison).toBe('s1');
    expect(chooseTeam({ people: staff }).team.liaison).toBe('s2');
  });

  it('says which of the seven nobody can fill', () => {
    const { team, missing } = chooseTeam({
      people: staff.filter(({ roles }) => !roles.includes('outsourcing')),
    });
    expect(missing).toEqual(['outsourcing']);
    expect(team.outsourcing).toBeUndefined();
    expect(chooseTeam({ people: [] })).toEqual({ team: {}, why: {}, missing: [...TEAM_ROLES] });
  });

  it('takes each from the role it comes from', () => {
    const { team } = chooseTeam({ people: staff });
    for (const teamRole of TEAM_ROLES) {
      const named = staff.find(({ id }) => id === team[teamRole]);
      expect(named?.roles).toContain(TEAM_SOURCES[teamRole].role);
    }
  });
});
