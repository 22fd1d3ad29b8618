import type { SupplierView } from '../../contracts/http-supply.js';
import type { FoundSupplier } from '../../db/queries/suppliers.js';
import { holdsRole, type Principal } from '../principal.js';
import { mayReadContacts } from '../read-rights.js';
import { FACT_WRITERS } from './writers.js';

/** A supplier as `viewer` may see it: without how to reach it for those who neither deal with orders nor keep it. */
export function viewSupplier({ supplier, offers }: FoundSupplier, viewer: Principal): SupplierView {
  const { createdAt: _, ...facts } = supplier;
  const contacts = mayReadContacts(viewer) || holdsRole(viewer, FACT_WRITERS.suppliers);
  return { ...facts, ...(contacts ? {} : { contactPerson: null, email: null, phone: null }), offers };
}
