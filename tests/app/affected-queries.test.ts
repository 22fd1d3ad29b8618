import { describe, expect, it } from 'vitest';
import { affectedKeys, queriesOf } from '../../app/incidents/affected-keys.js';
import { lateDelivery } from '../../domain/playbooks/late-delivery.js';
import { playbookSchema } from '../../domain/playbooks/shape.js';

describe('by what a playbook finds affected orders', () => {
  it('is one query or several, each once; none at all is refused', () => {
    const withQueries = (affected: unknown) => playbookSchema.safeParse({ ...lateDelivery, affected });
    expect(withQueries('carrier').success).toBe(true);
    expect(withQueries(['carrier', 'region']).success).toBe(true);
    expect(withQueries([]).success).toBe(false);
    expect(withQueries(['moon']).success).toBe(false);
    expect(queriesOf('carrier')).toEqual(['carrier']);
    expect(queriesOf(['carrier', 'region', 'carrier'])).toEqual(['carrier', 'region']);
  });

  it('looks for nothing where the report names nothing of the kind', () => {
    expect(affectedKeys('carrier', { region: '江苏' })).toBeUndefined();
    expect(affectedKeys('region', { region: '江苏' })).toEqual(['江苏']);
    expect(affectedKeys('reported', {}, ['SO-20261124-0001'])).toEqual(['SO-20261124-0001']);
  });
});
