import fc from 'fast-check';
import { PHASES, type Phase, type Playbook, playbookSchema } from '../../../domain/playbooks/shape.js';
import { decision, type StepSource, source, task } from './make-playbook.js';

/** The rank of a phase, written down apart from the interpreter: contain and notify go together. */
export const rankOf: Record<Phase, number> = {
  confirm: 0,
  contain: 1,
  notify: 1,
  recover: 2,
  normal: 3,
  close: 4,
};

interface Draft {
  phase: number;
  early: boolean;
  severity: 1 | 2 | 3;
  decides: boolean;
  /** Picks among the steps before it, as far as the rules allow. */
  needs: number[];
  /** For a decision: which later steps each option leads to. */
  leads: number[][];
}

const drafts: fc.Arbitrary<Draft[]> = fc.array(
  fc.record({
    phase: fc.nat(PHASES.length - 1),
    early: fc.boolean(),
    severity: fc.constantFrom(1, 1, 2, 3),
    decides: fc.boolean(),
    needs: fc.array(fc.nat(20), { maxLength: 3 }),
    leads: fc.array(fc.array(fc.nat(20), { maxLength: 3 }), { minLength: 2, maxLength: 3 }),
  }),
  { minLength: 1, maxLength: 14 },
);

/**
 * Any valid playbook: steps in an order of their phases, each needing and led to by earlier ones alone, then shuffled,
 * for the order in which a playbook lists its steps means nothing.
 */
export const playbooks: fc.Arbitrary<Playbook> = fc
  .tuple(drafts, fc.infiniteStream(fc.nat(1000)))
  .map(([drawn, dice]) => {
    const sorted = [...drawn].sort((a, b) => a.phase - b.phase);
    const key = (index: number) => `step-${index}`;
    const early = (draft: Draft | undefined) => !!draft && (draft.early || draft.phase === 0);
    const steps = sorted.map((draft, index): StepSource => {
      const before = draft.needs
        .map((pick) => pick % Math.max(1, index))
        .filter((pick) => pick < index && (!draft.early || early(sorted[pick])));
      const given = {
        phase: PHASES[draft.phase] ?? 'close',
        beforeConfirmation: draft.early,
        minSeverity: draft.severity,
        needs: [...new Set(before)].map(key),
      };
      const later = draft.leads.map((picks) =>
        picks
          .map((pick) => index + 1 + pick)
          .filter((pick) => pick < sorted.length && (early(draft) || !sorted[pick]?.early)),
      );
      const options = later.map((picks, option) => [`option-${option}`, [...new Set(picks)].map(key)]);
      return draft.decides
        ? decision(key(index), Object.fromEntries(options), given)
        : task(key(index), given);
    });
    const shuffled = steps
      .map((step) => ({ step, at: dice.next().value as number }))
      .sort((a, b) => a.at - b.at)
      .map(({ step }) => step);
    return playbookSchema.parse(source(shuffled));
  });
