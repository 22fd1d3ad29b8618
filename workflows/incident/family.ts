import type { ParentReviewed } from '../../contracts/incident-messages.js';
import { advance } from './advance.js';
import type { Draft } from './draft.js';

/** One review for a parent and its children: a child's is held with its parent's, and has its cause (P12.3). */
export function takeParent(draft: Draft, { reviewed }: Pick<ParentReviewed, 'reviewed'>): undefined {
  if (reviewed) draft.next.parentReviewed = true;
  else draft.next.parent = null;
  if (draft.next.activated) advance(draft);
}
