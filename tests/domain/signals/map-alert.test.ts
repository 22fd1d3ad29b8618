import fc from 'fast-check';
import { expect, it } from 'vitest';
import { incidentInputSchema } from '../../../domain/incident/shape.js';
import { mapAlert } from '../../../domain/signals/map-alert.js';
import { type Alert, type SignalMap, signalMapSchema } from '../../../domain/signals/shape.js';

const alert = (given: Partial<Alert> = {}): Alert => ({
  status: 'firing',
  fingerprint: 'f1',
  labels: { alertname: 'InstanceDown', instance: 'web-1' },
  annotations: {},
  said: {},
  ...given,
});
const map = (...rules: object[]): SignalMap => signalMapSchema.parse({ rules });

it('the first mapping that fits counts; a label that is missing is empty', () => {
  const two = map(
    { matchers: [{ label: 'team', isNot: '' }], type: 'data-loss' },
    { matchers: [{ label: 'team', is: '' }], type: 'server-failure' },
    { matchers: [], type: 'network-outage' },
  );
  expect(mapAlert(alert(), two, 'p').type).toBe('server-failure');
  expect(mapAlert(alert({ labels: { team: 'x' } }), two, 'p').type).toBe('data-loss');
});

it('what the sender says outright stands; a level of the map is not for another type', () => {
  const one = map({ matchers: [], type: 'data-loss', severity: 3, facts: { region: '{labels.zone}' } });
  const said = { type: 'server-failure', facts: { endpoint: 'e' } };
  expect(mapAlert(alert({ said, labels: { zone: '华东' } }), one, 'p')).toEqual({
    type: 'server-failure',
    summary: 'f1',
    source: 'signal/p',
    dedupKey: 'signal/p/f1',
    facts: { endpoint: 'e', region: '华东' },
  });
});

it('whatever an alert holds, it makes a report that can be taken: no alert is dropped', () => {
  const every = map({
    matchers: [],
    type: 'server-failure',
    dedupKey: '{labels.a}{annotations.b}',
    summary: '{labels.a}',
    facts: { endpoint: '{labels.a}', supplier: '{annotations.b}' },
    skus: '{labels.a},{annotations.b}',
  });
  // Half a surrogate pair as well: JSON may hold one, and a cut may leave one.
  const half = fc.integer({ min: 0xd800, max: 0xdfff }).map((code) => String.fromCharCode(code));
  const text = fc.oneof(
    fc.string({ maxLength: 600, unit: 'binary' }),
    fc.string({ maxLength: 600, unit: fc.oneof(half, fc.constantFrom('a', ' ', '😀')), size: 'max' }),
  );
  const labels = fc.dictionary(fc.constantFrom('a', 'alertname', 'instance', '__proto__'), text);
  const annotations = fc.dictionary(fc.constantFrom('b', 'summary', 'description'), text);
  const fingerprint = fc
    .string({ minLength: 1, maxLength: 100, unit: 'grapheme-ascii' })
    .filter((one) => one.trim() !== '');
  fc.assert(
    fc.property(
      labels,
      annotations,
      fingerprint,
      fc.boolean(),
      (labels, annotations, fingerprint, mapped) => {
        const report = mapAlert(alert({ labels, annotations, fingerprint }), mapped ? every : map(), 'p');
        const read = incidentInputSchema.safeParse(report);
        expect(read.error?.issues ?? []).toEqual([]);
      },
    ),
    { endOnFailure: true, numRuns: 100 },
  );
});

it('what is cut to its length is never cut through the middle of a character', () => {
  const key = map({
    matchers: [],
    type: 'data-loss',
    dedupKey: '{labels.a}',
    facts: { endpoint: '{labels.a}' },
  });
  const cut = (a: string) => mapAlert(alert({ labels: { a } }), key, 'p');
  expect(cut(`${'x'.repeat(63)}😀y`).facts).toEqual({ endpoint: 'x'.repeat(63) });
  expect(cut(`${'x'.repeat(190)}😀y`).dedupKey).toBe(`signal/p/${'x'.repeat(190)}`);
  expect(mapAlert(alert({ labels: { alertname: `${'y'.repeat(1999)}😀` } }), map(), 'p').summary).toBe(
    'y'.repeat(1999),
  );
});

it('without a word that can be stored it is an alert all the same', () =>
  expect(mapAlert(alert({ labels: { alertname: '' }, fingerprint: '\ud800' }), map(), 'p').summary).toBe(
    'alert',
  ));
