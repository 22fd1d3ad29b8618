import type { IncidentFacts, IncidentInput } from '../incident/shape.js';
import { cutText } from '../text/cut-text.js';
import type { Alert, Matcher, SignalMap, SignalRule } from './shape.js';

/** What an alert is that no mapping fits: never dropped, and no more than a first level (P12.1). */
const UNMAPPED: SignalRule = { matchers: [], type: 'system-failure', severity: 1 };

const longestKey = 200;
const longestFact = 64;
const longestSummary = 2000;

/** The report that an alert of a source makes: by what it says itself, else by the first mapping that fits. */
export function mapAlert(alert: Alert, map: SignalMap, source: string): IncidentInput & { dedupKey: string } {
  const rule =
    map.rules.find(({ matchers }) => matchers.every((matcher) => fits(matcher, alert))) ?? UNMAPPED;
  const fill = (template: string) => fillIn(template, alert, source);
  const { type = rule.type, facts, summary, orders } = alert.said;
  // The level belongs to the type: one that the map gives is not for a type that the sender named.
  const severity = alert.said.severity ?? (alert.said.type === undefined ? rule.severity : undefined);
  const key = fill(rule.dedupKey ?? '{fingerprint}') || line(alert.fingerprint);
  const mapped = { ...mapFacts(rule, fill), ...facts };
  return {
    type,
    summary: summary ?? cutText(fill(rule.summary ?? '') || describe(alert), longestSummary),
    source: `signal/${source}`,
    dedupKey: cutText(`signal/${source}/${key}`, longestKey),
    ...(severity !== undefined && { severity }),
    ...(Object.keys(mapped).length > 0 && { facts: mapped }),
    ...(orders && { orders: [...orders] }),
  };
}

function fits(matcher: Matcher, { labels }: Alert): boolean {
  const value = Object.hasOwn(labels, matcher.label) ? (labels[matcher.label] ?? '') : '';
  if ('is' in matcher) return value === matcher.is;
  if ('isNot' in matcher) return value !== matcher.isNot;
  if ('startsWith' in matcher) return value.startsWith(matcher.startsWith);
  return matcher.oneOf.includes(value);
}

function fillIn(template: string, { labels, annotations, fingerprint }: Alert, source: string): string {
  const of = (list: Readonly<Record<string, string>>, name: string) =>
    Object.hasOwn(list, name) ? (list[name] ?? '') : '';
  return line(
    template.replace(/\{([^{}]+)\}/g, (_, name: string) => {
      if (name === 'fingerprint') return fingerprint;
      if (name === 'source') return source;
      if (name.startsWith('labels.')) return of(labels, name.slice('labels.'.length));
      return of(annotations, name.slice('annotations.'.length));
    }),
  );
}

function mapFacts({ facts = {}, skus }: SignalRule, fill: (template: string) => string): IncidentFacts {
  const entries = Object.entries(facts).flatMap(([name, template]) => {
    const value = cutText(fill(template), longestFact).trim();
    return value === '' ? [] : [[name, value] as const];
  });
  const list = fill(skus ?? '')
    .split(',')
    .map((sku) => cutText(sku.trim(), longestFact).trim())
    .filter(Boolean);
  return { ...Object.fromEntries(entries), ...(list.length > 0 && { skus: list.slice(0, 200) }) };
}

/** An alert in its own words: Prometheus calls them summary, description and the rule's name. */
function describe({ labels, annotations, fingerprint }: Alert): string {
  const words = [annotations.summary, annotations.description].filter(Boolean).join(' — ');
  const name = line(labels.alertname ?? '') || line(fingerprint) || 'alert';
  const where = labels.instance ? ` (${labels.instance})` : '';
  return line(line(words) ? `${name}${where}: ${words}` : `${name}${where}`);
}

/** What other systems write goes into lines of ours: no break, nothing that PostgreSQL cannot hold. */
const line = (text: string) =>
  cutText(text, text.length)
    .replace(/[\0\r\n\u0085\u2028\u2029]+/g, ' ')
    .trim();
