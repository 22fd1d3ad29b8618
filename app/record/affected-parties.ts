import { and, eq, inArray, like } from 'drizzle-orm';
import type { IncidentChange } from '../../contracts/incident-record.js';
import {
  type AffectedPartner,
  type AffectedSupplier,
  findAffectedPartners,
  findAffectedSuppliers,
} from '../../db/queries/affected-parties.js';
import { notices, suppliers } from '../../db/schema/index.js';
import type { Words } from '../../domain/playbooks/shape.js';
import type { IncidentContext } from './incident-context.js';

/** The supplier named, and those whose open purchases the affected orders wait for, this step's included (P03.5). */
export function affectedSuppliers({ db, incident, affected }: IncidentContext): Promise<AffectedSupplier[]> {
  return findAffectedSuppliers(db, incident.facts, { numbers: affected });
}

/**
 * What the task of a notice is to know: whom our people tell of the partners affected; and of a letter that did not
 * reach every supplier, whom it did not. Empty for every other task.
 */
export async function partiesToTell(
  context: IncidentContext,
  { kind, facts }: Extract<IncidentChange, { do: 'openTask' }>,
): Promise<{ said?: Words; partners?: AffectedPartner[]; unreached?: string[] }> {
  const step = context.playbook.steps.find(({ key }) => key === facts?.step);
  if (kind !== 'action' || step?.kind !== 'action') return {};
  if (step.action === 'notifyPartners') return partnersToTell(context);
  return step.action === 'notifySuppliers' ? unreachedBy(context, step.key) : {};
}

async function partnersToTell({ db, incident, affected }: IncidentContext) {
  const partners = await findAffectedPartners(db, incident.facts, { numbers: affected });
  if (partners.length === 0) return {};
  const list = (more: (n: number) => string, between: string) =>
    partners.map(({ name, shipments, total }) => `${name}${describe(shipments, total, more)}`).join(between);
  return {
    partners,
    said: {
      zh: `需告知的合作伙伴（承运商）：${list((n) => `等${n}票`, '；')}。`,
      en: `Partners to be told (carriers): ${list((n) => `, ${n} in all`, '; ')}.`,
    },
  };
}

function describe(shipments: string[], total: number, more: (n: number) => string): string {
  if (total === 0) return '';
  return ` (${shipments.join(', ')}${total > shipments.length ? more(total) : ''})`;
}

/** The suppliers whom no letter of the step has reached: they are told by other means. */
async function unreachedBy(context: IncidentContext, key: string) {
  const missed = await recipientsOf(context, key, ['failed']);
  const reached = await recipientsOf(context, key, TOLD);
  const numbers = [...missed].filter((one) => !reached.has(one)).map((one) => one.replace('supplier:', ''));
  if (numbers.length === 0) return {};
  const { name, phone } = suppliers;
  const found = await context.db
    .select({ name, phone })
    .from(suppliers)
    .where(inArray(suppliers.number, numbers))
    .orderBy(suppliers.number);
  const unreached = found.map((one) => (one.phone ? `${one.name} (${one.phone})` : one.name));
  return {
    unreached: numbers.sort(),
    said: {
      zh: `未能以邮件通知：${unreached.join('、')}。请以电话等方式告知。`,
      en: `No letter reached ${unreached.join(', ')}. Please tell them by telephone or otherwise.`,
    },
  };
}

/** Suppliers whom a letter of the step has reached: tried again, it goes to the others. */
export const toldSuppliers = (context: IncidentContext, key: string): Promise<Set<string>> =>
  recipientsOf(context, key, TOLD);

const TOLD = ['sent', 'delivered', 'read'] as const;

/** Suppliers with a notice of a step of the playbook in one of `states`, in whichever step of the record it stands. */
async function recipientsOf(
  { db, incident }: IncidentContext,
  key: string,
  states: readonly (typeof notices.$inferSelect)['state'][],
): Promise<Set<string>> {
  const rows = await db
    .select({ recipient: notices.recipient, facts: notices.facts })
    .from(notices)
    .where(
      and(
        eq(notices.incidentNumber, incident.number),
        eq(notices.template, 'playbookNotice'),
        like(notices.recipient, 'supplier:%'),
        inArray(notices.state, [...states]),
      ),
    );
  return new Set(rows.filter(({ facts }) => facts.step === key).map(({ recipient }) => recipient));
}
